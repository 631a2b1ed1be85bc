// What sends nothing: validate, explainFailure, fileFromPath, and the error classes.

import assert from "node:assert/strict";
import fc from "fast-check";
import { files, livedesk } from "../lib/package.mjs";
import { assertError, assertIssues, ending } from "./calls.mjs";
import { fuzzing } from "./harness.mjs";
import { oneOfThese } from "./recipe.mjs";
import { anyValue, define, key } from "./values.mjs";

const { fuzz, countThrown } = fuzzing("helpers");
const CLASSES = Object.values(livedesk).filter((value) => value.prototype instanceof Error);
const FAILURES = [
  "retry_now",
  "retry_later",
  "use_template",
  "fix_request",
  "fix_account",
  "never",
  "unknown",
];

/** Every argument of one function: `given` makes good ones, of which the one at `position` is replaced. */
const anyArgument = (count) => fc.tuple(fc.nat(count - 1), anyValue);
const withArgument = (given, position, value) =>
  given.map((one, index) => (index === position ? value : one));

/** What it resolves to, or undefined when it was refused; there is no third way. */
async function resultOf(start) {
  const { value, error } = await ending(start);
  if (error === undefined) return value;
  assertError(error);
  assert.deepEqual([error.name, error.outcome], ["ValidationError", "not_sent"]);
  return undefined;
}

fuzz(
  "validate gives issues or refuses its arguments",
  "validate",
  anyArgument(3),
  async ([position, recipe]) => {
    const given = withArgument(["text", { content: "Hello" }, { channel: "sms" }], position, recipe.make());
    const issues = await resultOf(() => livedesk.validate(...given));
    if (issues) assertIssues(issues, 0);
  },
);

const option = fc.tuple(fc.constantFrom("message", "channel", "external_error", "status"), anyValue);

fuzz(
  "explainFailure explains anything, or refuses its options",
  "explainFailure",
  fc.oneof(anyArgument(2), option),
  async ([place, recipe]) => {
    const value = recipe.make();
    const failed = { id: 1, status: "failed", content_attributes: { external_error: "131047: x" } };
    if (place === "external_error") failed.content_attributes.external_error = value;
    if (place === "status") failed.status = value;
    const options = place === "channel" ? { channel: value } : { channel: "whatsapp" };
    const failure = await resultOf(() =>
      livedesk.explainFailure(...withArgument([failed, options], place, value)),
    );
    if (!failure) return;
    assert.ok(FAILURES.includes(failure.class), failure.class);
    assert.equal(typeof failure.canRetry, "boolean");
    assert.equal(typeof failure.advice, "string");
  },
);

const path = fc.tuple(fc.constantFrom("path", "options", "name", "type", "other"), anyValue);

fuzz("fileFromPath gives a File or refuses its arguments", "fileFromPath", path, async ([place, recipe]) => {
  const value = recipe.make();
  const options = place === "options" ? value : place === "path" ? {} : { [place]: value };
  const file = await resultOf(() =>
    files.fileFromPath(place === "path" ? value : import.meta.filename, options),
  );
  if (file) assert.ok(file instanceof File);
});

const construction = fc.tuple(
  fc.constantFrom(...CLASSES),
  fc.option(key, { nil: undefined }),
  anyValue,
  anyValue,
);

/** Whether Error itself would take these two, which is all that the constructors promise. */
function isTakenByError(message, fields) {
  try {
    new Error(message, fields);
    return Object(fields) === fields || fields === undefined;
  } catch {
    return false;
  }
}

fuzz("an error can be made of what Error can be made of", "constructors", construction, (thrown) => {
  const [Type, name, message, value] = thrown;
  const fields = name === undefined ? { cause: value.make() } : define({}, name, { value: value.make() });
  const text = message.make();
  if (!isTakenByError(text, fields)) return assert.throws(() => new Type(text, fields));
  const error = new Type(text, fields);
  assert.ok(error instanceof Type && error instanceof livedesk.LiveDeskError && error instanceof Error);
});

const anything = fc.oneof(
  { arbitrary: anyValue, weight: 9 },
  oneOfThese({ error: () => new livedesk.AbortError() }),
);
const instance = fc.tuple(fc.constantFrom(...CLASSES), anything);

fuzz("instanceof answers for anything", "instances", instance, ([Type, recipe]) => {
  assert.equal(typeof (recipe.make() instanceof Type), "boolean");
});

countThrown();
