// 421 Misdirected Request: Node's own fetch, as its standard says, asks once more on a new connection,
// whatever maxRetries is. A 421 created nothing, so that no message is stored twice; but nothing may be
// added to it.

import assert from "node:assert/strict";
import test from "node:test";
import { assertError } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { MESSAGE } from "../lib/servers.mjs";
import { assertRequests, CALLS, settled } from "./calls.mjs";
import { startFaultServer } from "./server.mjs";

const AT_MOST = 2;

for (const { what, send, isLarge } of CALLS) {
  for (const options of [{ maxRetries: 0 }, { maxRetries: 5 }]) {
    const under = `with maxRetries ${options.maxRetries}`;

    test(`a 421 once: ${what} is stored at most once, ${under}`, async (t) => {
      const seen = await startFaultServer(t, {
        atEnd: (exchange) => (exchange.count === 1 ? exchange.answer(421) : exchange.succeed()),
      });
      const { message, error } = await settled(send(clientOf(seen), options));
      if (message) assert.deepEqual([message, seen.stored], [MESSAGE, 1]);
      // Node's fetch may fail to send a large file again, which proves nothing.
      else if (isLarge) assertError(error, "ConnectionError", { outcome: "unknown", attempts: 1 });
      else assertError(error, "ApiError", { outcome: "rejected", status: 421, attempts: 1 });
      if (error?.outcome === "rejected") assert.equal(seen.stored, 0);
      assert.ok(seen.stored <= 1, `stored ${seen.stored} times`);
      assert.ok(seen.requests.length <= AT_MOST, `${seen.requests.length} requests`);
    });

    if (isLarge) continue;
    test(`a 421 for ever: ${what} is rejected, and asked for at most twice, ${under}`, async (t) => {
      const seen = await startFaultServer(t, { atEnd: (exchange) => exchange.answer(421) });
      const { error } = await settled(send(clientOf(seen), options));
      assertError(error, "ApiError", { outcome: "rejected", status: 421, attempts: 1 });
      assert.ok(seen.requests.length <= AT_MOST, `${seen.requests.length} requests`);
      assertRequests(seen, seen.requests.length);
      assert.equal(seen.stored, 0);
    });

    test(`a 421, then stored then reset: ${what} is stored once and unknown, ${under}`, async (t) => {
      const seen = await startFaultServer(t, {
        atEnd: (exchange) => (exchange.count === 1 ? exchange.answer(421) : exchange.store().reset()),
      });
      const { error } = await settled(send(clientOf(seen), options));
      const isRepeated = seen.requests.length === AT_MOST;
      if (isRepeated) assertError(error, "ConnectionError", { outcome: "unknown", attempts: 1 });
      else assertError(error, "ApiError", { outcome: "rejected", attempts: 1 });
      assert.equal(seen.stored, isRepeated ? 1 : 0);
      assert.ok(seen.requests.length <= AT_MOST, `${seen.requests.length} requests`);
    });
  }
}
