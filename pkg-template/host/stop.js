// The end of a call before its time: by the caller's signal, or by the time an attempt may take.

/** A timer set for longer than this fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** What a race gives when it was stopped rather than finished. */
const STOPPED = Symbol("stopped");

/** The calls under way. */
const stops = new Set();

/** Releases every call's timer and listener, when the engine that would have done so broke down. */
export function releaseAll() {
  for (const stop of stops) stop.close();
}

/** Whom each signal ends: one listener serves them all, since Node warns of a leak at more than ten. */
const followers = new WeakMap();

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
  /** What `race` gives when the call was stopped. */
  STOPPED = STOPPED;
  /** Whether the caller's signal, or time, ended it. */
  aborted = false;
  timedOut = false;
  /** Where a file broke off while it was sent: what reading it threw, as `{ thrown }`. */
  broken;
  /** While fetch is being called: what it throws by then is thrown before anything else can have happened. */
  isHandingOver = false;
  /** Whether a request of the attempt was given to a connection. */
  isOut = false;
  #started = clocks();
  #begun;
  #limit;
  #signal;
  #listener;
  #controller;
  #timer;
  #stopped;
  #fire;

  constructor(signal) {
    stops.add(this);
    this.#renew();
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
   * Starts an attempt of at most `ms` milliseconds (0: no limit), unless it has been; gives the signal for its
   * fetch.
   */
  begin(ms) {
    if (!this.#begun) {
      this.#begun = clocks();
      this.isOut = false;
      this.#limit = ms;
      // The attempt before this one timed out; the caller's abort stays for good.
      if (this.timedOut) this.#renew();
      this.#controller = new AbortController();
      if (this.aborted) this.#controller.abort();
      else if (ms > 0) this.#timer = setTimeout(() => this.expire(), Math.min(ms, LONGEST_TIMER_MS));
    }
    return this.#controller.signal;
  }

  /** Ends the attempt: its timer is released. */
  end() {
    clearTimeout(this.#timer);
    this.#timer = this.#begun = undefined;
  }

  /** Releases everything. */
  close() {
    this.end();
    stops.delete(this);
    if (this.#signal) unfollow(this.#signal, this.#listener);
  }

  /** Milliseconds since the call began. */
  elapsed() {
    return since(this.#started);
  }

  /** Whether the attempt's time is over, even if its timer has not fired yet. */
  isLate() {
    return Boolean(this.#begun) && this.#limit > 0 && since(this.#begun) >= this.#limit;
  }

  /** Whether nothing may be sent any more. */
  get isStopped() {
    return this.aborted || this.timedOut || this.broken !== undefined;
  }

  /** The attempt's time is over. */
  expire() {
    this.#stop(false);
  }

  /** A file cannot be read to its end: what is on its way is given up. */
  breakOff(thrown) {
    if (this.isStopped) return;
    this.broken = { thrown };
    this.#controller?.abort();
    this.#fire();
  }

  /** The promise's result, or STOPPED as soon as the call is stopped. */
  race(promise) {
    return Promise.race([promise, this.#stopped]);
  }

  /** Resolves after `ms`, or as soon as the call is stopped. */
  async wait(ms) {
    if (this.timedOut) this.#renew();
    const waited = new Promise((resolve) => {
      this.#timer = setTimeout(resolve, Math.min(ms, LONGEST_TIMER_MS));
    });
    await this.race(waited);
    this.end();
  }

  /** What an AbortError carries: the caller's reason, whatever it is. */
  extras() {
    try {
      return { cause: this.#signal.reason };
    } catch (thrown) {
      return { cause: thrown };
    }
  }

  #renew() {
    this.timedOut = false;
    this.#stopped = new Promise((resolve) => {
      this.#fire = () => resolve(STOPPED);
    });
  }

  #stop(byCaller) {
    if (this.isStopped) return;
    this.aborted = byCaller;
    this.timedOut = !byCaller;
    this.#controller?.abort();
    this.#fire();
  }
}

/** A clock that never jumps, and one that goes on while the machine sleeps. */
function clocks() {
  return { steady: performance.now(), wall: Date.now() };
}

/** Milliseconds since then, on the clock that says more: a process may have been stopped, or its machine asleep. */
function since({ steady, wall }) {
  return Math.max(performance.now() - steady, Date.now() - wall);
}
