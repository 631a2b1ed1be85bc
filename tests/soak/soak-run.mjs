// Makes all calls of a soak, so many at once, and measures when none is under way.

import { measure } from "./measure.mjs";

const CHECKPOINTS = 10;
/** Of what went wrong with calls, so much is kept: keeping all could look like a leak. */
const KEPT = 10;

/**
 * `rows` has a measurement from before the first call, and one for each checkpoint; `wrong` is what was wrong
 * with calls, `wrongs` how many of them.
 */
export async function soak(make, calls) {
  const { signal: shared } = new AbortController();
  const { call, atOnce, connections, start, stop } = await make(shared, calls);
  const wrong = [];
  let wrongs = 0;
  const blame = (what) => {
    wrongs += 1;
    if (wrong.length < KEPT) wrong.push(what);
  };

  // Node's own word for listeners that pile up.
  const onWarning = ({ name, message }) => {
    if (name === "MaxListenersExceededWarning") blame(message);
  };
  process.on("warning", onWarning);

  let next = 0;
  async function lane(end) {
    while (next < end) {
      const index = next;
      next += 1;
      const what = await call(index);
      if (what) blame(`call ${index}: ${what}`);
    }
  }

  const began = performance.now();
  const checkpoint = async () => ({
    calls: next,
    seconds: (performance.now() - began) / 1000,
    ...(await measure({ shared, connections })),
  });
  start();
  const rows = [await checkpoint()];
  for (let part = 1; part <= CHECKPOINTS; part += 1) {
    const end = Math.round((calls * part) / CHECKPOINTS);
    await Promise.all(Array.from({ length: atOnce }, () => lane(end)));
    rows.push(await checkpoint());
  }
  for (const what of await stop()) blame(what);
  process.off("warning", onWarning);
  return { calls: next, atOnce, rows, wrong, wrongs };
}
