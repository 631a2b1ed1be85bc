// The net below a panic. Shipped Rust has none to the best of our knowledge (lints deny what could), but a
// panic inside an async export would leave its promise, and every other call's, unsettled for ever.

import { LiveDeskError } from "./errors.js";

const pending = new Set();

/** The call's own promise, which also settles when the engine breaks down. */
export function settled(promise) {
  return new Promise((resolve, reject) => {
    const settle = (finish) => (value) => {
      pending.delete(reject);
      finish(value);
    };
    pending.add(reject);
    promise.then(settle(resolve), settle(reject));
  });
}

/** Called from Rust's panic hook. */
export function rejectPending() {
  const message =
    "The engine broke down while this call was under way; the next call starts a new one. " +
    "The message may have been stored: look at the conversation before you send it again.";
  for (const reject of pending) reject(new LiveDeskError(message, { code: "internal_error", outcome: "unknown" }));
  pending.clear();
}
