// Something between the client and LiveDesk that passes on only a part, or nothing.

import assert from "node:assert/strict";
import { connect } from "node:net";
import test, { after, before } from "node:test";
import { assertError } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { startTcpServer } from "../lib/servers.mjs";
import { assertRequests, CALLS, settled, withoutJitter } from "./calls.mjs";
import { startFaultServer } from "./server.mjs";

const TIMED_OUT = { code: "timeout", outcome: "unknown", attempts: 1 };
const LOST = { code: "connection_lost", outcome: "unknown", attempts: 1 };

/** Passes requests on to `upstream`; `answered(socket, bytes)` gets what comes back. */
function startProxy(t, upstream, answered) {
  return startTcpServer(t, (socket) => {
    const onward = connect(Number(new URL(upstream.url).port), "127.0.0.1");
    onward.on("error", () => {}).on("data", (bytes) => answered(socket, bytes));
    socket.on("data", (bytes) => onward.write(bytes)).on("close", () => onward.destroy());
  });
}

const wellBehaved = { atEnd: (exchange) => exchange.succeed() };

withoutJitter({ before, after });

for (const { what, send, isLarge } of CALLS) {
  if (isLarge) continue;

  for (const options of [{}, { maxRetries: 5 }]) {
    const under = options.maxRetries ? "with maxRetries 5" : "by default";

    test(`a proxy drops everything: ${what} is posted once and times out, ${under}`, async (t) => {
      const received = [];
      const url = await startTcpServer(t, (socket) => {
        socket.once("data", (bytes) => received.push(bytes.toString("latin1")));
      });
      const { error } = await settled(send(clientOf(url, { timeout: 300 }), options));
      assertError(error, "TimeoutError", TIMED_OUT);
      // After a timeout Node's fetch may connect once more, but has nothing to say there.
      assert.equal(received.length, 1);
      assert.match(received[0], /^POST /);
    });

    // Whether the connection counts as made is the kernel's to say; the error has to be true either way.
    test(`a proxy resets at once: ${what} is not_sent only if unseen, ${under}`, async (t) => {
      const upstream = await startFaultServer(t, { atConnect: (socket) => socket.resetAndDestroy() });
      const { error } = await settled(send(clientOf(upstream), options));
      const isNotSent = error?.outcome === "not_sent";
      const attempts = isNotSent ? 1 + (options.maxRetries ?? 2) : 1;
      assertError(error, "ConnectionError", { attempts, outcome: isNotSent ? "not_sent" : "unknown" });
      assert.equal(upstream.connections, attempts);
      assert.ok(!isNotSent || upstream.requests.length === 0);
    });

    test(`a proxy drops the answer: ${what} is stored once and unknown, ${under}`, async (t) => {
      const upstream = await startFaultServer(t, wellBehaved);
      const url = await startProxy(t, upstream, () => {});
      const { error } = await settled(send(clientOf(url, { timeout: 400 }), options));
      assertError(error, "TimeoutError", TIMED_OUT);
      assert.equal(upstream.stored, 1);
      assertRequests(upstream, 1);
    });

    test(`a proxy resets at the answer: ${what} is stored once and unknown, ${under}`, async (t) => {
      const upstream = await startFaultServer(t, wellBehaved);
      const url = await startProxy(t, upstream, (socket) => socket.resetAndDestroy());
      const { error } = await settled(send(clientOf(url), options));
      assertError(error, "ConnectionError", LOST);
      assert.equal(upstream.stored, 1);
      assertRequests(upstream, 1);
    });
  }
}
