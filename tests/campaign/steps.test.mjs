// What comes after a row has failed: nextStep says it, and whatever it says, nothing is sent twice.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { importInternal, livedesk } from "../lib/package.mjs";
import { inRoot } from "../lib/root.mjs";

const { failed } = await importInternal("cli/campaign/sender.js");
const { dueOf, needsLook } = await importInternal("cli/campaign/state.js");

const CODE = /^ {4}\w+ = "(\w+)", (\w+), (\w+);$/gm;
const codes = Array.from(
  readFileSync(inRoot("src", "policy", "code.rs"), "utf8").matchAll(CODE),
  ([, code]) => code,
);
const ROW = { id: "r", attempts: 1, retries: 0, marked: false, messageId: "5" };
/** Also policies that are wrong. */
const POLICIES = [
  livedesk.nextStep,
  ...["again", "pause", "stop", "retry_message", "drop", "look"].map((name) => async () => ({
    ...{ do: name, afterMs: 0, why: "x" },
  })),
];

async function after(nextStep, error, isRetry) {
  const { result } = await failed({ nextStep }, error, ROW, isRetry);
  return { ...ROW, ...result };
}

test("what may be there is looked for by a person, whatever the code and the policy say", async () => {
  assert.ok(codes.length > 20);
  for (const nextStep of POLICIES) {
    for (const code of codes) {
      for (const outcome of ["unknown", "anything", undefined]) {
        const row = await after(nextStep, { code, outcome }, false);
        assert.equal(dueOf(row, true), undefined, code);
        assert.ok(needsLook(row));
      }
    }
  }
});

test("what is there is never sent anew, whatever the code and the policy say", async () => {
  for (const nextStep of POLICIES) {
    for (const code of codes) {
      for (const outcome of ["failed", "not_sent", "rejected", "unknown"]) {
        assert.notEqual(
          dueOf(await after(nextStep, { code, outcome }, true), true),
          "send",
          `${code} ${outcome}`,
        );
      }
      assert.notEqual(dueOf(await after(nextStep, { code, outcome: "failed" }, false), true), "send", code);
    }
  }
});

for (const thrown of [undefined, null, "x", 5, new Error("x"), {}, []]) {
  test(`${String(thrown)} says nothing, so a person looks`, async () => {
    assert.ok(needsLook(await after(livedesk.nextStep, thrown, false)));
  });
}

test("an account that has to be put right stops all, and the row is retried after that", async () => {
  const error = new livedesk.DeliveryError("x", {
    failure: { class: "fix_account", canRetry: false, advice: "x" },
    messageId: 5,
  });
  const row = await after(livedesk.nextStep, error, false);
  assert.equal(dueOf(row, false), "retry");
});
