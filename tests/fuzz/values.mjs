// Arbitrary JavaScript values, as recipes.

import fc from "fast-check";
import { CLIENTS, PROXIES, THENABLES } from "./hostile.mjs";
import { HUGE, OBJECTS } from "./objects.mjs";
import { PLATFORM } from "./platform.mjs";
import { combined, oneOfThese, plainly } from "./recipe.mjs";

/** Names that mean something to JavaScript, to the package, or to LiveDesk. */
const NAMES = [
  ...["__proto__", "constructor", "prototype", "toString", "toJSON", "then", "length", "hasOwnProperty"],
  ...["content", "private", "content_attributes", "in_reply_to", "attachments", "data", "name", "type"],
  ...["template_params", "header_params", "button_params", "text_variables", "id", "status", "message_type"],
  ...["external_error", "code", "syscall", "cause", "errors", "message", "signal", "timeout", "channel"],
];
export const key = fc.oneof(fc.constantFrom(...NAMES), fc.string({ unit: "binary", maxLength: 8 }));

const plain = plainly(
  fc.anything({
    key,
    maxDepth: 2,
    maxKeys: 4,
    stringUnit: "binary",
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
);

/** What fits somewhere, so that a value gets past the first question asked of it. */
const fitting = plainly(
  fc.oneof(
    fc.constantFrom(
      0,
      1,
      141,
      2 ** 53,
      -1,
      0.5,
      1e308,
      Number.POSITIVE_INFINITY,
      true,
      false,
      null,
      undefined,
    ),
    fc.constantFrom(
      "",
      " ",
      "0",
      "141",
      "00",
      "9223372036854775807",
      "text",
      "image",
      "url",
      "whatsapp",
      "UTILITY",
    ),
    fc.constantFrom(
      "https://livedesk.invalid",
      "131047: Re-engagement message",
      "failed",
      "sent",
      "{{1}}",
      "{%",
    ),
    fc.constantFrom([], {}, [{}], [""], 1n, 2n ** 53n, 2n ** 63n),
    fc.string({ unit: "binary" }),
    fc.integer(),
    fc.double(),
  ),
);

const leaf = fc.oneof(
  { arbitrary: plain, weight: 8 },
  { arbitrary: fitting, weight: 6 },
  { arbitrary: oneOfThese(OBJECTS), weight: 6 },
  { arbitrary: oneOfThese(PROXIES), weight: 4 },
  { arbitrary: oneOfThese(THENABLES), weight: 2 },
  { arbitrary: oneOfThese(PLATFORM), weight: 4 },
  { arbitrary: oneOfThese(CLIENTS), weight: 1 },
);

/** Own and enumerable whatever the name: an assignment to `__proto__` would set the prototype. */
export function define(object, name, descriptor) {
  return Object.defineProperty(object, name, { enumerable: true, configurable: true, ...descriptor });
}

const SHAPES = {
  array: (...values) => values,
  "frozen array": (...values) => Object.freeze(values),
  Set: (...values) => new Set(values),
  Map: (...values) => new Map(values.map((value) => [value, value])),
  AggregateError: (...values) => new AggregateError(values, "several"),
  "Error that is caused": (value) => new Error("caused", { cause: value }),
  "function that returns": (value) => () => value,
  "function that throws": (value) => () => {
    throw value;
  },
  "promise of": (value) => ({ then: (resolve) => resolve?.(value) }),
  "toString, toJSON and Symbol.toPrimitive return": (value) => ({
    toString: () => value,
    toJSON: () => value,
    [Symbol.toPrimitive]: () => value,
  }),
  "tagged with": (value) => ({ [Symbol.toStringTag]: value }),
};
const shaped = fc
  .tuple(fc.constantFrom(...Object.entries(SHAPES)), fc.array(leaf, { minLength: 1, maxLength: 3 }))
  .map(([[what, combine], recipes]) => combined(what, recipes, combine));

const PROTOTYPES = [Object.prototype, null, class Odd {}.prototype, Object.freeze({ content: "inherited" })];
const object = fc
  .tuple(
    fc.constantFrom(...PROTOTYPES),
    fc.array(fc.tuple(key, fc.boolean()), { minLength: 3, maxLength: 3 }),
    fc.array(leaf, { minLength: 1, maxLength: 3 }),
    fc.boolean(),
  )
  .map(([prototype, keys, recipes, frozen]) =>
    combined(`object ${fc.stringify(keys.slice(0, recipes.length))}`, recipes, (...values) => {
      const made = Object.create(prototype);
      values.forEach((value, index) => {
        const [name, isGetter] = keys[index];
        define(made, name, isGetter ? { get: () => value } : { value });
      });
      return frozen ? Object.freeze(made) : made;
    }),
  );

/** Any value at all. */
export const anyValue = fc.oneof(
  { arbitrary: leaf, weight: 500 },
  { arbitrary: shaped, weight: 120 },
  { arbitrary: object, weight: 150 },
  { arbitrary: oneOfThese(HUGE), weight: 1 },
);
