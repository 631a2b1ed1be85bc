// How a call is to end: as a message, or as an error with these fields.

const error = (name, code, outcome) => ({ name, code, outcome });

export const SENT = { status: "sent" };
export const REFUSED = error("ValidationError", "invalid_input", "not_sent");
export const REJECTED = error("ApiError", "invalid_request", "rejected");
export const SERVER_ERROR = error("ApiError", "server_error", "unknown");
export const UNREADABLE = error("ResponseError", "unreadable_response", "unknown");
export const UNDELIVERED = error("DeliveryError", "delivery_failed", "failed");
export const ABORTED_BEFORE = error("AbortError", "aborted", "not_sent");
export const ABORTED_UNDER_WAY = error("AbortError", "aborted", "unknown");
export const TIMED_OUT = error("TimeoutError", "timeout", "unknown");
export const ALL_TIME_OUT = error("TimeoutError", "total_timeout", "unknown");
export const LOST = error("ConnectionError", "connection_lost", "unknown");
export const NOT_ASKED = error("ConnectionError", "authorization_failed", "not_sent");

/** What became of a call: its message, or its error. */
export function ending(call) {
  return call.then(
    (message) => message,
    (thrown) => thrown,
  );
}

/** What is wrong with how a call ended, if anything is. */
export function mismatch(ended, expected) {
  const wrong = Object.keys(expected).find((key) => ended?.[key] !== expected[key]);
  return wrong && `expected ${JSON.stringify(expected)}, got ${ended?.stack ?? JSON.stringify(ended)}`;
}
