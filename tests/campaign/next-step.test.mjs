// What comes after a failure, for every code of every error.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { importInternal, livedesk } from "../lib/package.mjs";
import { inRoot } from "../lib/root.mjs";

const { nextStep } = await importInternal("cli/campaign/next-step.js");
const { failed } = await importInternal("cli/campaign/sender.js");
const { dueOf } = await importInternal("cli/campaign/state.js");

const CODE = /^ {4}\w+ = "(\w+)", (\w+), (\w+);$/gm;
const codes = Array.from(
  readFileSync(inRoot("src", "policy", "code.rs"), "utf8").matchAll(CODE),
  ([, code, type]) => [code, type],
);
const step = (error, attempts = 1) => nextStep(error, { attempts }).do;

test("nothing that may be there is sent again, whatever the code says", () => {
  assert.ok(codes.length > 20);
  for (const [code] of codes) {
    for (const outcome of ["unknown", "anything", undefined])
      assert.equal(step({ code, outcome }), "look", code);
  }
});

test("nothing that is there is sent anew, whatever the code says", () => {
  const row = { id: "r", attempts: 1, retries: 0, marked: false };
  for (const [code] of codes) {
    for (const isRetry of [true, false]) {
      for (const outcome of isRetry ? ["failed", "not_sent", "rejected", "unknown"] : ["failed", "unknown"]) {
        const { result } = failed({ nextStep }, { code, outcome, messageId: 5 }, row, isRetry);
        assert.notEqual(dueOf({ ...row, ...result }, false), "send", `${code} ${outcome}`);
      }
    }
  }
});

test("every code has a step", () => {
  const known = ["again", "pause", "retry_message", "look", "drop", "stop"];
  for (const [code] of codes) {
    for (const outcome of ["not_sent", "rejected", "failed"])
      assert.ok(known.includes(step({ code, outcome })));
  }
});

for (const [code, outcome, expected] of [
  ["unauthorized", "rejected", "stop"],
  ["redirected", "rejected", "stop"],
  ["rate_limited", "rejected", "pause"],
  ["not_found", "rejected", "drop"],
  ["invalid_request", "rejected", "drop"],
  ["not_connected", "not_sent", "again"],
  ["certificate_refused", "not_sent", "stop"],
  ["invalid_input", "not_sent", "drop"],
  ["attachments_lost", "failed", "look"],
]) {
  test(`after ${code} it is ${expected}`, () => {
    assert.equal(step({ code, outcome }), expected);
  });
}

test("waits longer for who cannot be reached, and then stops", () => {
  const error = new livedesk.ConnectionError("x", { code: "not_connected" });
  const waits = Array.from({ length: 7 }, (_, more) => nextStep(error, { attempts: more + 1 }).afterMs);
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000]);
  assert.equal(step(error, 8), "stop");
});

test("retries a delivery as often as its failure allows, and not once more", () => {
  const failure = { canRetry: true, maxRetries: 3, retryAfterMs: 2000, advice: "x" };
  const error = { outcome: "failed", code: "delivery_failed", failure };
  assert.deepEqual(
    [1, 2, 3, 4].map((attempts) => step(error, attempts)),
    [...["retry_message", "retry_message", "retry_message", "drop"]],
  );
});
