// What the sandbox remembers, and its two rate limits.

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
  #nextMessageId;
  #nextAttachmentId;
  #visits = new Map();
  #window;
  #requests;

  constructor() {
    this.reset();
  }

  /** Forgets everything, the counters included. */
  reset() {
    this.conversations.clear();
    this.#visits.clear();
    this.#nextMessageId = FIRST_MESSAGE_ID;
    this.#nextAttachmentId = FIRST_ATTACHMENT_ID;
    this.#window = undefined;
    this.#requests = 0;
  }

  /** Counts a request; false when it is one too many for this minute. */
  admit() {
    const current = Math.floor(Date.now() / MINUTE_MS);
    if (current !== this.#window) {
      this.#window = current;
      this.#requests = 0;
    }
    this.#requests += 1;
    return this.#requests <= MAX_REQUESTS_A_MINUTE;
  }

  /** How many requests a conversation has had, this one included. */
  countVisit(conversationId) {
    const visits = (this.#visits.get(conversationId) ?? 0) + 1;
    this.#visits.set(conversationId, visits);
    return visits;
  }

  newMessageId() {
    return this.#nextMessageId++;
  }

  newAttachmentId() {
    return this.#nextAttachmentId++;
  }

  /** Whether a conversation has had all the messages it may have in a minute. */
  isFull(conversationId, now) {
    const messages = this.conversations.get(conversationId) ?? [];
    const oldest = messages.at(-MAX_MESSAGES_A_MINUTE);
    return oldest !== undefined && oldest.created_at > now - MINUTE_MS / 1000;
  }

  /** The message of that id in that conversation, if there is one. */
  find(conversationId, messageId) {
    return this.conversations.get(conversationId)?.find((message) => message.id === messageId);
  }

  add(message) {
    const messages = this.conversations.get(message.conversation_id);
    if (messages) messages.push(message);
    else this.conversations.set(message.conversation_id, [message]);
  }
}
