// What becomes of a message after its answer: the channel delivers it, or fails to.

import { LONGEST_MS } from "./clock.js";
import { isReason, must, REASON } from "./steps.js";

/** @import { Store } from "./store.js" */
/** @import { SandboxMessage } from "../sandbox.js" */

export class Deliveries {
  #store;

  /** @param {Store} store */
  constructor(store) {
    this.#store = store;
  }

  /**
   * @param {unknown} messageId
   * @param {string} externalError
   */
  failLater(messageId, externalError, { afterMs = 0 } = {}) {
    const message = this.#message(messageId);
    must(isReason(externalError), "externalError", REASON);
    must(isTime(afterMs), "afterMs", "a number of milliseconds, at most ten years");
    this.#store.clock.later(afterMs, () => this.fail(message, externalError, accepted(message)));
  }

  /**
   * @param {unknown} messageId
   * @param {unknown} status
   */
  deliver(messageId, status) {
    const message = this.#message(messageId);
    must(status === "delivered" || status === "read", "status", '"delivered" or "read"');
    // As upstream: who has read it, cannot have it delivered any more.
    if (message.status === "read") return;
    this.#change(message, () => {
      Object.assign(message, { status, source_id: accepted(message) });
      delete message.content_attributes.external_error;
    });
  }

  /**
   * Fails a message now. One that the channel had accepted has a `source_id`.
   * @param {SandboxMessage} message
   * @param {string} externalError
   */
  fail(message, externalError, sourceId = message.source_id) {
    this.#change(message, () => {
      Object.assign(message, { status: "failed", source_id: sourceId });
      message.content_attributes.external_error = externalError;
    });
  }

  /**
   * @param {SandboxMessage} message
   * @param {() => void} change
   */
  #change(message, change) {
    const before = this.#store.snapshot(message);
    change();
    this.#store.changed(message, before);
  }

  /** @param {unknown} messageId */
  #message(messageId) {
    const message = this.#store.findAnywhere(readId(messageId));
    if (!message)
      throw new TypeError(`messageId is ${String(messageId)}, and the sandbox has no such message`);
    return message;
  }
}

/**
 * Ids come as numbers, as bigints, or as text from a path.
 * @param {unknown} id
 */
function readId(id) {
  const isId =
    typeof id === "number" || typeof id === "bigint" || (typeof id === "string" && /^\d{1,16}$/.test(id));
  must(isId, "messageId", "the id of a stored message");
  return Number(id);
}

/** @param {unknown} ms */
export function isTime(ms) {
  return typeof ms === "number" && ms >= 0 && ms <= LONGEST_MS;
}

/**
 * The id that a channel gave the message, when it took it.
 * @param {SandboxMessage} message
 */
function accepted({ id, source_id }) {
  return source_id ?? `wamid.sandbox${id}`;
}
