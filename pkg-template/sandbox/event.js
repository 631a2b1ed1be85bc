// What a webhook is told, in upstream's shape: the status of a message stands only in `conversation.messages`.

import { ACCOUNT_ID, agent, contact, INBOX_ID } from "./people.js";

/** @import { SandboxEvent, SandboxMessage } from "../sandbox.js" */

const MESSAGE_TYPES = /** @type {const} */ (["incoming", "outgoing", "activity", "template"]);
const ACCOUNT = { id: ACCOUNT_ID, name: "Sandbox" };
const INBOX = { id: INBOX_ID, name: "Sandbox" };
const ACTIVITY = 2;

/**
 * @param {"message_created" | "message_updated"} event
 * @param {SandboxMessage} message
 * @param {SandboxMessage | undefined} last the last message of its conversation that a customer can see
 * @param {number} now
 * @returns {SandboxEvent}
 */
export function eventOf(event, message, last, now) {
  const { attachments, additional_attributes = {}, sender } = message;
  return {
    account: ACCOUNT,
    additional_attributes,
    content_attributes: message.content_attributes,
    content_type: message.content_type,
    content: message.content,
    conversation: conversationOf(message, last, now),
    created_at: new Date(message.created_at * 1000).toISOString(),
    id: message.id,
    inbox: INBOX,
    message_type: MESSAGE_TYPES[message.message_type],
    private: message.private,
    sender: { id: sender.id, name: sender.name, type: sender.type },
    source_id: message.source_id,
    ...(attachments && attachments.length > 0 && { attachments }),
    event,
  };
}

/**
 * Whether a customer can see a message: notes of agents and what only tells of events are not shown.
 * @param {SandboxMessage} message
 */
export function isChat(message) {
  return !message.private && message.message_type !== ACTIVITY;
}

/**
 * @param {SandboxMessage} message
 * @param {SandboxMessage | undefined} last
 * @param {number} now
 */
function conversationOf({ conversation_id, created_at }, last, now) {
  return {
    additional_attributes: {},
    can_reply: true,
    channel: "Channel::Whatsapp",
    contact_inbox: { id: 1, contact_id: contact().id, inbox_id: INBOX_ID, source_id: String(contact().id) },
    id: conversation_id,
    inbox_id: INBOX_ID,
    messages: last ? [shownIn(last, now)] : [],
    labels: [],
    meta: { sender: contact(), assignee: agent(), team: null, hmac_verified: false },
    status: "open",
    custom_attributes: {},
    snoozed_until: null,
    unread_count: 0,
    first_reply_created_at: null,
    priority: null,
    waiting_since: 0,
    agent_last_seen_at: created_at,
    contact_last_seen_at: 0,
    last_activity_at: created_at,
    timestamp: created_at,
    created_at,
    updated_at: now / 1000,
  };
}

/**
 * A message as a conversation shows it: `message_type` is a number here, and times are numbers too.
 * @param {SandboxMessage} message
 * @param {number} now
 */
function shownIn(message, now) {
  const { attachments, ...fields } = message;
  return {
    additional_attributes: {},
    ...fields,
    account_id: ACCOUNT_ID,
    sender_type: message.sender.type === "contact" ? "Contact" : "User",
    sender_id: message.sender.id,
    updated_at: new Date(now).toISOString(),
    processed_message_content: message.content,
    ...(attachments && attachments.length > 0 && { attachments }),
  };
}
