// What `new LiveDesk` is given.

import assert from "node:assert/strict";
import fc from "fast-check";
import { CREDENTIALS, livedesk } from "../lib/package.mjs";
import { assertError, BASE_URL, callUnderFire, ending, goodAnswer, LIMITS } from "./calls.mjs";
import { fuzzing } from "./harness.mjs";
import { anyValue, define, key } from "./values.mjs";

const { fuzz, countThrown } = fuzzing("options");
const OPTIONS = [
  ...["apiKey", "apiSecret", "authorization", "baseUrl", "timeout", "totalTimeout", "maxRetries", "fetch"],
  ...["channel", "onEvent", "dangerouslyAllowBrowser"],
];
const message = { content: "Hello" };

/** A client, or undefined when the options were refused as they should be. */
function construct(options) {
  try {
    return new livedesk.LiveDesk(options);
  } catch (error) {
    assertError(error);
    assert.deepEqual([error.name, error.outcome, error.attempts], ["ValidationError", "not_sent", 0]);
    return undefined;
  }
}

/** Its fetch is whatever it was given, so nobody counts; but the call ends, and in one of the known ways. */
async function assertUsable(desk) {
  const ended = await ending(() => desk.sendText(141, message, { ...LIMITS, maxRetries: 0 }));
  if ("error" in ended) assertError(ended.error);
}

fuzz(
  "a constructor throws nothing but a ValidationError, whatever it is given",
  "whole",
  anyValue,
  (options) => {
    const desk = construct(options.make());
    return desk && assertUsable(desk);
  },
);

const field = fc.tuple(
  fc.oneof({ arbitrary: fc.constantFrom(...OPTIONS), weight: 20 }, key),
  anyValue,
  fc.boolean(),
);

fuzz("nor does it for any value of any option", "fields", field, async ([name, recipe, isGetter]) => {
  const value = recipe.make();
  const options = { fetch: goodAnswer, ...(name === "authorization" ? { baseUrl: BASE_URL } : CREDENTIALS) };
  define(options, name, isGetter ? { get: () => value } : { value });
  const desk = construct(options);
  if (desk) await assertUsable(desk);
});

fuzz("the functions reject with what the constructor would throw", "later", field, async ([name, recipe]) => {
  const value = recipe.make();
  const call = (fetch) => {
    const options = define({ baseUrl: BASE_URL, fetch }, name, { value });
    return livedesk.sendText(options, 141, message, { ...LIMITS, maxRetries: 0 });
  };
  if (name === "fetch") {
    const ended = await ending(call);
    if ("error" in ended) assertError(ended.error);
  } else {
    await callUnderFire(call);
  }
});

countThrown();
