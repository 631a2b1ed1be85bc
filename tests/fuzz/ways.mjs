// How a function can bring a value to whoever calls it.

import fc from "fast-check";

const thrower = (value) => () => {
  throw value;
};

/** A promise as an async function makes it. A rejection is known here: only what others make of it can go unhandled. */
function promised(run) {
  const promise = (async () => run())();
  promise.catch(() => {});
  return promise;
}

/** Each makes a function of a value. */
const WAYS = {
  returns: (value) => () => value,
  throws: thrower,
  "resolves to": (value) => () => promised(() => value),
  "rejects with": (value) => () => promised(thrower(value)),
};

/** One of them; printed by its name. */
export const way = fc.constantFrom(
  ...Object.entries(WAYS).map(([name, make]) => Object.assign(make, { [fc.toStringMethod]: () => name })),
);
