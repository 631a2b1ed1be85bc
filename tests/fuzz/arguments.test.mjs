// Every argument of the four calls, as methods and as functions.

import assert from "node:assert/strict";
import fc from "fast-check";
import { livedesk } from "../lib/package.mjs";
import { assertError, BASE_URL, callUnderFire, ending, LIMITS } from "./calls.mjs";
import { fuzzing } from "./harness.mjs";
import { SIGNALS } from "./platform.mjs";
import { oneOfThese } from "./recipe.mjs";
import { SAMPLES } from "./samples.mjs";
import { anyValue, define, key } from "./values.mjs";

const { fuzz, countThrown } = fuzzing("arguments");
const sample = fc.constantFrom(...SAMPLES);
const QUICK = { ...LIMITS, maxRetries: 0 };

/** The arguments of a good call, the one at `position` replaced. */
function withArgument({ make }, position, value) {
  return [141, make(), QUICK].map((given, index) => (index === position ? value : given));
}

const argument = fc.tuple(sample, fc.nat(2), anyValue);

fuzz("a method stands any value of any argument", "methods", argument, async ([call, position, recipe]) => {
  const given = withArgument(call, position, recipe.make());
  await callUnderFire((fetch) => {
    const desk = new livedesk.LiveDesk({ baseUrl: BASE_URL, fetch, ...QUICK });
    return desk[call.method](...given);
  });
});

const functionArgument = fc.tuple(sample, fc.integer({ min: -1, max: 2 }), anyValue);

fuzz("a function does, too", "functions", functionArgument, async ([call, position, recipe]) => {
  const value = recipe.make();
  if (position >= 0) {
    const given = withArgument(call, position, value);
    await callUnderFire((fetch) => livedesk[call.method]({ baseUrl: BASE_URL, fetch, ...QUICK }, ...given));
  } else {
    const ended = await ending(() => livedesk[call.method](value, 141, call.make(), QUICK));
    if ("error" in ended) assertError(ended.error);
  }
});

const REQUEST_OPTIONS = [
  "signal",
  "timeout",
  "totalTimeout",
  "maxRetries",
  "extra",
  "dangerouslyRetryUnknown",
];
const requestOption = fc.oneof(
  fc.tuple(sample, fc.oneof({ arbitrary: fc.constantFrom(...REQUEST_OPTIONS), weight: 20 }, key), anyValue),
  fc.tuple(sample, fc.constant("signal"), oneOfThese(SIGNALS)),
);

fuzz("a call stands any value of any request option", "requestOptions", requestOption, async (thrown) => {
  const [call, name, recipe] = thrown;
  const options = define({ ...QUICK }, name, { value: recipe.make() });
  await callUnderFire((fetch) =>
    livedesk[call.method]({ baseUrl: BASE_URL, fetch }, 141, call.make(), options),
  );
});

fuzz("a method called on anything else is refused", "self", fc.tuple(sample, anyValue), async (thrown) => {
  const [{ method, make }, recipe] = thrown;
  const self = recipe.make();
  const ended = await ending(() => livedesk.LiveDesk.prototype[method].call(self, 141, make(), QUICK));
  if ("error" in ended) assertError(ended.error);
  else assert.ok(self instanceof livedesk.LiveDesk);
});

countThrown();
