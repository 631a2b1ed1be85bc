// Keys in this process's memory, which end with it: for one process that serves all of a site's pages.

import { readFields } from "../input/fields.js";
import { Issues } from "../input/issues.js";
import { count } from "../input/rules.js";

/** @import { MemoryStoreOptions } from "../proxy.js" */

/** A token that is older has to be asked for again. */
const TOKEN_MS = 60 * 60 * 1000;
const MOST_ENTRIES = 10_000;
const MOST_BYTES = 64 * 1024 * 1024;

/** The store of who names none. */
export function memoryStore(options = {}) {
  const issues = new Issues();
  const given = readFields(options, "options", { maxEntries: count, maxBytes: count }, issues);
  issues.raise("Invalid options");
  const { maxEntries = MOST_ENTRIES, maxBytes = MOST_BYTES } = /** @type {MemoryStoreOptions} */ (given);
  return new Memory(maxEntries, maxBytes);
}

/** @typedef {{ value: string, written: number, until: number }} Entry */

class Memory {
  /** Whether keys outlive the process. */
  durable = false;
  /** @type {string | undefined} */
  #start;
  #maxEntries;
  #maxBytes;
  /**
   * By id, those that were written last at the end.
   * @type {Map<string, Entry>}
   */
  #records = new Map();
  #bytes = 0;
  /** When the youngest record was written that is forgotten. */
  #horizon = -1;

  /**
   * @param {number} maxEntries
   * @param {number} maxBytes
   */
  constructor(maxEntries, maxBytes) {
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
  }

  async token() {
    // Made late: workerd has no random numbers before a request.
    this.#start ??= crypto.randomUUID();
    return `${this.#start}.${Math.floor(performance.now())}`;
  }

  /**
   * @param {string} id
   * @param {string | null} expected
   * @param {string} next
   * @param {{ token?: string | undefined, keepMs: number }} options
   */
  async swap(id, expected, next, { token, keepMs }) {
    const now = performance.now();
    const record = this.#fresh(id, now);
    if (record ? record.value !== expected : expected !== null || !this.#knows(token, now)) {
      return { current: record?.value ?? null, age: record ? now - record.written : 0 };
    }
    this.#makeRoom(id, next.length * 2, now);
    this.#records.set(id, { value: next, written: now, until: now + keepMs });
    this.#bytes += next.length * 2;
    return { current: next, age: 0 };
  }

  /**
   * @param {string} id
   * @param {number} now
   */
  #fresh(id, now) {
    const record = this.#records.get(id);
    if (!record || record.until > now) return record;
    this.#forget(id, record);
    return undefined;
  }

  /**
   * Whether a key that is not found was never here, for who asked for a token before it was first sent.
   * @param {string | undefined} token
   * @param {number} now
   */
  #knows(token, now) {
    if (token === undefined) return true;
    const [start, text] = token.split(".");
    const asked = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    return start === this.#start && asked > this.#horizon && asked <= now && now - asked < TOKEN_MS;
  }

  /**
   * Takes the old record out; the oldest others go when there is too little room, expired ones in any case.
   * @param {string} id
   * @param {number} bytes
   * @param {number} now
   */
  #makeRoom(id, bytes, now) {
    // Before anything is lost.
    if (bytes > this.#maxBytes) throw new Error("the store is too small");
    const old = this.#records.get(id);
    if (old) this.#remove(id, old);
    for (const [other, record] of this.#records) {
      const fits = this.#records.size < this.#maxEntries && this.#bytes + bytes <= this.#maxBytes;
      if (fits && record.until > now) break;
      this.#forget(other, record);
    }
  }

  /**
   * @param {string} id
   * @param {Entry} record
   */
  #forget(id, record) {
    this.#horizon = Math.max(this.#horizon, Math.ceil(record.written));
    this.#remove(id, record);
  }

  /**
   * @param {string} id
   * @param {Entry} record
   */
  #remove(id, { value }) {
    this.#records.delete(id);
    this.#bytes -= value.length * 2;
  }
}
