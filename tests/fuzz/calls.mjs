// One call under fire, and what holds of its ending whatever was thrown.

import assert from "node:assert/strict";
import { inspect } from "node:util";
import { livedesk } from "../lib/package.mjs";

/** Whoever is not back by then never comes back: every wait inside a call is set to some milliseconds. */
const SETTLED_MS = 15_000;
const MESSAGE = '{"id":1,"status":"sent"}';
const OUTCOMES = ["not_sent", "rejected", "failed", "unknown"];
const CODES = {
  ValidationError: ["invalid_input"],
  ApiError: [
    ...["redirected", "unauthorized", "not_found", "too_large", "rate_limited", "invalid_request"],
    ...["request_timeout", "server_error"],
  ],
  ConnectionError: [
    ...["not_connected", "certificate_refused", "authorization_failed", "form_failed", "connection_lost"],
    "file_unreadable",
  ],
  TimeoutError: ["timeout", "total_timeout"],
  AbortError: ["aborted"],
  ResponseError: ["unreadable_response"],
  DeliveryError: ["delivery_failed", "attachments_lost"],
};

export const BASE_URL = "https://livedesk.invalid";
/** Short, since some values are meant to hang; long enough that a retry's random wait may fit. */
export const LIMITS = { timeout: 30, totalTimeout: 60 };

/** What a fetch gives when all is well: the least that is a Response, to be quick. */
export const goodAnswer = () => ({ status: 200, text: async () => MESSAGE });

// Options without a fetch would otherwise reach for the network.
globalThis.fetch = goodAnswer;

/** How a call ended: `{ value }` or `{ error }`. One that throws, or never settles, fails. */
export async function ending(start) {
  let promise;
  try {
    promise = start();
  } catch (error) {
    assert.fail(`threw ${show(error)} instead of rejecting`);
  }
  assert.ok(promise instanceof Promise, "gave no promise");
  let timer;
  const guard = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not settled after ${SETTLED_MS} ms`)), SETTLED_MS);
  });
  const ended = promise.then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
  return Promise.race([ended, guard]).finally(() => clearTimeout(timer));
}

/** What every error of the package is: a LiveDeskError whose fields are what the README's tables say. */
export function assertError(error) {
  const isOurs = error instanceof livedesk.LiveDeskError && error instanceof Error;
  if (!isOurs) assert.fail(`rejected with ${show(error)}`);
  const { name, code, outcome, message, attempts } = error;
  if (!CODES[name]?.includes(code)) assert.fail(`${name} ${code}, caused by ${show(error.cause)}`);
  assert.ok(error instanceof livedesk[name]);
  assert.ok(OUTCOMES.includes(outcome), `outcome ${outcome}`);
  assert.ok(typeof message === "string" && message !== "", "no message");
  assert.ok(Number.isInteger(attempts) && attempts >= 0, `attempts ${attempts}`);
  assert.equal(typeof JSON.stringify(error), "string");
  if (name === "ValidationError") assertIssues(error.issues);
}

/** A list of issues, and not an empty one. */
export function assertIssues(issues, least = 1) {
  assert.ok(Array.isArray(issues) && issues.length >= least, "no issues");
  const isWhole = ({ path, code, message, severity }) =>
    [path, code, message].every((text) => typeof text === "string" && text.isWellFormed()) &&
    (severity === "error" || severity === "warning");
  const broken = issues.find((issue) => !isWhole(issue));
  if (broken) assert.fail(`an issue is ${show(broken)}`);
}

/**
 * Makes one call with `start(fetch)`. `answer(attempt)` is what its fetch gives; `mayRepeat(attempt)` says
 * whether what it gave proves that nothing was stored.
 */
export async function callUnderFire(start, answer = goodAnswer, mayRepeat = () => false) {
  let calls = 0;
  const ended = await ending(() =>
    start(() => {
      calls += 1;
      return answer(calls);
    }),
  );
  for (let attempt = 1; attempt < calls; attempt += 1) {
    assert.ok(mayRepeat(attempt), `was repeated after attempt ${attempt}, which may have stored it`);
  }
  if ("error" in ended) {
    const { error } = ended;
    assertError(error);
    assert.equal(error.attempts, calls, "attempts");
    if (error.name === "ValidationError") assert.equal(calls, 0, "was refused, but sent");
    if (calls === 0) assert.equal(error.outcome, "not_sent");
  } else {
    assert.ok(calls > 0, "resolved without having sent anything");
  }
  return ended;
}

/** In words, even where the value fights back. */
export function show(value) {
  try {
    return inspect(value, { showProxy: true, depth: 1 }).slice(0, 1000);
  } catch {
    return "a value that cannot be shown";
  }
}
