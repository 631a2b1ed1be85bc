// What a DeliveryError, of this copy of the package or another, tells of the message it is about.

import { DeliveryError } from "../errors.js";

/**
 * Whether it is one, or what is left of one that was kept as JSON, as a queue does.
 * @param {unknown} value
 * @returns {value is DeliveryError}
 */
function isDeliveryError(value) {
  return (
    value instanceof DeliveryError ||
    /** @type {{ name?: unknown } | null | undefined} */ (value)?.name === "DeliveryError"
  );
}

/**
 * What `retryMessage` is to retry: of an error the message it is about, of all else the same.
 * @param {unknown} value
 * @returns {unknown}
 */
export function messageOf(value) {
  try {
    if (!isDeliveryError(value)) return value;
    const { sent, messageId, code, failure } = value;
    // JSON keeps the error without the message. One that lost files did not fail: retrying it is refused.
    const status = code === "attachments_lost" ? "sent" : "failed";
    return sent ?? { id: messageId, status, content_attributes: { external_error: failure?.raw } };
  } catch {
    return value;
  }
}

/**
 * The failure that an error was made with, if it is one. A channel may read its reason anew; files are lost on any.
 * @param {unknown} value
 * @param {string | undefined} channel
 */
export function failureOf(value, channel) {
  try {
    if (!isDeliveryError(value) || !value.failure) return undefined;
    return channel === undefined || value.code === "attachments_lost" ? { ...value.failure } : undefined;
  } catch {
    return undefined;
  }
}
