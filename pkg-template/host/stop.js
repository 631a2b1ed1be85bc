// The end of a call before its time: by the caller's signal, or by the time an attempt may take.

/** @import { AbortSignalLike } from "../types/runtime.js" */

/** A timer set for longer than this fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/**
 * What a race gives when it was stopped rather than finished.
 * @type {unique symbol}
 */
const STOPPED = Symbol("stopped");

/** The calls under way. */
const stops = new Set();

/** Releases every call's timer and listener, when the engine that would have done so broke down. */
export function releaseAll() {
  for (const stop of stops) stop.close();
}

/** Whom each signal ends: one listener serves them all, since Node warns of a leak at more than ten. */
const followers = new WeakMap();

/**
 * @param {AbortSignalLike} signal
 * @param {() => void} end
 */
function follow(signal, end) {
  let ends = followers.get(signal);
  if (!ends) {
    ends = new Set();
    ends.all = () => {
      for (const end of ends) end();
    };
    signal.addEventListener("abort", ends.all, { once: true });
    followers.set(signal, ends);
  }
  ends.add(end);
}

/**
 * @param {AbortSignalLike} signal
 * @param {() => void} end
 */
function unfollow(signal, end) {
  const ends = followers.get(signal);
  if (!ends?.delete(end) || ends.size > 0) return;
  followers.delete(signal);
  try {
    signal.removeEventListener("abort", ends.all);
  } catch {
    // Another make's trouble; it holds on to an empty set.
  }
}

/** Ends one call: by the caller's signal, or by the time an attempt may take. */
export class Stop {
  /**
   * What `race` gives when the call was stopped.
   * @type {typeof STOPPED}
   */
  STOPPED = STOPPED;
  /** Whether the caller's signal, or time, ended it. */
  aborted = false;
  timedOut = false;
  /**
   * Where a file broke off while it was sent: what reading it threw, as `{ thrown }`.
   * @type {{ thrown: unknown } | undefined}
   */
  broken;
  /** While fetch is being called: what it throws by then is thrown before anything else can have happened. */
  isHandingOver = false;
  /** Whether a request of the attempt was given to a connection. */
  isOut = false;
  #started = clocks();
  /** @type {ReturnType<typeof clocks> | undefined} */
  #begun;
  /** @type {number} */
  #limit = 0;
  #signal;
  #listener;
  /** @type {{ isOver: boolean, controller?: AbortController } | undefined} */
  #attempt;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {(() => void) | undefined} */
  #whenStopped;
  /** @type {((value: typeof STOPPED) => void) | undefined} */
  #wake;

