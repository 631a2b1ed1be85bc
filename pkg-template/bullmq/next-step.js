// What a queue does after an error.

import { LiveDeskError } from "../errors.js";

/** @typedef {{ do: "done" | "again" | "pause" | "retry_message" | "look" | "drop" | "stop", afterMs?: number, why: string }} Step */

/** A 429 without Retry-After: upstream counts in minutes, and the next that is too early starts this anew. */
const PAUSE_MS = 5_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** Nothing but a person changes these, and each row would fail of the same. */
const STOPS = ["unauthorized", "redirected", "load_failed"];
/** The row itself is wrong. */
const DROPS = ["invalid_input", "file_unreadable"];

/**
 * @param {unknown} error
 * @param {{ attempts: number }} so
 * @returns {Promise<Step>}
 */
export async function nextStep(error, { attempts }) {
  if (!(error instanceof LiveDeskError)) return { do: "look", why: "nobody knows this error" };
  const { outcome, code, failure, retryAfterMs } =
    /** @type {LiveDeskError & { failure?: { canRetry: boolean, retryAfterMs?: number, maxRetries?: number }, retryAfterMs?: number }} */ (
      error
    );
  if (code === "rate_limited")
    return { do: "pause", afterMs: retryAfterMs ?? PAUSE_MS, why: "the server is asked too often" };
  if (STOPS.includes(code)) return { do: "stop", why: "every row would fail so" };
  if (outcome === "failed") {
    const { canRetry = false, retryAfterMs: afterMs = FIRST_WAIT_MS, maxRetries = 1 } = failure ?? {};
    if (canRetry && attempts <= maxRetries)
      return { do: "retry_message", afterMs, why: "the delivery may succeed later" };
    return { do: "drop", why: "no repetition delivers it" };
  }
  if (outcome === "not_sent" && !DROPS.includes(code)) {
    const afterMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 10));
    return { do: "again", afterMs, why: "nothing was sent" };
  }
  if (outcome === "not_sent" || outcome === "rejected") return { do: "drop", why: "the row is refused" };
  return { do: "look", why: "it may have been sent" };
}
