// What tests say of errors.

import assert from "node:assert/strict";
import { livedesk } from "./package.mjs";

const OUTCOMES = ["not_sent", "rejected", "failed", "unknown"];

/** What a call was rejected with; resolving is a failure. */
export async function caught(promise) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  return assert.fail(`resolved to ${JSON.stringify(value)?.slice(0, 200)}`);
}

/** The LiveDeskError of that class and with these fields that a call was rejected with. */
export async function rejection(promise, name, fields = {}) {
  return assertError(await caught(promise), name, fields);
}

/** Checks an error's class and the given fields, `code` and `outcome` among them. */
export function assertError(error, name, fields = {}) {
  assert.ok(error instanceof livedesk[name], `is no ${name}: ${error?.stack ?? String(error)}`);
  assert.ok(error instanceof livedesk.LiveDeskError);
  assert.equal(error.name, name);
  assert.ok(OUTCOMES.includes(error.outcome), `outcome ${error.outcome}`);
  const actual = Object.fromEntries(Object.keys(fields).map((key) => [key, error[key]]));
  assert.deepEqual(actual, fields, error.message);
  return error;
}

/** Every issue begins with its path, and has what the interface promises. */
export function assertIssues(issues, paths) {
  assert.deepEqual(
    issues.map((issue) => issue.path),
    paths,
    issues.map((issue) => issue.message).join("\n"),
  );
  for (const { path, code, message, severity, params, ...rest } of issues) {
    assert.ok(message.startsWith(path), message);
    // A message may come without any; one that has some is told with all of them.
    for (const param of Object.values(params ?? {})) assert.match(typeof param, /^(string|number)$/);
    assert.doesNotMatch(message, /\{\w+\}(?!\})/);
    assert.match(code, /^[a-z_]+$/);
    assert.equal(severity, "error");
    assert.deepEqual(rest, {});
  }
}

/** A call that is refused before anything is sent, for the fields at these paths. */
export async function refusal(promise, ...paths) {
  const error = await rejection(promise, "ValidationError", {
    code: "invalid_input",
    outcome: "not_sent",
    attempts: 0,
  });
  assertIssues(error.issues, paths);
  assert.match(error.message, /^Nothing was sent/);
  return error;
}