  /** @param {AbortSignalLike} signal */
  constructor(signal) {
    stops.add(this);
    if (!signal) return;
    this.#signal = signal;
    this.#listener = () => this.#stop(true);
    try {
      if (signal.aborted) this.#listener();
      else follow(signal, this.#listener);
    } catch {
      // A signal of another make that cannot be listened to: nothing goes out that nobody could stop.
      this.#listener();
    }
  }

  /**
   * Starts an attempt of at most `ms` milliseconds (0: no limit), unless it has been.
   * @param {number} ms
   */
  begin(ms) {
    if (this.#begun) return;
    this.#begun = clocks();
    this.isOut = false;
    this.#limit = ms;
    // What an attempt lent stays its own: a wrapper that comes late to one meets its end.
    this.#attempt = { isOver: this.aborted };
    // The attempt before this one timed out; the caller's abort stays for good.
    this.timedOut = false;
    if (ms > 0 && !this.aborted)
      this.#timer = setTimeout(() => this.expire(), Math.min(ms, LONGEST_TIMER_MS));
  }

  /** The attempt's signal, if anybody asked for it. */
  get signal() {
    return this.#attempt?.controller?.signal;
  }

  /**
   * Gives fetch's second argument the attempt's signal: it is made for who asks, since making one is dear.
   * @param {object} init
   */
  lendSignal(init) {
    const attempt = this.#attempt ?? { isOver: true };
    Object.defineProperty(init, "signal", {
      get() {
        attempt.controller ??= new AbortController();
        if (attempt.isOver) attempt.controller.abort();
        return attempt.controller.signal;
      },
      // A wrapper may put one of its own there.
      set(value) {
        Object.defineProperty(this, "signal", {
          value,
          writable: true,
          enumerable: true,
          configurable: true,
        });
      },
      enumerable: true,
      configurable: true,
    });
  }

  /**
   * What to do when the attempt is stopped.
   * @param {() => void} work
   */
  whenStopped(work) {
    this.#whenStopped = work;
  }

  /** Ends the attempt: its timer is released. */
  end() {
    clearTimeout(this.#timer);
    this.#timer = this.#begun = this.#whenStopped = undefined;
  }

  /** Releases everything. */
  close() {
    this.end();
    stops.delete(this);
    if (this.#signal) unfollow(this.#signal, /** @type {() => void} */ (this.#listener));
  }

  /** Milliseconds since the call began. */
  elapsed() {
    return since(this.#started);
  }

  /** Whether the attempt's time is over, even if its timer has not fired yet. */
  isLate() {
    return this.#begun !== undefined && this.#limit > 0 && since(this.#begun) >= this.#limit;
  }

  /** Whether nothing may be sent any more. */
  get isStopped() {
    return this.aborted || this.timedOut || this.broken !== undefined;
  }

  /** The attempt's time is over. */
  expire() {
    this.#stop(false);
  }

  /**
   * A file cannot be read to its end: what is on its way is given up.
   * @param {unknown} thrown
   */
  breakOff(thrown) {
    if (this.isStopped) return;
    this.broken = { thrown };
    this.#fire();
  }

  /**
   * The promise's result, or STOPPED as soon as the call is stopped. One race at a time; `other.take` is a second way
   * to finish it, for who knows sooner: with `other.whole`, which a mock may have given before anybody could wait for it.
   * @template T
   * @template [U=never]
   * @param {T | PromiseLike<T>} promise
   * @param {{ take?: ((value: U) => void) | undefined; whole?: U | undefined }} [other]
   * @returns {Promise<T | U | typeof STOPPED> | typeof STOPPED}
   */
  race(promise, other) {
    if (this.isStopped) {
      Promise.resolve(promise).catch(() => {});
      return STOPPED;
    }
    return new Promise((/** @type {(value: T | U | typeof STOPPED) => void} */ resolve, reject) => {
      this.#wake = resolve;
      if (other) other.take = resolve;
      if (other?.whole) resolve(other.whole);
      Promise.resolve(promise).then(resolve, reject);
    });
  }

  /**
   * Resolves after `ms`, or as soon as the call is stopped.
   * @param {number} ms
   */
  async wait(ms) {
    this.timedOut = false;
    const waited = new Promise((resolve) => {
      this.#timer = setTimeout(resolve, Math.min(ms, LONGEST_TIMER_MS));
    });
    await this.race(waited);
    this.end();
  }

  /** What an AbortError carries: the caller's reason, whatever it is. */
  extras() {
    try {
      return { cause: /** @type {AbortSignal} */ (this.#signal).reason };
    } catch (thrown) {
      return { cause: thrown };
    }
  }

  /** @param {boolean} byCaller */
  #stop(byCaller) {
    if (this.isStopped) return;
    this.aborted = byCaller;
    this.timedOut = !byCaller;
    this.#fire();
  }

  #fire() {
    this.#wake?.(STOPPED);
    if (this.#attempt) this.#attempt.isOver = true;
    this.#attempt?.controller?.abort();
    this.#whenStopped?.();
  }
}

/** A clock that never jumps, and one that goes on while the machine sleeps. */
function clocks() {
  return { steady: performance.now(), wall: Date.now() };
}

/**
 * Milliseconds since then, on the clock that says more: a process may have been stopped, or its machine asleep.
 * @param {{ steady: number; wall: number }} then
 */
function since({ steady, wall }) {
  return Math.max(performance.now() - steady, Date.now() - wall);
}
