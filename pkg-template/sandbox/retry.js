// Sending a message again.

import { Refusal } from "./responses.js";
import { castInteger, inspect } from "./ruby.js";
import { viewOf } from "./view.js";

/** @import { Rules } from "./versions.js" */

/** @import { SandboxMessage } from "../sandbox.js" */

const [INCOMING, ACTIVITY] = [0, 2];

/**
 * @param {import("./store.js").Store} store
 * @param {number} conversationId
 * @param {string} written the message id as it stands in the path
 * @param {Rules} rules of the version
 * @returns {object} the answer's body
 */
export function retryMessage(store, conversationId, written, rules) {
  const message = store.find(conversationId, castInteger(written));
  // 422, not 404, and in Ruby's own words: that is how the real server answers here.
  if (!message) throw new Refusal(422, `Couldn't find Message with 'id'=${inspect(written)}`);
  if (message.status === "failed" || !rules.retriesFailedOnly) {
    message.status = "sent";
    if (rules.retryKeepsAttributes) delete message.content_attributes.external_error;
    else message.content_attributes = {};
    if (message.source_id === null || !rules.retrySkipsAccepted) deliver(message);
  }
  return viewOf(message, rules);
}

/**
 * Hands a message to its channel, which is counted. Nothing is heard of notes, or of what the customer said.
 * @param {SandboxMessage} message
 */
export function deliver(message) {
  const isForCustomer =
    !message.private && message.message_type !== INCOMING && message.message_type !== ACTIVITY;
  const times = (message.deliveries ?? 0) + Number(isForCustomer);
  // For tests to look at; not enumerable, so that it is never part of an answer.
  Object.defineProperty(message, "deliveries", { value: times, writable: true, configurable: true });
}
