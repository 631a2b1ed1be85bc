// A panic in Rust settles every call and ends no process, wherever it happens; the next call works.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { inRoot } from "../lib/root.mjs";
import { slowDesk } from "../lib/slow-desk.mjs";
import { caught, livedesk } from "./package.mjs";

const { LiveDesk, LiveDeskError, preload, validate } = livedesk;
// So that calls are under way when a test says so.
await preload();
const slow = slowDesk(LiveDesk);
const { desk } = slow;
const PLACES = ["before the request", "after the answer"];
const MESSAGE = { id: 1, status: "sent" };

let unhandled;
const note = (error) => unhandled.push(error);

beforeEach(() => {
  slow.requests = 0;
  unhandled = [];
  process.on("unhandledRejection", note).on("uncaughtException", note);
});

afterEach(async () => {
  await pause(20);
  process.off("unhandledRejection", note).off("uncaughtException", note);
  assert.deepEqual(unhandled, []);
});

function assertBroken(error, outcome = "unknown") {
  assert.ok(error instanceof LiveDeskError, String(error));
  assert.deepEqual([error.code, error.outcome], ["internal_error", outcome]);
  assert.ok(error.cause instanceof WebAssembly.RuntimeError, String(error.cause));
}

for (const place of PLACES) {
  test(`a panic ${place} rejects its own call and every pending one as unknown; the next works`, async () => {
    const { signal } = new AbortController();
    const pending = Array.from({ length: 20 }, () =>
      caught(desk.sendText(1, { content: "slow" }, { signal })),
    );
    await pause(20);
    assertBroken(await caught(desk.sendText(2, { content: `panic ${place}` })));
    for (const error of await Promise.all(pending)) assertBroken(error);
    assert.equal(getEventListeners(signal, "abort").length, 0);
    assert.deepEqual(await desk.sendText(3, { content: "Hello" }), MESSAGE);
    slow.release();
    await pause(20);
    assert.deepEqual(await desk.sendText(3, { content: "Hello" }), MESSAGE);
  });

  test(`a panic ${place} in each of 50 calls at once settles all of them, and sends nothing twice`, async () => {
    const calls = Array.from({ length: 50 }, () => caught(desk.sendText(2, { content: `panic ${place}` })));
    for (const error of await Promise.all(calls)) assertBroken(error);
    assert.ok(slow.requests <= 50, String(slow.requests));
    assert.deepEqual(await desk.sendText(3, { content: "Hello" }), MESSAGE);
  });

  test(`panics ${place}, one after the other, always leave a working client`, async () => {
    for (let round = 0; round < 20; round += 1) {
      assertBroken(await caught(desk.sendText(2, { content: `panic ${place}` })));
      assert.deepEqual(await desk.sendText(3, { content: "Hello" }), MESSAGE);
    }
  });
}

test("a panic in validate rejects it, and every pending call as unknown", async () => {
  const pending = caught(desk.sendText(1, { content: "slow" }));
  await pause(20);
  assertBroken(await caught(validate("text", { content: "panic in validate" })), "not_sent");
  assertBroken(await pending);
  assert.deepEqual(await validate("text", { content: "Hello" }), []);
});

test("the engine that is published knows no such content", async () => {
  const has = async (...path) => (await readFile(inRoot(...path, "engine.wasm"))).includes(PLACES[0]);
  assert.deepEqual([await has("target", "forced-panic", "pkg"), await has("pkg")], [true, false]);
});
