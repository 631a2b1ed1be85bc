// Keys in memory.

import assert from "node:assert/strict";
import test from "node:test";
import { proxy } from "../lib/package.mjs";
import { proxyToSandbox, text, tokenFrom, told, withToken } from "./desk.mjs";
import { testStore } from "./stores.mjs";

testStore("in memory", () => proxy.memoryStore());

test("says that its keys end with the process", () => {
  assert.equal(proxy.memoryStore().durable, false);
});

test("holds no more than it is told to, and sends nothing of which it may have forgotten the key", async () => {
  const store = proxy.memoryStore({ maxEntries: 3 });
  const { handle, stored } = proxyToSandbox({ store });
  const token = await tokenFrom(handle);
  await new Promise((resolve) => setTimeout(resolve, 5));
  for (const name of ["a", "b", "c", "d"]) {
    assert.equal((await handle(text("Hello", { key: withToken(name, token) }))).status, 200);
  }
  assert.equal(told(await handle(text("Hello", { key: withToken("d", token) }))), "answered");
  assert.equal(told(await handle(text("Hello", { key: withToken("a", token) }))), "other_store");
  assert.equal(stored(), 4);
  await new Promise((resolve) => setTimeout(resolve, 5));
  const fresh = await tokenFrom(handle);
  assert.equal((await handle(text("Hello", { key: withToken("e", fresh) }))).status, 200);
});

test("keeps its bytes below their limit", async () => {
  const store = proxy.memoryStore({ maxBytes: 100_000 });
  const { handle } = proxyToSandbox({ store });
  for (let index = 0; index < 100; index += 1) {
    const content = "x".repeat(10_000);
    assert.equal((await handle(text(content, { key: `key-${index}` }))).status, 200);
  }
  const last = await handle(text("x".repeat(10_000), { key: "key-99" }));
  assert.equal(last.headers.get("idempotency-replayed"), "true");
});

test("an answer that is too large for it is given, and the key is sent no second time", async () => {
  const store = proxy.memoryStore({ maxBytes: 2_000 });
  const { handle, stored } = proxyToSandbox({ store });
  assert.equal((await handle(text("x".repeat(5_000), { key: "one" }))).status, 200);
  assert.equal((await handle(text("x".repeat(5_000), { key: "one" }))).status, 409);
  assert.equal(stored(), 1);
});

test("refuses limits that are none", () => {
  for (const options of [{ maxEntries: 0 }, { maxBytes: "1" }, { most: 1 }, null]) {
    assert.throws(() => proxy.memoryStore(options), { name: "ValidationError" });
  }
});
