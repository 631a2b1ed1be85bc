// What becomes of a message after its answer, and the time that it takes.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { created, post, retry, sandbox, stored } from "./helpers.mjs";

const REASON = "131049: This message was not delivered to maintain healthy ecosystem engagement";
const MINUTE = 60_000;

describe("a delivery", () => {
  test("fails later, at its time by the sandbox's own clock", async () => {
    const { id } = await created(141, { content: "a", content_attributes: { x: 1 } });
    sandbox.failLater(id, REASON, { afterMs: 5 * MINUTE });
    // How long a test took to come here must not count.
    await new Promise((resolve) => setTimeout(resolve, 20));
    await sandbox.advance(5 * MINUTE - 1);
    assert.equal(stored(141)[0].status, "sent");
    sandbox.advance(1);
    // What is due is done before advance() returns.
    assert.equal(stored(141)[0].status, "failed");
    assert.deepEqual(stored(141)[0].content_attributes, { x: 1, external_error: REASON });
    assert.match(stored(141)[0].source_id, /^wamid\./);
  });

  test("fails at once without a time, and by real time where nobody advances it", async () => {
    const { id } = await created(141, { content: "a" });
    sandbox.failLater(id, REASON);
    assert.equal(stored(141)[0].status, "failed");
    const second = await created(141, { content: "b" });
    sandbox.failLater(second.id, REASON, { afterMs: 20 });
    assert.equal(stored(141)[1].status, "sent");
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.equal(stored(141)[1].status, "failed");
  });

  test("that failed can be retried, and arrive", async () => {
    const { id } = await created(141, { content: "a" });
    sandbox.failLater(id, REASON);
    const answer = await (await retry(141, id)).json();
    assert.equal(answer.status, "sent");
    assert.equal(stored(141)[0].content_attributes.external_error, undefined);
    sandbox.deliver(id, "delivered");
    assert.equal(stored(141)[0].status, "delivered");
  });

  test("is told as delivered and read; who has read it cannot have it delivered any more", async () => {
    const { id } = await created(141, { content: "a" });
    sandbox.failLater(id, "131026: Message undeliverable");
    sandbox.deliver(String(id), "delivered");
    assert.equal(stored(141)[0].content_attributes.external_error, undefined);
    sandbox.deliver(BigInt(id), "read");
    sandbox.deliver(id, "delivered");
    assert.equal(stored(141)[0].status, "read");
  });

  test("is refused for what is no stored message, no reason, no status and no time", async () => {
    const { id } = await created(141, { content: "a" });
    for (const wrong of [5, "x", {}, undefined, null, Number.NaN, Symbol("x")]) {
      assert.throws(() => sandbox.failLater(wrong, REASON), { name: "TypeError", message: /^messageId/ });
      assert.throws(() => sandbox.deliver(wrong, "read"), { name: "TypeError", message: /^messageId/ });
    }
    for (const reason of ["", undefined, 131049, "x".repeat(65_537)]) {
      assert.throws(() => sandbox.failLater(id, reason), { name: "TypeError", message: /^externalError/ });
    }
    for (const afterMs of [-1, Number.NaN, "5", Number.POSITIVE_INFINITY]) {
      assert.throws(() => sandbox.failLater(id, REASON, { afterMs }), {
        name: "TypeError",
        message: /^afterMs/,
      });
    }
    for (const status of ["sent", "failed", undefined]) {
      assert.throws(() => sandbox.deliver(id, status), { name: "TypeError", message: /^status/ });
    }
    assert.equal(stored(141)[0].status, "sent");
  });
});

describe("the sandbox's clock", () => {
  test("stands still once it was advanced, and goes on with reset()", async () => {
    const before = Date.now();
    await sandbox.advance(60 * MINUTE);
    const first = await created(141, { content: "a" });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const second = await created(141, { content: "a" });
    assert.equal(first.created_at, second.created_at);
    assert.ok(Math.abs(first.created_at - (before + 60 * MINUTE) / 1000) < 2);
    sandbox.reset();
    const third = await created(141, { content: "a" });
    assert.ok(Math.abs(third.created_at - Date.now() / 1000) < 2);
  });

  test("does what is due in its order, and a moment's in the order in which it was asked for", async () => {
    const seen = [];
    const ids = [];
    for (let count = 0; count < 4; count += 1) ids.push((await created(141, { content: "a" })).id);
    const fail = (index, afterMs) => sandbox.failLater(ids[index], `${index}: x`, { afterMs });
    fail(0, 3 * MINUTE);
    fail(1, MINUTE);
    fail(2, MINUTE);
    fail(3, 10 * MINUTE);
    for (const message of stored(141)) {
      let status = message.status;
      Object.defineProperty(message, "status", {
        get: () => status,
        set(value) {
          status = value;
          seen.push(ids.indexOf(message.id));
        },
      });
    }
    await sandbox.advance(5 * MINUTE);
    assert.deepEqual(seen, [1, 2, 0]);
  });

  test("ends a minute of the rate limits", async () => {
    await sandbox.advance(0);
    for (let count = 0; count < 200; count += 1) await created(141, { content: "a" });
    assert.equal((await post(141, { content: "a" })).status, 422);
    await sandbox.advance(MINUTE);
    await created(141, { content: "a" });
  });

  test("leaves delays to real time", async () => {
    await sandbox.advance(MINUTE);
    sandbox.script(141, [{ delay: 20 }]);
    await created(141, { content: "a" });
  });

  test("is refused a step back", () => {
    for (const ms of [-1, Number.NaN, "5", undefined, 315_360_000_001]) {
      assert.throws(() => sandbox.advance(ms), { name: "TypeError", message: /^ms is/ });
    }
  });

  test("forgets what was to happen, with reset() and with the message", async () => {
    const { id } = await created(141, { content: "a" });
    sandbox.failLater(id, REASON, { afterMs: MINUTE });
    sandbox.reset();
    await created(141, { content: "a" });
    await sandbox.advance(2 * MINUTE);
    assert.equal(stored(141)[0].status, "sent");
  });
});
