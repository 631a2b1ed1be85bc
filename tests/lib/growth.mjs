// Whether work grows as its input does. Machines differ in speed, so only two times of the same one are compared.

import assert from "node:assert/strict";

const TIMES_AS_LARGE = 8;
/** Between 8, which is linear, and 64, which is quadratic; garbage is collected for longer where there is more. */
const MOST_TIMES_AS_SLOW = 32;
const ROUNDS = 5;
/** Below this a clock and a garbage collector are all that is seen. */
const LEAST_MS = 2;

/** Fails when `work(8 * size)` takes much more than 8 times as long as `work(size)`. */
export async function assertLinear(work, size) {
  const small = Math.max(await fastest(() => work(size)), LEAST_MS);
  const large = await fastest(() => work(size * TIMES_AS_LARGE), small * MOST_TIMES_AS_SLOW);
  const shown = `${size}: ${small.toFixed(1)} ms, ${size * TIMES_AS_LARGE}: ${large.toFixed(1)} ms`;
  assert.ok(large < small * MOST_TIMES_AS_SLOW, shown);
}

/** The fastest of some rounds, or the first that is below `enough`. */
async function fastest(work, enough = 0) {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS && !(least < enough); round += 1) {
    const started = performance.now();
    await work();
    least = Math.min(least, performance.now() - started);
  }
  return least;
}
