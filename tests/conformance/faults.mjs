// Faults that only the conformance suite asks for, written as those of tests/faults/faults.mjs are.

const LARGE_BYTES = 1024 * 1024;

/** Answers with everything it was told. */
function echo(exchange) {
  const { headers, body } = exchange.request;
  const error = `Validation failed: ${headers.authorization} ${body}`;
  return exchange.answer(422, JSON.stringify({ error, detail: { headers, body } }), {
    "X-Request-Id": "r-1",
    "X-Echo": String(headers.authorization),
  });
}

/** A good answer first, so that the next request finds a connection that was used before. */
function afterAGoodAnswer({ atHead, atEnd }) {
  return {
    atHead: (exchange) => (exchange.count > 1 ? atHead?.(exchange) : undefined),
    atEnd: (exchange) => (exchange.count > 1 ? atEnd?.(exchange) : exchange.succeed()),
  };
}

const FAULTS = {
  "a 422 that echoes the request": { atEnd: echo },
  "a 500 with a page of 1 MiB": { atEnd: (exchange) => exchange.answer(500, "x".repeat(LARGE_BYTES)) },
  "429 with Retry-After: 30": { atEnd: (exchange) => exchange.answer(429, "", { "Retry-After": "30" }) },
  "a 421": { atEnd: (exchange) => exchange.answer(421, "") },
  "a stalled 422": { atEnd: (exchange) => exchange.answer(422, '{"error":"Valid', { length: 80 }) },
  "on a used connection, reset before the body is read": afterAGoodAnswer({
    atHead: (exchange) => exchange.reset(),
  }),
  "on a used connection, stored then reset": afterAGoodAnswer({
    atEnd: (exchange) => exchange.store().reset(),
  }),
  "on a used connection, stored then closed": afterAGoodAnswer({
    atEnd: (exchange) => exchange.store().close(),
  }),
  "on a used connection, stored then 408": afterAGoodAnswer({
    atEnd: (exchange) => exchange.store().answer(408, ""),
  }),
};

export const MORE_FAULTS = Object.entries(FAULTS).map(([name, fault]) => ({ ...fault, name }));
