// The sandbox's time: the real one, until a test takes it over.

import { LONGEST_TIMER_MS } from "./wait.js";

/** Ten years. */
export const LONGEST_MS = 315_360_000_000;
/** More things than any test waits for. */
const MOST_PENDING = 100_000;

/** @typedef {{ due: number; ms: number; action: () => void }} Pending */

export class Clock {
  /**
   * In the order in which they are due.
   * @type {Pending[]}
   */
  #pending = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /**
   * The time where it stands still; undefined while it is the real one.
   * @type {number | undefined}
   */
  #stopped;

  /** Milliseconds since 1970. */
  now() {
    return this.#stopped ?? Date.now();
  }

  /** Real time again, and nothing is due any more. */
  reset() {
    clearTimeout(this.#timer);
    this.#pending = [];
    this.#stopped = undefined;
  }

  /**
   * Does something in `ms` milliseconds; at once when that is 0.
   * @param {number} ms
   * @param {() => void} action
   */
  later(ms, action) {
    if (ms === 0) return action();
    if (this.#pending.length >= MOST_PENDING)
      throw new RangeError(`more than ${MOST_PENDING} things are to happen later`);
    const due = this.now() + ms;
    // From behind: what is asked for later is mostly due later.
    let at = this.#pending.length;
    while (at > 0 && this.#pending[at - 1].due > due) at -= 1;
    this.#pending.splice(at, 0, { due, ms, action });
    this.#wait();
  }

  /**
   * From now on time stands still, but for this.
   * @param {number} ms
   */
  advance(ms) {
    if (this.#stopped === undefined) this.#stop();
    const end = this.now() + ms;
    while (this.#pending.length > 0 && this.#pending[0].due <= end) {
      const { due, action } = /** @type {Pending} */ (this.#pending.shift());
      this.#stopped = Math.max(due, this.now());
      action();
      // A webhook may have reset everything.
      if (this.#stopped === undefined) return;
    }
    this.#stopped = Math.max(end, this.now());
  }

  /** The real time that has passed since something was asked for is forgotten: a test's time must not depend on it. */
  #stop() {
    clearTimeout(this.#timer);
    this.#stopped = Date.now();
    for (const one of this.#pending) one.due = this.#stopped + one.ms;
    this.#pending.sort((one, other) => one.due - other.due);
  }

  #wait() {
    clearTimeout(this.#timer);
    if (this.#stopped !== undefined || this.#pending.length === 0) return;
    const ms = Math.min(Math.max(this.#pending[0].due - this.now(), 0), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => this.#wake(), ms);
    // Nothing is kept running for what a test did not wait for.
    this.#timer.unref?.();
  }

  #wake() {
    while (this.#pending.length > 0 && this.#pending[0].due <= this.now()) this.#pending.shift()?.action();
    this.#wait();
  }
}
