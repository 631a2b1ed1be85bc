// Creating a message: checks as few things as the real server, and stores whatever passes.

import { buildAttachments } from "./attachments.js";
import { renderLiquid } from "./liquid.js";
import { castFlag, castObject, castText, isObject, readParams } from "./params.js";
import { agent, contact, INBOX_ID } from "./people.js";
import { Refusal } from "./responses.js";

/** In Unicode scalar values. */
const MAX_CONTENT = 150_000;
const OUTGOING = 1;
/** Strings in requests, their positions in answers. */
const MESSAGE_TYPES = ["incoming", "outgoing", "activity", "template"];

/**
 * Stores the message that a request describes.
 *
 * @param {Request} request
 * @param {import("./store.js").Store} store
 * @param {number} conversationId
 * @param {string} [deliveryError] why its delivery fails, when it shall
 * @returns {Promise<object>} the answer's body
 */
export async function createMessage(request, store, conversationId, deliveryError) {
  const params = await readParams(request);
  const { type, isAgent } = readMessageType(params.message_type);
  const content = castText(params.content);
  const now = Math.floor(store.now() / 1000);
  const id = store.newMessageId();
  const attachments = buildAttachments(params.attachments, store, id);
  checkContent(content);
  if (store.isFull(conversationId, now)) throw new Refusal(422, "Validation failed: Too many messages");

  const message = {
    id,
    content: content !== null && type === OUTGOING ? renderLiquid(content) : content,
    inbox_id: INBOX_ID,
    conversation_id: conversationId,
    message_type: type,
    content_type: "text",
    status: deliveryError === undefined ? "sent" : "failed",
    content_attributes: readAttributes(params.content_attributes, store, conversationId),
    created_at: now,
    private: castFlag(params.private),
    source_id: null,
    sorting_id: id,
    sender: isAgent ? agent() : contact(),
    attachments,
  };
  if (deliveryError !== undefined) message.content_attributes.external_error = deliveryError;
  const isTemplate = isPresent(params.template_params);
  if (isTemplate) message.additional_attributes = { template_params: params.template_params };
  store.add(message);

  if (deliveryError !== undefined) return failureAnswer(message);
  if (isTemplate) return templateAnswer(message);
  // Only echoed: a second message with the same echo_id is a second message.
  return params.echo_id === undefined ? message : { ...message, echo_id: params.echo_id };
}

/** A number passes as a type, but only the word "outgoing" makes the agent the sender. */
function readMessageType(value) {
  if (value === undefined || value === null || value === false) return { type: OUTGOING, isAgent: true };
  if (value === "incoming") throw new Refusal(422, "Incoming messages are only allowed in Api inboxes");
  const type = typeof value === "number" ? value : MESSAGE_TYPES.indexOf(value);
  if (MESSAGE_TYPES[type] === undefined) {
    throw new Refusal(422, `'${castText(value)}' is not a valid message_type`);
  }
  return { type, isAgent: value === "outgoing" };
}

function checkContent(content) {
  if (content?.includes("\0")) throw new Refusal(422, "string contains null byte");
  if (content === null || content.length <= MAX_CONTENT) return;
  let count = 0;
  for (const _ of content) count += 1;
  if (count > MAX_CONTENT) {
    throw new Refusal(422, `Validation failed: Content is too long (maximum is ${MAX_CONTENT} characters)`);
  }
}

function readAttributes(value, store, conversationId) {
  const attributes = { ...castObject(value) };
  if (Object.hasOwn(attributes, "in_reply_to")) {
    // A message of another conversation, or none: no error, the reply just points nowhere.
    const isHere = store.find(conversationId, Number(attributes.in_reply_to)) !== undefined;
    if (!isHere) attributes.in_reply_to = null;
  }
  return attributes;
}

/** As in Rails: nothing, false, an empty or blank text, list or object is not there. */
function isPresent(value) {
  if (typeof value === "string") return value.trim() !== "";
  if (Array.isArray(value)) return value.length > 0;
  if (isObject(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** A failed delivery is answered with these fields only. */
function failureAnswer({ id, status, content_attributes }) {
  return { id, status, content_attributes: { external_error: content_attributes.external_error } };
}

/** A template is answered in part. */
function templateAnswer({ id, content, message_type, status, additional_attributes }) {
  const { name, language, category } = castObject(additional_attributes.template_params);
  return {
    id,
    content,
    message_type,
    status,
    additional_attributes: { template_params: { name, language, category } },
  };
}
