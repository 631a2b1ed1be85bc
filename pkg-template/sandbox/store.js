// What the sandbox remembers, and its two rate limits.

import { Clock } from "./clock.js";
import { Deliveries } from "./deliveries.js";
import { eventOf, isChat } from "./event.js";
import { KEEP, Kept, weightOf } from "./kept.js";
import { Records } from "./record.js";
import { Scripts } from "./scripts.js";
import { Webhook } from "./webhook.js";

/** @import { SandboxEvent, SandboxMessage } from "../sandbox.js" */

const MINUTE_MS = 60_000;
/** Of all requests, in a fixed window of one minute. */
const MAX_REQUESTS_A_MINUTE = 3000;
/** Of one conversation's messages, in the last sixty seconds. */
const MAX_MESSAGES_A_MINUTE = 200;
/** Above 2^32, as real ids are: code that keeps them in 32 bits must fail here too. */
const FIRST_MESSAGE_ID = 17_629_000_000_001;
const FIRST_ATTACHMENT_ID = 17_628_000_000_001;

export class Store {
  /** The messages of each conversation that has some. */
  conversations = new Map();
  clock = new Clock();
  scripts = new Scripts();
  deliveries = new Deliveries(this);
  records;
  #webhook;
  #kept;
  /** @type {number} */
  #nextMessageId = FIRST_MESSAGE_ID;
  /** @type {number} */
  #nextAttachmentId = FIRST_ATTACHMENT_ID;
  /** @type {number | undefined} */
  #window;
  /** @type {number} */
  #requests = 0;

  constructor({ keep = KEEP, webhook = new Webhook(undefined) } = {}) {
    this.records = new Records(keep);
    this.#kept = new Kept(keep, (message) => this.#forget(message));
    this.#webhook = webhook;
    this.reset();
  }

  /** Forgets everything, the counters included. */
  reset() {
    this.conversations.clear();
    this.clock.reset();
    this.scripts.reset();
    this.records.reset();
    this.#kept.clear();
    this.#nextMessageId = FIRST_MESSAGE_ID;
    this.#nextAttachmentId = FIRST_ATTACHMENT_ID;
    this.#window = undefined;
    this.#requests = 0;
  }

  /** Milliseconds since 1970, by the sandbox's own clock. */
  now() {
    return this.clock.now();
  }

  /** Counts a request; false when it is one too many for this minute. */
  admit() {
    const current = Math.floor(this.now() / MINUTE_MS);
    if (current !== this.#window) {
      this.#window = current;
      this.#requests = 0;
    }
    this.#requests += 1;
    return this.#requests <= MAX_REQUESTS_A_MINUTE;
  }

  newMessageId() {
    return this.#nextMessageId++;
  }

  newAttachmentId() {
    return this.#nextAttachmentId++;
  }

  /**
   * Whether a conversation has had all the messages it may have in a minute.
   * @param {number} conversationId
   * @param {number} now
   */
  isFull(conversationId, now) {
    const messages = this.conversations.get(conversationId) ?? [];
    const oldest = messages.at(-MAX_MESSAGES_A_MINUTE);
    return oldest !== undefined && oldest.created_at > now - MINUTE_MS / 1000;
  }

  /**
   * The message of that id in that conversation, if there is one.
   * @param {number} conversationId
   * @param {number} messageId
   */
  find(conversationId, messageId) {
    return this.conversations
      .get(conversationId)
      ?.find((/** @type {SandboxMessage} */ message) => message.id === messageId);
  }

  /**
   * The message of that id, wherever it is.
   * @param {number} messageId
   */
  findAnywhere(messageId) {
    for (const conversationId of this.conversations.keys()) {
      const message = this.find(conversationId, messageId);
      if (message) return message;
    }
    return undefined;
  }

  /** @param {SandboxMessage} message */
  add(message) {
    const messages = this.conversations.get(message.conversation_id);
    if (messages) messages.push(message);
    else this.conversations.set(message.conversation_id, [message]);
    this.#tellCreated(message);
    const files = message.attachments ?? [];
    const bytes = files.reduce((sum, { file_size }) => sum + file_size, weightOf(JSON.stringify(message)));
    this.#kept.add(message, bytes);
  }

  /**
   * What a webhook would see of a message, to compare it later.
   * @param {SandboxMessage | undefined} message
   */
  snapshot(message) {
    return this.#webhook.isSet && message ? JSON.stringify(message) : undefined;
  }

  /**
   * Tells the webhook of a message that is not what it was.
   * @param {SandboxMessage} message
   * @param {string | undefined} before
   */
  changed(message, before) {
    if (before !== undefined && JSON.stringify(message) !== before) this.#tell("message_updated", message);
  }

  /**
   * Upstream creates a message first and fails it then; and it is known to tell of a new one twice.
   * @param {SandboxMessage} message
   */
  #tellCreated(message) {
    if (!this.#webhook.isSet) return;
    const { external_error, ...content_attributes } = message.content_attributes;
    const isFailed = message.status === "failed";
    const created = /** @type {SandboxMessage} */ (
      isFailed ? { ...message, status: "sent", content_attributes } : message
    );
    this.#tell("message_created", created, 2);
    if (isFailed) this.#tell("message_updated", message);
  }

  /**
   * @param {SandboxEvent["event"]} name
   * @param {SandboxMessage} message
   */
  #tell(name, message, times = 1) {
    const last = this.conversations.get(message.conversation_id)?.findLast(isChat);
    // Of a message that fails at once, the event shows what it was before.
    const shown = last?.id === message.id ? message : last;
    const event = eventOf(name, message, shown, this.now());
    for (let time = 0; time < times; time += 1) this.#webhook.tell(event);
  }

  /** @param {SandboxMessage} message */
  #forget(message) {
    const messages = this.conversations.get(message.conversation_id);
    const at = messages?.indexOf(message) ?? -1;
    if (at === 0) messages.shift();
    else if (at > 0) messages.splice(at, 1);
    if (messages?.length === 0) this.conversations.delete(message.conversation_id);
  }
}
