// Options of BullMQ's Worker that go with the marks.

/** @typedef {{ [name: string]: unknown }} Options */

/** Upstream takes 3,000 requests a minute from an address. */
const LIMITER = { max: 50, duration: 1_000 };
/** A job that stalls is safe to start again, as often as that happens: its mark says what may be done. */
const MANY = 1_000_000;

/**
 * @param {Options} options
 * @returns {Options}
 */
export function workerOptions(options) {
  const defaults = { concurrency: 20, limiter: LIMITER, lockDuration: 60_000, stalledInterval: 30_000 };
  const { maxStartedAttempts, ...given } = options;
  return { ...defaults, ...given, maxStalledCount: MANY };
}
