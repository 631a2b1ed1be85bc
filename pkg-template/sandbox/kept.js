// A queue with an end: the oldest go first when there are too many, or when they are too large.

/** What is kept where nothing else is asked for: of messages, and of requests. */
export const KEEP = { messages: 100_000, bytes: 268_435_456 };
/** What an object, a list or a field costs in memory beside its text. */
const BYTES_A_NODE = 32;
/** What begins one, or the next one. */
const [COMMA, COLON, BRACKET, BRACE] = Array.from(",:[{", (character) => character.charCodeAt(0));
/** Below it a queue is not worth tidying up. */
const TIDY = 1024;

/** @template T @typedef {{ item: T; bytes: number; isGone: boolean }} Entry */

/** @template T */
export class Kept {
  /** @type {(Entry<T> | undefined)[]} */
  #entries = [];
  #first = 0;
  #bytes = 0;
  #keep;
  #drop;

  /**
   * @param {{ messages: number, bytes: number }} keep
   * @param {(item: T) => void} drop called with each that goes, the oldest first
   */
  constructor(keep, drop) {
    this.#keep = keep;
    this.#drop = drop;
  }

  /**
   * Puts an item at the end; `bytes` may grow later.
   * @param {T} item
   * @param {number} bytes
   */
  add(item, bytes) {
    const entry = { item, bytes, isGone: false };
    this.#entries.push(entry);
    this.#bytes += bytes;
    this.#trim();
    return entry;
  }

  /**
   * @param {Entry<T>} entry
   * @param {number} bytes
   */
  grow(entry, bytes) {
    if (entry.isGone) return;
    entry.bytes += bytes;
    this.#bytes += bytes;
    this.#trim();
  }

  clear() {
    // Those that went before have left their places empty.
    for (const entry of this.#entries) if (entry) entry.isGone = true;
    this.#entries = [];
    this.#first = 0;
    this.#bytes = 0;
  }

  #trim() {
    while (this.#entries.length - this.#first > this.#keep.messages || this.#bytes > this.#keep.bytes) {
      const entry = /** @type {Entry<T>} */ (this.#entries[this.#first]);
      this.#entries[this.#first] = undefined;
      this.#first += 1;
      entry.isGone = true;
      this.#bytes -= entry.bytes;
      this.#drop(entry.item);
    }
    if (this.#first > TIDY && this.#first > this.#entries.length / 2) {
      this.#entries = this.#entries.slice(this.#first);
      this.#first = 0;
    }
  }
}

/**
 * What JSON costs in memory once it is parsed.
 * @param {string} json
 */
export function weightOf(json) {
  let nodes = 0;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === COMMA || code === COLON || code === BRACKET || code === BRACE) nodes += 1;
  }
  return json.length + nodes * BYTES_A_NODE;
}

/** The option `keep`, checked: how many messages and bytes are kept. */
export function readKeep(keep = {}) {
  const {
    messages = KEEP.messages,
    bytes = KEEP.bytes,
    ...others
  } = /** @type {{ messages?: number; bytes?: number }} */ (
    typeof keep === "number" ? { messages: keep } : keep
  );
  const [other] = Object.keys(others);
  if (other !== undefined) throw new TypeError(`keep has messages and bytes, and no ${other}`);
  for (const number of [messages, bytes]) {
    if (!Number.isSafeInteger(number) || number < 1)
      throw new TypeError("keep takes whole numbers, 1 or more");
  }
  return { messages, bytes };
}
