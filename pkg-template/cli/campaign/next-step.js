// What a campaign does after a call has failed: with this row, and with all of them. Pure.

/** @import { Do } from "./state.js" */
/** @import { Known, Step } from "./sender.js" */

/** Every row would meet the same: the address, the credentials, the machine. A person puts it right. */
const STOPS = [
  ...[
    "unauthorized",
    "redirected",
    "certificate_refused",
    "authorization_failed",
    "form_failed",
    "load_failed",
  ],
  ...["aborted", "internal_error"],
];
/** Whoever cannot be reached may be back soon. */
const AGAIN = ["not_connected", "timeout", "total_timeout"];
/** A pause for a 429 that says nothing, and the first wait for who cannot be reached; it doubles. */
const PAUSE_MS = 30_000;
const WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const MOST_ATTEMPTS = 8;

/**
 * @param {Known} error
 * @param {{ attempts: number }} state how many calls were made for this row, this one too
 * @returns {Step}
 */
export function nextStep(error, { attempts }) {
  const { outcome, code = "", retryAfterMs } = error;
  if (outcome === "failed") return afterFailure(error, attempts);
  if (outcome !== "not_sent" && outcome !== "rejected") {
    return { do: "look", why: "The message may be in the conversation: look there before it is sent again." };
  }
  if (code === "rate_limited" || retryAfterMs !== undefined) {
    return { do: "pause", afterMs: retryAfterMs ?? PAUSE_MS, why: "LiveDesk asks for a pause." };
  }
  if (STOPS.includes(code)) return { do: "stop", why: `Every row would fail so (${code}).` };
  if (AGAIN.includes(code)) {
    if (attempts >= MOST_ATTEMPTS) return { do: "stop", why: "LiveDesk could not be reached for minutes." };
    const afterMs = Math.min(WAIT_MS * 2 ** Math.max(attempts - 1, 0), LONGEST_WAIT_MS);
    return { do: "again", afterMs, why: "LiveDesk could not be reached." };
  }
  const why =
    outcome === "rejected" ? "LiveDesk refused this row: correct it." : "This row cannot be sent as it is.";
  return { do: "drop", why };
}

/**
 * The message is in the conversation, so it is never sent as a new one.
 *
 * @param {Known} error
 * @param {number} attempts
 * @returns {Step}
 */
function afterFailure({ code, failure }, attempts) {
  const why = failure?.advice ?? "Its delivery failed.";
  if (code === "attachments_lost") return { do: "look", why };
  if (failure?.canRetry && attempts <= (failure.maxRetries ?? 0)) {
    return { do: "retry_message", afterMs: failure.retryAfterMs ?? WAIT_MS, why };
  }
  return { do: failure?.class === "fix_account" ? "stop" : "drop", why };
}
