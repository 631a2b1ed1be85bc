// The table of faults: how the server behaves, and what has to come of a call.
//
// `requests` is how many requests the server may see under each of OPTIONS, in their order; `stores` is
// what each failing request leaves in the conversation. `error` and `outcome` are those of the last
// attempt, unless the fault `recovers`: then the second request is answered with a message. Without
// `error` the call succeeds.

import { BODY } from "./server.mjs";

/** [what a test's name says, request options, whether repeating what may be stored is allowed] */
export const OPTIONS = [
  ["with maxRetries 0", { maxRetries: 0 }, false],
  ["by default", {}, false],
  ["with maxRetries 5", { maxRetries: 5 }, false],
  ["with dangerouslyRetryUnknown", { maxRetries: 1, dangerouslyRetryUnknown: true }, true],
];

const NEVER_AGAIN = [1, 1, 1, 1];
const ONLY_IF_DANGEROUS = [1, 1, 1, 2];
const ONCE_AGAIN = [1, 2, 2, 2];
const AS_OFTEN_AS_ALLOWED = [1, 3, 6, 2];

const UNKNOWN = { outcome: "unknown", requests: ONLY_IF_DANGEROUS };
const LOST = { ...UNKNOWN, error: "ConnectionError" };
const UNREADABLE = { ...UNKNOWN, error: "ResponseError", status: 200 };
const SERVER_ERROR = { ...UNKNOWN, error: "ApiError" };
/** No file is large here: it would extend the time limits by seconds. */
const TIMED_OUT = { ...UNKNOWN, error: "TimeoutError", timeout: 400, notLarge: true };
const REJECTED = { error: "ApiError", outcome: "rejected", requests: NEVER_AGAIN };
const SUCCEEDS = { requests: NEVER_AGAIN, stores: 1 };

const SOON = { "Retry-After": "0" };
const HALF = BODY.slice(0, 30);
const TYPE = "Content-Type: application/json\r\n";

/** An error page as gateways have them. */
function page(status) {
  return `<html><head><title>${status}</title></head><body><h1>${status}</h1><hr>nginx</body></html>`;
}

/** Answers the whole request so. */
function answers(status, body = "", headers = {}) {
  return { atEnd: (exchange) => exchange.answer(status, body, headers) };
}

/** Stores the message first. */
function stored(then) {
  return { stores: 1, atEnd: (exchange) => then(exchange.store()) };
}

/** Behaves so once, and well from then on. */
function once(fault) {
  const atEnd = (exchange) => (exchange.count === 1 ? fault.atEnd(exchange) : exchange.succeed());
  return { ...fault, atEnd, recovers: true };
}

const CONNECTIONS = {
  "a refused connection": {
    refuses: true,
    error: "ConnectionError",
    outcome: "not_sent",
    requests: AS_OFTEN_AS_ALLOWED,
  },
  "reset before the body is read": { ...LOST, atHead: (exchange) => exchange.reset() },
  "closed before the body is read": { ...LOST, atHead: (exchange) => exchange.close() },
  "stored then reset": { ...LOST, ...stored((exchange) => exchange.reset()) },
  "stored then closed": { ...LOST, ...stored((exchange) => exchange.close()) },
  "stored then a cut head": {
    ...LOST,
    ...stored((exchange) => exchange.write("HTTP/1.1 200 OK\r\nContent-Ty").close()),
  },
  "stored then garbage instead of HTTP": {
    ...LOST,
    ...stored((exchange) => exchange.write("SSH-2.0-OpenSSH_9.2p1\r\n\r\n").close()),
  },
  "stored then headers only": { ...UNREADABLE, ...stored((e) => e.answer(200, "", { length: 80 }).close()) },
  "stored then a cut body": { ...UNREADABLE, ...stored((e) => e.answer(200, HALF, { length: 80 }).close()) },
  "stored then reset in the body": {
    ...UNREADABLE,
    ...stored((exchange) => {
      exchange.answer(200, HALF, { length: 80 });
      setTimeout(() => exchange.reset(), 50);
    }),
  },
  "stored then a cut chunk": {
    ...UNREADABLE,
    ...stored((exchange) =>
      exchange.write(`HTTP/1.1 200 OK\r\n${TYPE}Transfer-Encoding: chunked\r\n\r\nff\r\n{"id":29`).close(),
    ),
  },
  "stored then a Content-Length that is too long": {
    ...UNREADABLE,
    ...stored((exchange) => exchange.answer(200, BODY, { length: BODY.length + 1 }).close()),
  },
  "stored then a Content-Length that is too short": {
    ...UNREADABLE,
    ...stored((exchange) => exchange.answer(200, BODY, { length: 10 })),
  },
};

const TIMES = {
  "stored then never answered": { ...TIMED_OUT, ...stored(() => {}) },
  "stored then stalled in the head": {
    ...TIMED_OUT,
    ...stored((exchange) => exchange.write("HTTP/1.1 200")),
  },
  "stored then stalled in the body": {
    ...TIMED_OUT,
    ...stored((exchange) => exchange.answer(200, HALF, { length: 80 })),
  },
  "stored then answered too late": {
    ...TIMED_OUT,
    ...stored((exchange) => setTimeout(() => exchange.answer(200, BODY), 450)),
  },
  "stored then a body too slow for the timeout": {
    ...TIMED_OUT,
    ...stored((exchange) => trickle(exchange, 50)),
  },
  "nothing stored and never answered": { ...TIMED_OUT, atEnd: () => {} },
  "a slow first byte": {
    ...SUCCEEDS,
    atEnd: (exchange) => setTimeout(() => exchange.succeed(), 300),
  },
  "a slow body": { ...SUCCEEDS, ...stored((exchange) => trickle(exchange, 5)) },
};

