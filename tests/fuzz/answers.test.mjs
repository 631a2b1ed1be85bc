// Answers of which one part, or the JSON itself, is anything.

import assert from "node:assert/strict";
import fc from "fast-check";
import { livedesk } from "../lib/package.mjs";
import { BASE_URL, callUnderFire, LIMITS } from "./calls.mjs";
import { fuzzing } from "./harness.mjs";
import { anyValue, define, key } from "./values.mjs";
import { way } from "./ways.mjs";

const { fuzz, countThrown } = fuzzing("answers");
const MESSAGE = '{"id":1,"status":"sent"}';
const status = fc.constantFrom(200, 201, 204, 301, 400, 401, 404, 408, 413, 422, 425, 429, 500, 502, 503);

/** Its statuses prove by themselves, so nothing else of an answer may lead to a repetition. */
async function answered(code, response) {
  const isTurnedAway = (value) => value === 425 || value === 429;
  return callUnderFire(
    (fetch) => livedesk.sendText({ baseUrl: BASE_URL, fetch, ...LIMITS }, 141, { content: "Hello" }),
    () => response,
    () => isTurnedAway(code) || isTurnedAway(response.status),
  );
}

const PARTS = {
  status: (value) => ({ status: value }),
  type: (value) => ({ type: value }),
  headers: (value) => ({ headers: value }),
  "headers that give": (value, as) => ({ headers: { get: as(value), [Symbol.iterator]: as(value) } }),
  "headers of a name": (value) => ({ headers: [["retry-after", value]] }),
  "headers of a field": (value) => ({
    headers: { "retry-after": value, location: value, "x-request-id": value },
  }),
  body: (value) => ({ body: value }),
  "a reader that is": (value, as) => ({ body: { getReader: as(value) } }),
  text: (value) => ({ text: value }),
  "a text that gives": (value, as) => ({ text: as(value) }),
};
const part = fc.tuple(fc.constantFrom(...Object.keys(PARTS)), status, way, anyValue, fc.boolean());

fuzz("any part of an answer may be anything", "parts", part, async ([name, code, as, recipe, isGetter]) => {
  const response = { status: code, type: "basic", headers: new Headers(), text: async () => MESSAGE };
  for (const [field, value] of Object.entries(PARTS[name](recipe.make(), as))) {
    define(response, field, isGetter ? { get: () => value } : { value });
  }
  await answered(code, response);
});

/** What a reader gives for each value; a stream that never ends is ended here, since nothing else would. */
const CHUNKS = {
  chunk: (value) => ({ done: false, value }),
  result: (value) => value,
  "subarray gives": (value) => ({ done: false, value: { subarray: () => value } }),
  "byteLength is": (byteLength) => ({
    value: { subarray: () => define(new Uint8Array(3), "byteLength", { value: byteLength }) },
  }),
  done: (done) => ({ done, value: new Uint8Array(70_000) }),
};
const chunk = fc.tuple(fc.constantFrom(...Object.keys(CHUNKS)), way, status, anyValue, anyValue);

fuzz("an error's body may stream anything", "chunks", chunk, async ([name, as, code, recipe, cancelled]) => {
  const value = recipe.make();
  let reads = 0;
  const read = () => (reads++ < 3 ? as(CHUNKS[name](value))() : Promise.resolve({ done: true }));
  const cancel = as(cancelled.make());
  const body = { getReader: () => ({ read, cancel }) };
  await answered(code, { status: code, headers: new Headers(), body, text: async () => MESSAGE });
});

/** JSON of anything that JSON can be made of. */
function jsonOf(value) {
  try {
    return JSON.stringify(value) ?? "null";
  } catch {
    return "{";
  }
}

const FIELDS = [
  "id",
  "status",
  "content_attributes",
  "external_error",
  "error",
  "errors",
  "message",
  "content",
];
const field = fc.oneof({ arbitrary: fc.constantFrom(...FIELDS), weight: 6 }, key);
const body = fc.tuple(
  fc.option(field, { nil: undefined }),
  status,
  anyValue,
  fc.constantFrom("sent", "failed"),
);

fuzz("an answer's JSON may have any fields", "bodies", body, async ([name, code, recipe, delivery]) => {
  const value = recipe.make();
  const message = { id: 1, status: delivery, content_attributes: { external_error: "131047: x" } };
  if (name === "external_error") message.content_attributes.external_error = value;
  const json = jsonOf(name === undefined ? value : define(message, name, { value }));
  const response = { status: code, headers: new Headers(), text: async () => json };
  const { error, value: given } = await answered(code, response);
  // Every field is kept, whatever it is.
  if (error === undefined) assert.deepEqual(given, JSON.parse(json));
});

countThrown();
