// Messages that are right but for one place, so that what is there gets as far as it can.

import assert from "node:assert/strict";
import fc from "fast-check";
import { livedesk } from "../lib/package.mjs";
import { assertIssues, BASE_URL, callUnderFire, ending, LIMITS } from "./calls.mjs";
import { fuzzing } from "./harness.mjs";
import { Recipe } from "./recipe.mjs";
import { PLACES, replaced, SAMPLES } from "./samples.mjs";
import { anyValue, key } from "./values.mjs";

const { fuzz, countThrown } = fuzzing("messages");
const QUICK = { ...LIMITS, maxRetries: 0 };

const message = fc
  .tuple(fc.constantFrom(...PLACES), fc.option(key, { freq: 8, nil: undefined }), anyValue, fc.boolean())
  .map(([place, more, recipe, isGetter]) => {
    const { method, kind, make, path } = place;
    const name = `${fc.stringify(place)} ${path.join(".")}${more === undefined ? "" : ` and ${JSON.stringify(more)}`}`;
    const printed = { toString: () => `${name}: ${fc.stringify(recipe)}` };
    const remake = () => {
      const value = recipe.make();
      return replaced({ make, path, more }, isGetter ? { get: () => value } : { value });
    };
    return Object.assign(new Recipe(printed, remake), { method, kind });
  });

fuzz(
  "a message with any value anywhere is sent or refused, as validate says",
  "fields",
  message,
  async (recipe) => {
    const ended = await callUnderFire((fetch) =>
      livedesk[recipe.method]({ baseUrl: BASE_URL, fetch }, 141, recipe.make(), QUICK),
    );
    if (!recipe.kind) return;
    const { value: issues, error } = await ending(() => livedesk.validate(recipe.kind, recipe.make()));
    assert.equal(error, undefined, error?.message);
    assertIssues(issues, 0);
    const isRefused = ended.error?.name === "ValidationError";
    assert.equal(
      issues.some(({ severity }) => severity === "error"),
      isRefused,
      ended.error?.message,
    );
  },
);

const extra = fc.tuple(fc.constantFrom(...SAMPLES), key, anyValue);

fuzz("extra fields may be anything", "extra", extra, async ([{ method, make }, name, recipe]) => {
  const fields = Object.fromEntries([[name, recipe.make()]]);
  await callUnderFire((fetch) =>
    livedesk[method]({ baseUrl: BASE_URL, fetch }, 141, make(), { ...QUICK, extra: fields }),
  );
});

countThrown();
