// A request's body: JSON is held, since it says what kind of message it is; a form goes through as it comes.

import { Fingerprint, FormFingerprint } from "./fingerprint.js";

/** The largest message that the client writes has 4 Mi characters, of at most 4 bytes. */
const MOST_JSON_BYTES = 16 * 1024 * 1024;
/** RFC 2046, and what fits into a fingerprint's search. */
const FORM = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i;
const JSON_TYPE = /^application\/json\s*(;|$)/i;

/**
 * `{ form }` with the boundary, `{ json }`, or undefined for what LiveDesk's calls do not have.
 * @param {Headers} headers
 * @returns {{ form?: string, json?: true } | undefined}
 */
export function typeOf(headers) {
  const type = headers.get("content-type") ?? "";
  const [, quoted, plain] = FORM.exec(type) ?? [];
  if (quoted ?? plain) return { form: quoted ?? plain };
  return JSON_TYPE.test(type) ? { json: true } : undefined;
}

/**
 * What Content-Length says; undefined when it says nothing.
 * @param {Headers} headers
 */
export function lengthOf(headers) {
  const value = headers.get("content-length");
  return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/**
 * The whole body as bytes, or undefined when it is too large.
 * @param {ReadableStream<Uint8Array> | null} body
 * @param {number} mostBytes
 */
export async function readWhole(body, mostBytes) {
  const most = Math.min(mostBytes, MOST_JSON_BYTES);
  const pieces = [];
  let length = 0;
  if (!body) return new Uint8Array(0);
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > most) {
      reader.cancel().catch(() => {});
      return undefined;
    }
    pieces.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}

/**
 * The object that JSON is, or undefined.
 * @param {Uint8Array} bytes
 * @returns {Record<string, unknown> | undefined}
 */
export function objectOf(bytes) {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The fingerprint of a body that is held; of a retry, which has none, its message is what tells it.
 * @param {string} key
 * @param {Uint8Array} bytes
 */
export async function fingerprintOf(key, bytes) {
  const fingerprint = new Fingerprint(key);
  await fingerprint.add(bytes);
  return fingerprint.end();
}

/** A form on its way. */
export class Form {
  #reader;
  #fingerprint;
  #mostBytes;
  #opening;
  /** @type {ReadableStreamReadResult<Uint8Array> | undefined} */
  #first;
  #bytes = 0;
  /** How many bytes it says it has; undefined when it does not say. */
  expected;
  /** Whether it turned out to be larger than it may be. */
  isTooLarge = false;
  /** Whether it went through to its end. */
  isWhole = false;

  /**
   * @param {ReadableStream<Uint8Array>} body
   * @param {{ key: string | undefined, boundary: string, mostBytes: number, expected: number | undefined }} about
   */
  constructor(body, { key, boundary, mostBytes, expected }) {
    this.#reader = body.getReader();
    this.#fingerprint = key === undefined ? undefined : new FormFingerprint(key, boundary);
    this.#opening = new TextEncoder().encode(`--${boundary}`);
    this.#mostBytes = mostBytes;
    this.expected = expected;
  }

  /** Whether it begins as a form does: anything else, or what somebody has read before, is an empty message to LiveDesk. */
  async begins() {
    this.#first = await this.#reader.read();
    const { done, value } = this.#first;
    if (done) return false;
    const length = Math.min(value.length, this.#opening.length);
    if (this.#opening.subarray(0, length).every((byte, at) => byte === value[at])) return true;
    await this.leave();
    return false;
  }

  /**
   * As a stream that asks for nothing before its reader does. `moves` is called with each piece.
   * @param {() => void} moves
   * @returns {ReadableStream<Uint8Array>}
   */
  stream(moves) {
    return new ReadableStream(
      {
        pull: async (controller) => {
          const piece = await this.#next();
          moves();
          if (piece) controller.enqueue(piece);
          else controller.close();
        },
        cancel: () => this.leave(),
      },
      { highWaterMark: 0 },
    );
  }

  /** To its end, for its fingerprint alone. */
  async drain() {
    while (await this.#next());
  }

  async #next() {
    const { done, value } = this.#first ?? (await this.#reader.read());
    this.#first = undefined;
    if (done) {
      if (this.expected !== undefined && this.#bytes !== this.expected) throw new Error("the body broke off");
      this.isWhole = true;
      return undefined;
    }
    this.#bytes += value.byteLength;
    if (this.#bytes > this.#mostBytes) {
      this.isTooLarge = true;
      await this.leave();
      throw new RangeError("the body is too large");
    }
    await this.#fingerprint?.add(value);
    return value;
  }

  /** Nobody reads on. */
  async leave() {
    await this.#reader.cancel().catch(() => {});
  }

  /** Known when it is whole. */
  async fingerprint() {
    return this.isWhole ? this.#fingerprint?.end() : undefined;
  }
}
