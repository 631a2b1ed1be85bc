// A fetch that users have put something around: nothing that was stored is ever called not_sent, nothing is repeated
// that may have been stored, and what hands on to fetch is as good as none.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { clientOf } from "../lib/package.mjs";
import { closedPort, startServer, startTcpServer, startTlsServer } from "../lib/servers.mjs";
import { settled, withoutJitter } from "./calls.mjs";
import { startFaultServer } from "./server.mjs";
import { WRAPPERS } from "./wrappers.mjs";

const AT_ONCE = 24;
/** What a wrapper does after the call has ended counts as well. */
const AFTERMATH_MS = 900;
const LATE_MS = 900;
const TIMEOUT_MS = 300;
const ATTEMPTS = 3;

/** Passes TLS on to a real server, but late; `stored` is how many messages that has. */
async function startLateTls(t) {
  const server = await startTlsServer(t);
  const port = Number(new URL(server.url).port);
  const url = await startTcpServer(t, (socket) => {
    socket.pause();
    setTimeout(() => {
      const on = connect(port, "127.0.0.1").on("error", () => socket.destroy());
      socket
        .on("close", () => on.destroy())
        .pipe(on)
        .pipe(socket);
    }, LATE_MS).unref();
  });
  return {
    url: url.replace("http", "https"),
    get stored() {
      return server.requests.length;
    },
  };
}

const storing = (then) => (t) => startFaultServer(t, { atEnd: (exchange) => then(exchange.store()) });

/** [name, how the server starts, request options, whose expectation, what is stored by each request] */
const SITUATIONS = [
  ["a refused connection", async () => ({ url: await closedPort(), stored: 0 }), {}, "refused"],
  ["a TLS handshake that is late", startLateTls, { timeout: TIMEOUT_MS }, "late"],
  ["a TLS handshake and an abort", startLateTls, { abort: TIMEOUT_MS }, "aborted"],
  ["stored then reset", storing((exchange) => exchange.reset()), {}, "failed"],
  ["stored then 500", storing((exchange) => exchange.answer(500, "{}")), {}, "failed"],
  ["stored then never answered", storing(() => {}), { timeout: 1000 }, "failed"],
  [
    "429 once, then fine",
    (t) =>
      startFaultServer(t, {
        atEnd: (exchange) =>
          exchange.count === 1 ? exchange.answer(429, "", { "Retry-After": "0" }) : exchange.succeed(),
      }),
    {},
    "limited",
  ],
];

/** Sends through the wrapper; what came of it, and how often it was asked, each time with what was stored by then. */
async function send(t, { make }, start, { abort, ...options }) {
  const server = await start(t);
  const elsewhere = await startFaultServer(t, { atEnd: (exchange) => exchange.store().reset() });
  const audit = await startServer(t);
  const stored = () => server.stored + elsewhere.stored;
  const storedBefore = [];
  const fetch = make({ closed: await closedPort(), elsewhere, audit });
  const counted = (...all) => {
    storedBefore.push(stored());
    return fetch(...all);
  };
  const signal = abort ? AbortSignal.timeout(abort) : undefined;
  const desk = clientOf(server, { fetch: counted, timeout: 10_000 });
  const call = desk.sendText(141, { content: "Hello" }, { ...options, signal });
  const { message, error } = await settled(call);
  const calls = storedBefore.length;
  await sleep(AFTERMATH_MS);
  return { message, error, calls, storedBefore, stored: stored() };
}

/** What holds whatever happens. */
function assertTrue({ error, message, calls, storedBefore, stored }) {
  if (message) assert.equal(stored, 1, "stored");
  else if (error.outcome !== "unknown") assert.equal(stored, 0, `${error.outcome}, but stored`);
  assert.deepEqual(
    storedBefore,
    storedBefore.map(() => 0),
    "asked again after something was stored",
  );
  assert.equal(storedBefore.length, calls, "asked again after the end");
  if (error) assert.equal(error.attempts, calls);
}

// A certificate that nobody trusts is not what these are about.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";

/** With WRAPPERS=few, as in every line of Node, only those that stand for the others. */
const FEW =
  /^(hands on|makes a Request|races|drops|audits in the end|falls back to node:http and throws the first)/;
const isWanted = (how) => process.env.WRAPPERS !== "few" || FEW.test(how);

describe("a wrapped fetch", { concurrency: AT_ONCE }, () => {
  withoutJitter({ before, after });
  before(async () => {
    const server = await startServer({ after });
    await clientOf(server).sendText(141, { content: "Hello" });
  });

  for (const [how, wrapper] of Object.entries(WRAPPERS)) {
    if (!isWanted(how)) continue;
    for (const [what, start, options, key] of SITUATIONS) {
      const expected = wrapper[key] ?? "unknown";
      test(`one that ${how}, at ${what}: ${expected}`, async (t) => {
        const seen = await send(t, wrapper, start, options);
        assertTrue(seen);
        const { error, message, calls } = seen;
        assert.equal(message ? "sent" : error.outcome, expected, error?.stack);
        if (expected === "not_sent" && key !== "aborted") assert.equal(calls, ATTEMPTS);
        if (expected === "unknown") assert.equal(calls, 1);
      });
    }
  }
});
