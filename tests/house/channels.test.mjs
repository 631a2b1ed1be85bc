// The channels are listed once, in src/message/limits.rs: the types follow it, and the build makes JavaScript's list.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { fromRust } from "../../scripts/build/from-rust.mjs";
import { inRoot } from "../lib/root.mjs";

const made = {};
for (const [, text] of fromRust())
  Object.assign(made, await import(`data:text/javascript,${encodeURIComponent(text)}`));

test("the types know every channel, and no other", () => {
  const types = readFileSync(inRoot("pkg-template", "types", "options.d.ts"), "utf8");
  const [, union] = types.match(/export type Channel =([^;]*);/);
  const typed = Array.from(union.matchAll(/"(\w+)"/g), ([, channel]) => channel);
  assert.deepEqual(typed, made.CHANNELS);
  assert.ok(typed.length >= 9);
});

test("what may have been stored is said as the engine says it", () => {
  assert.match(made.MAY_BE_STORED, /^The message may have been stored: .*\.$/);
});
