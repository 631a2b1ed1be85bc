// Should the engine break down all the same, every call settles and the next one works. A runtime function that
// throws into the engine is a breakdown as a panic would be, and can be had at will.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { caught } from "../lib/assertions.mjs";
import { livedesk } from "../lib/package.mjs";
import { slowDesk } from "../lib/slow-desk.mjs";

const { LiveDesk, LiveDeskError, preload, validate } = livedesk;
// So that calls are under way when a test says so.
await preload();
const slow = slowDesk(LiveDesk);
const { desk } = slow;

/** What writes text that is not ASCII into the engine's memory, while Rust asks for it. */
const ENCODER = [TextEncoder.prototype, "encodeInto"];

let unhandled;
const note = (error) => unhandled.push(error);

beforeEach(() => {
  unhandled = [];
  process.on("unhandledRejection", note).on("uncaughtException", note);
});

afterEach(() => {
  process.off("unhandledRejection", note).off("uncaughtException", note);
});

/** Runs with one function of the runtime throwing. */
async function broken(owner, name, run) {
  const whole = owner[name];
  owner[name] = () => {
    throw new Error("broken on purpose");
  };
  try {
    return await run();
  } finally {
    owner[name] = whole;
  }
}

for (const when of ["before", "after"]) {
  test(`a breakdown rejects every pending call, and the next works ${when} the old one's answer comes`, async () => {
    const pending = caught(desk.sendText(1, { content: "slow" }));
    await pause(20);
    const breaking = await broken(performance, "now", () => caught(desk.sendText(2, { content: "x" })));
    for (const error of [breaking, await pending]) {
      assert.ok(error instanceof LiveDeskError);
      assert.deepEqual([error.code, error.outcome], ["internal_error", "unknown"]);
    }
    if (when === "after") slow.release();
    assert.equal((await desk.sendText(3, { content: "x" })).id, 1);
    slow.release();
    await pause(20);
    assert.equal((await desk.sendText(3, { content: "x" })).id, 1);
    assert.deepEqual(unhandled, []);
  });
}

test("a breakdown of validate rejects it and every pending call", async () => {
  const pending = caught(desk.sendText(1, { content: "slow" }));
  await pause(20);
  const error = await broken(...ENCODER, () => caught(validate("text", { content: "é" })));
  assert.equal(error.code, "internal_error");
  assert.equal((await pending).outcome, "unknown");
  assert.deepEqual(await validate("text", { content: "x" }), []);
  assert.deepEqual(unhandled, []);
});

test("a breakdown releases the timers and listeners of every pending call", async () => {
  const { signal } = new AbortController();
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
  const before = timers();
  const pending = caught(desk.sendText(1, { content: "slow" }, { signal }));
  await pause(20);
  assert.equal(getEventListeners(signal, "abort").length, 1);
  await broken(...ENCODER, () => caught(validate("text", { content: "é" })));
  await pending;
  assert.equal(getEventListeners(signal, "abort").length, 0);
  assert.ok(timers() <= before);
});
