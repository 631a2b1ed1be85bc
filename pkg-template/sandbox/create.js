// Creating a message: checks as few things as the real server, and stores whatever passes.

import { buildAttachments } from "./attachments.js";
import { readAttributes } from "./attributes.js";
import { checkItems, enumName, readContentType } from "./content-type.js";
import { liquidOf } from "./liquid.js";
import { agent, contact, INBOX_ID } from "./people.js";
import { Refusal } from "./responses.js";
import { deliver } from "./retry.js";
import { castFlag, castText, field, isPresent, isTrue } from "./ruby.js";
import { readTemplate, renderTemplate } from "./template.js";
import { viewOf } from "./view.js";

/** @import { Fields } from "./ruby.js" */
/** @import { SandboxMessage } from "../sandbox.js" */
/** @import { Store } from "./store.js" */
/** @import { Rules } from "./versions.js" */

/** In Unicode scalar values. */
const MAX_CONTENT = 150_000;
/** Strings in requests, their positions in answers. */
const MESSAGE_TYPES = ["incoming", "outgoing", "activity", "template"];
/** Those in whose texts Liquid is rendered. */
const RENDERED = ["outgoing", "template"];

/**
 * Stores the message that a request describes.
 *
 * @param {Record<string, unknown>} params
 * @param {import("./store.js").Store} store
 * @param {number} conversationId
 * @param {Rules} rules of the version
 * @param {string} [deliveryError] why its delivery fails, when it shall
 * @returns {{ id: number }} the answer's body
 */
export function createMessage(params, store, conversationId, rules, deliveryError) {
  const { type, isAgent } = readMessageType(field(params, "message_type"));
  const now = Math.floor(store.now() / 1000);
  const id = store.newMessageId();
  const message = /** @type {SandboxMessage} */ ({
    id,
    content: readText(params, "content"),
    inbox_id: INBOX_ID,
    conversation_id: conversationId,
    message_type: MESSAGE_TYPES.indexOf(type),
    content_type: readContentType(field(params, "content_type")),
    status: deliveryError === undefined ? "sent" : "failed",
    content_attributes: readAttributes(params, store.conversations.get(conversationId) ?? [], rules),
    created_at: now,
    private: readPrivate(field(params, "private")),
    source_id: readText(params, "source_id"),
    sorting_id: id,
    sender: isAgent ? agent() : contact(),
    attachments: buildAttachments(field(params, "attachments"), store, id, rules.mostAttachments),
  });
  checkLength(message.content);
  checkItems(message.content_type, message.content_attributes.items);
  const template = readTemplate(field(params, "template_params"));
  if (store.isFull(conversationId, now)) throw new Refusal(422, "Validation failed: Too many messages");

  if (template) message.additional_attributes = { template_params: template };
  if (RENDERED.includes(type)) renderAll(message, store, rules);
  if (deliveryError !== undefined) message.content_attributes.external_error = deliveryError;
  deliver(message);
  store.add(message);
  return viewOf(message, rules, field(params, "echo_id"));
}

/**
 * A number passes as a type, but only the word "outgoing" makes the agent the sender.
 * @param {unknown} value
 */
function readMessageType(value) {
  if (!isTrue(value)) return { type: "outgoing", isAgent: true };
  if (value === "incoming") throw new Refusal(422, "Incoming messages are only allowed in Api inboxes");
  const type = enumName(MESSAGE_TYPES, value, "message_type");
  if (type === null) throw notNull("message_type");
  return { type, isAgent: value === "outgoing" };
}

/**
 * @param {Fields} params
 * @param {string} name
 */
function readText(params, name) {
  const text = castText(field(params, name));
  if (text?.includes("\0")) throw new Refusal(422, "string contains null byte");
  return text;
}

/** @param {unknown} value */
function readPrivate(value) {
  const flag = castFlag(isTrue(value) ? value : false);
  if (flag === null) throw notNull("private");
  return flag;
}

/** @param {string} column */
function notNull(column) {
  return new Refusal(422, `PG::NotNullViolation: ERROR:  null value in column "${column}"`);
}

/** @param {string | null} content */
function checkLength(content) {
  if (content === null || content.length <= MAX_CONTENT) return;
  let count = 0;
  for (const _ of content) count += 1;
  if (count > MAX_CONTENT) {
    throw new Refusal(422, `Validation failed: Content is too long (maximum is ${MAX_CONTENT} characters)`);
  }
}

/**
 * Liquid in the content, but for what stands in backticks, and in a template's values.
 * @param {SandboxMessage} message
 * @param {Store} store
 * @param {Rules} rules
 */
function renderAll(message, store, rules) {
  const liquid = liquidOf(message, store, rules);
  if (isPresent(message.content)) message.content = liquid.renderContent(String(message.content));
  const { additional_attributes: additional } = message;
  if (additional)
    additional.template_params = renderTemplate(
      /** @type {Fields} */ (additional.template_params),
      liquid.render,
    );
}
