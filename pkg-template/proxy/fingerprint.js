// What tells one body from another without holding it, see docs/decisions/idempotency.md.

import { hex } from "./digest.js";

const BLOCK_BYTES = 64 * 1024;
const CR = 13;
const LF = 10;
const encoder = new TextEncoder();

/** SHA-256 over blocks, each hashed with the hash before it: the standard one cannot be fed piece by piece. */
export class Fingerprint {
  /** The last hash, and the block that is being filled. */
  #bytes = new Uint8Array(32 + BLOCK_BYTES);
  #length = 32;
  #size = 0;

  /**
   * `seed`, of at most 255 characters, keeps others from trying out what the body may be.
   * @param {string} seed
   */
  constructor(seed) {
    const { written } = encoder.encodeInto(seed, this.#bytes.subarray(this.#length));
    this.#length += written;
  }

  /** @param {Uint8Array} bytes */
  async add(bytes) {
    for (let rest = bytes; rest.byteLength > 0; ) {
      const part = rest.subarray(0, this.#bytes.byteLength - this.#length);
      this.#bytes.set(part, this.#length);
      this.#length += part.byteLength;
      this.#size += part.byteLength;
      rest = rest.subarray(part.byteLength);
      if (this.#length === this.#bytes.byteLength) await this.#turn();
    }
  }

  async #turn() {
    const hash = await crypto.subtle.digest("SHA-256", this.#bytes.subarray(0, this.#length));
    this.#bytes.set(new Uint8Array(hash));
    this.#length = 32;
  }

  /** The fingerprint in hexadecimal. */
  async end() {
    await this.add(encoder.encode(`/${this.#size}`));
    await this.#turn();
    return hex(this.#bytes.subarray(0, 32));
  }
}

/** Of a form: the same whatever its boundary is, which changes with each attempt. */
export class FormFingerprint {
  #fingerprint;
  #delimiter;
  /** What could be the beginning of a delimiter. */
  #rest = encoder.encode("\r\n");
  /** Bytes since the last delimiter. */
  #since = 0;

  /**
   * @param {string} seed
   * @param {string} boundary
   */
  constructor(seed, boundary) {
    this.#fingerprint = new Fingerprint(seed);
    this.#delimiter = encoder.encode(`\r\n--${boundary}`);
  }

  /** @param {Uint8Array} piece */
  async add(piece) {
    const bytes = joined(this.#rest, piece);
    const delimiter = this.#delimiter;
    // Asked once: a length costs as much as a byte does.
    const { length } = bytes;
    const last = length - delimiter.length;
    let from = 0;
    let at = 0;
    for (;;) {
      while (at < length && bytes[at] !== CR) at += 1;
      if (at > last) break;
      if (bytes[at + 1] !== LF || !startsWith(bytes, at, delimiter)) {
        at += 1;
        continue;
      }
      await this.#content(bytes.subarray(from, at));
      // Stands for the delimiter, with where it stood.
      await this.#fingerprint.add(encoder.encode(`\r\n--${this.#since}--`));
      this.#since = 0;
      at += delimiter.byteLength;
      from = at;
    }
    await this.#content(bytes.subarray(from, at));
    this.#rest = new Uint8Array(bytes.subarray(at));
  }

  /** @param {Uint8Array} bytes */
  async #content(bytes) {
    if (bytes.byteLength === 0) return;
    this.#since += bytes.byteLength;
    await this.#fingerprint.add(bytes);
  }

  async end() {
    await this.#content(this.#rest);
    return this.#fingerprint.end();
  }
}

/**
 * @param {Uint8Array} first
 * @param {Uint8Array} second
 */
function joined(first, second) {
  if (first.byteLength === 0) return second;
  const bytes = new Uint8Array(first.byteLength + second.byteLength);
  bytes.set(first);
  bytes.set(second, first.byteLength);
  return bytes;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {Uint8Array} wanted
 */
function startsWith(bytes, at, wanted) {
  for (let index = 0; index < wanted.length; index += 1) {
    if (bytes[at + index] !== wanted[index]) return false;
  }
  return true;
}
