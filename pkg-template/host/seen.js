// What one attempt saw of the request: for Rust to judge, and for the error, if it ends in one.
//
// Rust's own tests take this file, exchange.js and ahead.js along alone, so they import nothing else.

/** How much of an error's body is kept. */
export const KEPT_BYTES = 64 * 1024;
/** More headers than any answer has. */
const MOST_HEADERS = 1000;
/** How many links of a cause chain are looked at. */
const LINKS = 5;
/** And how many members of an AggregateError. */
const MEMBERS = 32;

/** @import { Call } from "../call/call.js" */
/** @import { Stop } from "./stop.js" */
/** @import { Facts, Link } from "../types/engine.js" */
/** @typedef {{ get(name: string): string | null } & Partial<Iterable<[string, string]>>} Headed */
/** What is read of an answer. @typedef {{ readonly text: string; readonly tooLong?: boolean }} Whole */
/** What an error says of what it is about. @typedef {{ headers: Headers | undefined; requestId: string | undefined; sent: unknown; body?: unknown; cause?: unknown }} Extras */

/** What one attempt saw. `facts` are plain data for Rust to judge; the rest is for the error, if it ends in one. */
export class Seen {
  /** @type {import("../types/engine.js").Facts} */
  facts = {};
  /**
   * The answer's JSON.
   * @type {unknown}
   */
  value;
  /** Whether what was thrown is the runtime's, and none of the caller's own functions made it. */
  isRuntimes = false;
  /** @type {Headers | undefined} */
  #headers;
  /** @type {string | undefined} */
  #text;
  /** @type {unknown} */
  thrown;

  /**
   * Something was thrown, and nobody had stopped it.
   * @param {unknown} thrown
   */
  throw(thrown) {
    this.thrown = thrown;
    this.facts.failed = true;
    this.facts.links = errorLinks(thrown);
    return this;
  }

  /**
   * An error status; its headers are copied, since they may be of any implementation of fetch.
   * @param {Headed} headers
   */
  refuse(headers) {
    this.#headers = realHeaders(headers);
    // A cookie of LiveDesk's would be a credential in an error.
    this.#headers.delete("set-cookie");
    this.facts.refused = true;
    this.facts.retryAfter = this.#headers.get("retry-after");
    this.facts.location = this.#headers.get("location");
  }

  /**
   * The whole answer, or of an error its first 64 KiB; or the beginning of one that is too long for a message.
   * @param {Whole} body
   */
  answer({ text, tooLong = false }) {
    this.#text = text;
    if (tooLong) {
      this.facts.tooLong = true;
      return;
    }
    try {
      this.value = this.facts.body = JSON.parse(text);
    } catch {
      this.facts.body = text;
    }
    if (!this.#headers) this.facts.body = essence(this.value);
  }

  /**
   * What an error about it carries; what others wrote of it, and a reader sees, is redacted.
   * @param {Call} call
   * @param {string | undefined} authorization
   */
  extras(call, authorization) {
    const headers = this.#headers;
    const texts = [headers?.get("x-request-id") ?? ""];
    const { failed } = this.facts;
    // What is the caller's own stays as it was thrown.
    const isClean = failed && this.isRuntimes;
    if (isClean) call.cleanCopy(this.thrown, (/** @type {string} */ text) => String(texts.push(text)));
    const [requestId, ...redacted] = call.redactAll(authorization, texts);
    /** @type {Extras} */
    const extras = { headers, requestId: requestId || undefined, sent: this.value };
    extras.body = headers ? this.facts.body : keep(this.#text);
    if (failed) {
      extras.cause = isClean ? call.cleanCopy(this.thrown, () => redacted.shift() ?? "") : this.thrown;
    }
    return extras;
  }
}

/**
 * What tells a message from other answers, a failed one, and one without its files; the caller gets all of it.
 * @param {unknown} answer
 */
function essence(answer) {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) return undefined;
  const given = /** @type {Record<string, unknown>} */ (answer);
  const { id, status, content_attributes, content_type, message_type, attachments } = given;
  return { id, status, content_attributes, content_type, message_type, private: given.private, attachments };
}

/**
 * Something the runtime threw outside of a request.
 * @param {unknown} thrown
 */
export function seenThrown(thrown) {
  const seen = new Seen();
  seen.isRuntimes = true;
  return seen.throw(thrown);
}

/**
 * Runtimes throw different things when something is aborted; only the stop itself is sure.
 * @param {Seen} seen
 * @param {unknown} thrown
 * @param {Stop} stop
 */
export function told(seen, thrown, stop) {
  if (stop.isLate()) stop.expire();
  if (!stop.isStopped) return seen.throw(thrown);
  seen.thrown = thrown;
  seen.facts.stopped = true;
  return seen;
}

/** The first 64 KiB of a text. */
function keep(text = "") {
  if (text.length <= KEPT_BYTES / 4) return text;
  const bytes = new TextEncoder().encode(text);
  if (bytes.byteLength <= KEPT_BYTES) return text;
  return new TextDecoder().decode(bytes.subarray(0, KEPT_BYTES), { stream: true });
}

/**
 * Headers of the runtime's own, to keep, whatever implementation the response came from.
 * @param {Headed} headers
 */
function realHeaders(headers) {
  const copy = new Headers();
  try {
    let left = MOST_HEADERS;
    // One by one, since a stranger's may have no end.
    for (const [name, value] of /** @type {Iterable<[string, string]>} */ (
      headers[Symbol.iterator] ? headers : Object.entries(headers)
    )) {
      copy.append(name, value);
      if (!left--) break;
    }
  } catch {
    // What could be read of them is kept.
  }
  return copy;
}

/**
 * What a thrown value says of itself, outermost first: `{ code, syscall, message, errors? }`.
 * @param {unknown} thrown
 */
function errorLinks(thrown) {
  /** @type {Link[]} */
  const links = [];
  let error = /** @type {{ errors?: unknown; cause?: unknown } | null | undefined} */ (thrown);
  try {
    while (links.length < LINKS && typeof error === "object" && error !== null) {
      const link = describeError(error);
      if (Array.isArray(error.errors)) link.errors = describeMembers(error.errors);
      links.push(link);
      error = /** @type {object | undefined} */ (error.cause);
    }
  } catch {
    // A getter that throws proves nothing.
  }
  return links;
}

/**
 * A list of our own: a stranger's may give anything when it is asked for a part of itself.
 * @param {Iterable<unknown>} errors
 */
function describeMembers(errors) {
  const members = [];
  for (const error of errors) {
    if (members.push(describeError(error)) >= MEMBERS) break;
  }
  return members;
}

/** @param {unknown} error */
function describeError(error) {
  /** @type {Link} */
  const link = {};
  for (const key of /** @type {const} */ (["code", "syscall", "message"])) {
    const value = /** @type {Record<string, unknown> | null | undefined} */ (error)?.[key];
    if (typeof value === "string" && value.length <= 1000) link[key] = value;
  }
  return link;
}