/** A good answer, byte after byte. */
function trickle(exchange, ms) {
  exchange.answer(200, "", { length: BODY.length });
  const bytes = [...BODY];
  const timer = setInterval(() => {
    exchange.write(bytes.shift());
    if (bytes.length === 0) clearInterval(timer);
  }, ms);
}

const ANSWERS = {
  "a good answer": { ...SUCCEEDS, ...stored((exchange) => exchange.answer(200, BODY)) },
  "a good answer after a 103": {
    ...SUCCEEDS,
    ...stored((exchange) => exchange.write("HTTP/1.1 103 Early Hints\r\n\r\n").answer(200, BODY)),
  },
  "stored then 500": { ...SERVER_ERROR, status: 500, ...stored((e) => e.answer(500, '{"status":500}')) },
  "stored then a cut 500": {
    ...{ ...SERVER_ERROR, status: 500 },
    ...stored((exchange) => exchange.answer(500, "<html>", { length: 80 }).close()),
  },
  "stored then an HTML 502": { ...SERVER_ERROR, status: 502, ...stored((e) => e.answer(502, page(502))) },
  "an HTML 502": { ...SERVER_ERROR, status: 502, ...answers(502, page(502)) },
  "an HTML 503 with Retry-After: 0": { ...SERVER_ERROR, status: 503, ...answers(503, page(503), SOON) },
  "stored then 504": { ...SERVER_ERROR, status: 504, ...stored((e) => e.answer(504, page(504), SOON)) },
  "stored then 408": { ...SERVER_ERROR, status: 408, ...stored((e) => e.answer(408, "", SOON)) },
  "stored then 200 with HTML": { ...UNREADABLE, ...stored((exchange) => exchange.answer(200, page(200))) },
  "stored then 200 that is no message": { ...UNREADABLE, ...stored((e) => e.answer(200, '{"ok":true}')) },
  "stored then 200 without a body": { ...UNREADABLE, ...stored((exchange) => exchange.answer(200)) },
  "stored then 204": {
    ...{ ...UNREADABLE, status: 204 },
    ...stored((exchange) => exchange.write("HTTP/1.1 204 No Content\r\n\r\n")),
  },
  "stored then 200 that is gzip only in name": {
    ...UNREADABLE,
    ...stored((exchange) => exchange.answer(200, BODY, { "Content-Encoding": "gzip" })),
  },
  "stored then failed in delivery": {
    ...{ error: "DeliveryError", outcome: "failed", requests: NEVER_AGAIN },
    ...stored((exchange) => exchange.answer(200, '{"id":29,"status":"failed"}')),
  },
  "a 422 flood with Retry-After: 0": {
    ...{ ...REJECTED, status: 422 },
    ...answers(422, '{"error":"Validation failed: Too many messages"}', SOON),
  },
  "an HTML 413 while the upload still runs": {
    ...{ ...REJECTED, status: 413 },
    atHead: (exchange) => exchange.answer(413, page(413)),
  },
};

const LIMITS = {
  "425 once": { ...REJECTED, status: 425, requests: ONCE_AGAIN, ...once(answers(425)) },
  "425 for ever": { ...REJECTED, status: 425, requests: AS_OFTEN_AS_ALLOWED, ...answers(425) },
  "429 with Retry-After: 0 once": {
    ...{ ...REJECTED, status: 429, requests: ONCE_AGAIN },
    ...once(answers(429, "Retry later", SOON)),
  },
  "429 with Retry-After: 0 for ever": {
    ...{ ...REJECTED, status: 429, requests: AS_OFTEN_AS_ALLOWED },
    ...answers(429, "Retry later", SOON),
  },
  "429 with Retry-After: 120": {
    ...{ ...REJECTED, status: 429 },
    ...answers(429, "Retry later", { "Retry-After": "120" }),
  },
  "429 without Retry-After once": {
    ...{ ...REJECTED, status: 429, requests: ONCE_AGAIN },
    ...once(answers(429, "Retry later")),
  },
  // It waits 2.5 s, then 5 s; the 10 s after those are more than is left.
  "429 without Retry-After for ever": {
    ...{ ...REJECTED, status: 429, requests: [1, 3, 3, 2], totalTimeout: 12_000, notLarge: true },
    ...answers(429, "Retry later"),
  },
  // Repeating a 429 is safe; what comes of the repetition may not be.
  "429, then stored then reset": {
    ...{ ...LOST, stores: 1, requests: [1, 2, 2, 2] },
    first: { ...REJECTED, status: 429 },
    atEnd: (exchange) => (exchange.count === 1 ? exchange.answer(429, "", SOON) : exchange.store().reset()),
  },
};

const REDIRECTS = Object.fromEntries(
  [301, 302, 303, 307, 308].flatMap((status) => [
    [`a ${status} to itself`, redirect(status, ({ request }) => request.path)],
    [`a ${status} to another server`, redirect(status, ({ elsewhere }) => `${elsewhere}/moved`)],
  ]),
);

/** Whoever follows it to itself would have stored the message there. */
function redirect(status, location) {
  return {
    ...REJECTED,
    status,
    atEnd: (exchange) =>
      exchange.count === 1
        ? exchange.answer(status, "", { Location: location(exchange) })
        : exchange.succeed(),
  };
}

export const FAULTS = Object.entries({ ...LIMITS, ...TIMES, ...CONNECTIONS, ...ANSWERS, ...REDIRECTS }).map(
  ([name, fault]) => ({ stores: 0, ...fault, name }),
);
