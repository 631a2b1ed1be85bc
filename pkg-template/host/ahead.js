// What comes ahead of a request: the caller's authorization, its files, its turn. Nothing here throws into Rust.

import { Seen, told } from "./seen.js";

/** @import { Call } from "../call/call.js" */
/** @import { Stop } from "./stop.js" */

/** The longest Authorization header that is taken, in UTF-16 units: twice what common servers take. */
const MOST_HEADER = 16_384;
/** A timer set for longer than this fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Asks the caller's `authorization` function, in an attempt of at most `ms` milliseconds. Resolves, always.
 * @param {Call} call
 * @param {Stop} stop
 * @param {number} ms
 */
export function authorize(call, stop, ms) {
  const { authorization } = call;
  return ahead(call, stop, ms, async (/** @type {Seen} */ { facts }) => {
    const given = await authorization?.();
    // Whatever the caller's function gave: text that is no header could be more than the engine holds.
    if (typeof given === "string" && given.length <= MOST_HEADER) facts.authorization = given;
  });
}

/**
 * Looks at the files of an attempt, one after the other; `facts.unreadable` is the first bad one. Resolves, always.
 * @param {Call} call
 * @param {Stop} stop
 * @param {number} ms
 */
export function lookAtFiles(call, stop, ms) {
  return ahead(call, stop, ms, async (/** @type {Seen} */ seen) => {
    const { facts } = seen;
    seen.isRuntimes = true;
    for (const [index, blob] of call.binaries.entries()) {
      facts.unreadable = index;
      await call.look(blob);
    }
  });
}

/**
 * Something that comes ahead of the request, and can be stopped as well.
 * @param {Call} call
 * @param {Stop} stop
 * @param {number} ms
 * @param {(seen: Seen) => Promise<void>} work
 */
function ahead(call, stop, ms, work) {
  // Time runs from here on, also while an event of the caller's is told.
  stop.begin(ms);
  return within(call, async () => {
    const seen = new Seen();
    try {
      seen.facts.stopped = (await stop.race(work(seen))) === stop.STOPPED;
    } catch (thrown) {
      told(seen, thrown, stop);
    }
    return seen;
  });
}

/**
 * Waits for the request's turn, at most `ms` milliseconds, or not at all when it would not come by then.
 * @param {Call} call
 * @param {Stop} stop
 * @param {number} ms
 */
export async function waitTurn(call, stop, ms) {
  const seen = new Seen();
  const late = call.least >= ms;
  let timer;
  const deadline = new Promise((resolve) => {
    if (!late && ms <= LONGEST_TIMER_MS) timer = setTimeout(resolve, ms, true);
  });
  const tooLate = late || (await stop.race(Promise.race([call.myTurn, deadline]))) === true;
  clearTimeout(timer);
  if (tooLate) seen.facts.late = Math.max(1, call.estimate);
  return seen;
}

/**
 * In the async context of the call's own.
 * @param {Pick<Call, "context">} call
 * @template T
 * @param {() => T} work
 * @returns {T | Promise<T>}
 */
export function within(call, work) {
  return call.context ? call.context.run(work) : work();
}
