// Connections that are used again, and what a server does to them between two calls.

import assert from "node:assert/strict";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { assertError } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { MESSAGE } from "../lib/servers.mjs";
import { assertRequests, CALLS, settled } from "./calls.mjs";
import { BODY, startFaultServer } from "./server.mjs";

const KINDS = CALLS.filter(({ isLarge }) => !isLarge);
const LOST = { code: "connection_lost", outcome: "unknown", attempts: 1 };

/** The first call succeeds and leaves its connection open; the second request on it meets `behave`. */
async function startUsed(t, call, behave, atAnswer = () => {}) {
  const sockets = [];
  const seen = await startFaultServer(t, {
    atConnect: (socket) => sockets.push(socket),
    atEnd: (exchange) => {
      if (exchange.count === 2 && behave) return behave(exchange);
      exchange.succeed();
      return atAnswer(exchange);
    },
  });
  const desk = clientOf(seen, { timeout: 5000 });
  assert.deepEqual((await settled(call.send(desk))).message, MESSAGE);
  assert.deepEqual([seen.connections, seen.requests.length, seen.stored], [1, 1, 1]);
  return { desk, seen, sockets };
}

for (const call of KINDS) {
  test(`a connection is used again: ${call.what} more is posted on it once`, async (t) => {
    const { desk, seen } = await startUsed(t, call);
    assert.deepEqual((await settled(call.send(desk))).message, MESSAGE);
    assert.deepEqual([seen.connections, seen.stored], [1, 2]);
    assertRequests(seen, 2);
  });

  test(`used again, then reset: ${call.what} is posted once and its outcome is unknown`, async (t) => {
    const { desk, seen } = await startUsed(t, call, (exchange) => exchange.reset());
    const { error } = await settled(call.send(desk, { maxRetries: 5 }));
    assertError(error, "ConnectionError", LOST);
    assert.deepEqual([seen.connections, seen.stored], [1, 1]);
    assertRequests(seen, 2);
  });

  test(`used again, stored then closed: ${call.what} is stored once and unknown`, async (t) => {
    const { desk, seen } = await startUsed(t, call, (exchange) => exchange.store().close());
    const { error } = await settled(call.send(desk, { maxRetries: 5 }));
    assertError(error, "ConnectionError", LOST);
    assert.deepEqual([seen.connections, seen.stored], [1, 2]);
    assertRequests(seen, 2);
  });

  test(`closed long before its reuse: ${call.what} is posted once, on a new connection`, async (t) => {
    const { desk, seen } = await startUsed(t, call, undefined, (exchange) => exchange.close());
    await sleep(50);
    assert.deepEqual((await settled(call.send(desk))).message, MESSAGE);
    assert.deepEqual([seen.connections, seen.stored], [2, 2]);
    assertRequests(seen, 2);
  });

  for (const [how, end] of [
    ["closed", (socket) => socket.end()],
    ["destroyed", (socket) => socket.destroy()],
    ["reset", (socket) => socket.resetAndDestroy()],
  ]) {
    // Which of both ends is first is the kernel's to say; what the error says has to be true either way.
    test(`${how} just before its reuse: ${call.what} is stored once, or unknown`, async (t) => {
      for (let turn = 0; turn < 10; turn += 1) {
        const { desk, seen, sockets } = await startUsed(t, call);
        end(sockets[0]);
        const { message, error } = await settled(call.send(desk, { maxRetries: 5 }));
        if (error) assertError(error, "ConnectionError", LOST);
        else assert.deepEqual(message, MESSAGE);
        const more = seen.stored - 1;
        assert.ok(message ? more === 1 : more <= 1, `stored ${more} times more`);
        assert.ok(seen.requests.length <= 2, `${seen.requests.length} requests`);
      }
    });
  }

  test(`an answer too many is never taken for the next one's: ${call.what}`, async (t) => {
    const own = { ...MESSAGE, id: 30 };
    const answerOwn = (exchange) => exchange.store().answer(200, JSON.stringify(own));
    const { desk, seen } = await startUsed(t, call, answerOwn, (exchange) => exchange.answer(200, BODY));
    const { message, error } = await settled(call.send(desk));
    if (error) assertError(error, "ConnectionError", LOST);
    else assert.deepEqual(message, own);
    assert.ok(seen.requests.length <= 2, `${seen.requests.length} requests`);
  });
}

test("calls side by side, every second one stored then reset: each is posted once", async (t) => {
  const seen = await startFaultServer(t, {
    atEnd: (exchange) => (exchange.count % 2 ? exchange.succeed() : exchange.store().reset()),
  });
  const desk = clientOf(seen);
  const results = await Promise.all(
    Array.from({ length: 10 }, () => KINDS.map(({ send }) => settled(send(desk)))).flat(),
  );
  assert.equal(results.filter(({ message }) => message).length, 20);
  for (const { error } of results) if (error) assertError(error, "ConnectionError", LOST);
  assert.equal(seen.stored, 40);
  assertRequests(seen, 40);
});
