// Sending a failed message again.

import { Refusal } from "./responses.js";

/**
 * Acts on a failed message only; any other is answered as it is, with the same 200.
 *
 * @param {import("./store.js").Store} store
 * @param {number} conversationId
 * @param {string} written the message id as it stands in the path
 * @returns {object} the answer's body
 */
export function retryMessage(store, conversationId, written) {
  const message = store.find(conversationId, Number(written));
  // 422, not 404, and in Ruby's own words: that is how the real server answers here.
  if (!message) throw new Refusal(422, `Couldn't find Message with 'id'=${written}`);
  if (message.status === "failed") {
    message.status = "sent";
    delete message.content_attributes.external_error;
  }
  return message;
}
