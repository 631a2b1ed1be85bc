// The sandbox: it is a server to its callers, and no request may stop it.

import assert from "node:assert/strict";
import fc from "fast-check";
import { sandbox as entry } from "../lib/package.mjs";
import { ending, show } from "./calls.mjs";
import { fuzzing } from "./harness.mjs";
import { SAMPLES } from "./samples.mjs";
import { anyValue, define, key } from "./values.mjs";

/** JavaScript itself makes a text, and Node's Request makes headers, of a list without an end until the process ends. */
const finite = anyValue.filter((recipe) => !/length Infinity|longest/.test(fc.stringify(recipe)));
const { fuzz, countThrown } = fuzzing("sandbox");
const URL = "https://livedesk.invalid/api/v2/accounts/conversations/141/messages";
const headers = { Authorization: "Basic a2V5OnNlY3JldA==" };

/** It answers with a status of its own, whatever the request holds; then it answers a good one with 200. */
async function assertAnswers(fetch, url, init) {
  const { value: response, error } = await ending(() => fetch(url, init));
  assert.ok(response instanceof Response, `rejected with ${show(error)}`);
  assert.ok([200, 400, 401, 404, 422].includes(response.status), `status ${response.status}`);
  await response.text();
}

async function assertGood(fetch) {
  const response = await fetch(URL, {
    method: "POST",
    headers,
    body: new URLSearchParams({ content: "Hello" }),
  });
  assert.ok(response.status === 200, `status ${response.status}`);
}

const OPTIONS = ["apiKey", "apiSecret", "latency", "other"];
const options = fc.tuple(fc.option(fc.constantFrom(...OPTIONS), { nil: undefined }), finite);

fuzz("createSandbox makes one that works, or throws", "options", options, async ([name, recipe]) => {
  const value = recipe.make();
  const given = name === undefined ? value : define({}, name, { value });
  let made;
  try {
    made = entry.createSandbox(given);
  } catch {
    // Documented of latency alone; what a getter of the caller's throws is the caller's.
    return;
  }
  // A latency may be as long as a timer can be.
  const response = made.fetch(URL, { method: "POST", headers, signal: AbortSignal.timeout(20) });
  const { error } = await ending(() => response.then(() => assertGood(entry.createSandbox().fetch)));
  assert.ok(error === undefined || error.name === "TimeoutError", show(error));
});

/** No signals: a forged one breaks Node's Request later, when that is collected. */
const argument = fc.tuple(fc.constantFrom("input", "init", "method", "headers", "body"), finite);

fuzz("its fetch takes what fetch takes", "arguments", argument, async ([place, recipe]) => {
  const value = recipe.make();
  const init = { method: "POST", headers };
  const sandbox = entry.createSandbox();
  if (place === "init") await ending(() => sandbox.fetch(URL, value));
  else if (place === "input") await ending(() => sandbox.fetch(value, init));
  else await ending(() => sandbox.fetch(URL, define(init, place, { value })));
  await assertGood(sandbox.fetch);
});

/** JSON of anything that JSON can be made of. */
function jsonOf(value) {
  try {
    return JSON.stringify(value) ?? "null";
  } catch {
    return "{";
  }
}

function formOf(fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return { body: form };
}

const json = (text) => ({ body: text, headers: { ...headers, "Content-Type": "application/json" } });
const BODIES = {
  json: (_, value) => json(jsonOf(value)),
  "json with a field": (name, value, message) =>
    json(jsonOf(define({ ...message, attachments: undefined }, name, { value }))),
  "form with a name": (name) => formOf({ content: "Hello", [name]: "x" }),
  "form with a nested name": (name) => formOf({ [`content_attributes[${name}]`]: "x", [`${name}[]`]: "x" }),
  "form with a file": (name) =>
    formOf({ "attachments[]": new File(["x"], name.toWellFormed(), { type: name }) }),
  text: (_, value) => ({ body: jsonOf(value) }),
};
const request = fc.tuple(fc.constantFrom(...Object.keys(BODIES)), fc.constantFrom(...SAMPLES), key, finite);

fuzz("no body of a request stops it", "requests", request, async ([what, { make }, name, recipe]) => {
  const sandbox = entry.createSandbox();
  const init = { method: "POST", headers, ...BODIES[what](name, recipe.make(), make()) };
  await assertAnswers(sandbox.fetch, URL, init);
  await assertGood(sandbox.fetch);
});

countThrown();
