// What came in, and what became of it, for a test to look at.

import { isTooDeep } from "./depth.js";
import { Kept, weightOf } from "./kept.js";

/** @import { SandboxPart, SandboxRequest } from "../sandbox.js" */

/** Their values would give a caller away. */
const SECRET = ["authorization", "proxy-authorization", "cookie", "api_access_token"];
/** Upstream takes one in the address, too. */
const TOKEN = /([?&]api_access_token=)[^&]*/gi;
/** The longest body that is read. */
const MOST_BYTES = 268_435_456;
/** What a record, and a part in it, cost beside their texts. */
const BYTES_A_RECORD = 1024;
const BYTES_A_PART = 256;

/**
 * A request as it is being written down.
 * @typedef {{ -readonly [Field in keyof SandboxRequest]: SandboxRequest[Field] }} Writing
 */

/** Thrown for a body that is longer. */
export class TooLarge extends Error {}

/** All requests of a sandbox, the oldest ones forgotten where there are too many. */
export class Records {
  /**
   * The list a test sees.
   * @type {Writing[]}
   */
  list = [];
  #kept;
  #number = 0;

  /** @param {{ messages: number; bytes: number }} keep */
  constructor(keep) {
    this.#kept = new Kept(keep, () => this.list.shift());
  }

  /**
   * @param {Request} request
   * @param {number} at
   */
  begin(request, at) {
    this.#number += 1;
    const record = describe(request, this.#number, at);
    this.list.push(record);
    const entry = this.#kept.add(record, BYTES_A_RECORD + weightOf(JSON.stringify(record)));
    return new Recorder(record, (/** @type {number} */ bytes) => this.#kept.grow(entry, bytes));
  }

  reset() {
    this.list.length = 0;
    this.#number = 0;
    this.#kept.clear();
  }
}

/** Writes one record. */
export class Recorder {
  record;
  #grow;

  /**
   * @param {Writing} record
   * @param {(bytes: number) => void} grow
   */
  constructor(record, grow) {
    this.record = record;
    this.#grow = grow;
  }

  /**
   * Reads a request to its end; gives one that can be read again.
   * @param {Request} request
   */
  async read(request) {
    if (!request.body) return request;
    const { record } = this;
    const { method, url, headers } = request;
    let bytes;
    try {
      bytes = await bytesOf(request);
    } catch (error) {
      if (error instanceof TooLarge) throw error;
      // One that broke off: whoever reads on finds the same.
      return request;
    }
    const type = headers.get("Content-Type") ?? "";
    if (/^multipart\/form-data\b/i.test(type)) {
      const parts = await partsOf(bytes, type);
      if (parts) record.parts = parts;
      else record.body = this.#text(bytes);
    } else if (bytes.length > 0) {
      record.body = this.#value(bytes, type);
    }
    for (const part of record.parts ?? []) this.#grow(BYTES_A_PART + JSON.stringify(part).length);
    return new Request(url, { method, headers, body: bytes });
  }

  /** @param {Uint8Array} bytes */
  #text(bytes) {
    const text = new TextDecoder().decode(bytes);
    this.#grow(text.length);
    return text;
  }

  /**
   * Parsed where it says that it is JSON and is; else the text.
   * @param {Uint8Array} bytes
   * @param {string} type
   */
  #value(bytes, type) {
    const text = this.#text(bytes);
    if (!/\bjson\b/i.test(type) || isTooDeep(text)) return text;
    try {
      const value = JSON.parse(text);
      this.#grow(weightOf(text) - text.length);
      return value;
    } catch {
      return text;
    }
  }

  /** @param {number} messageId */
  stored(messageId) {
    Object.assign(this.record, { stored: true, messageId });
  }

  /**
   * A fault, and of an answer that breaks off what it would have been.
   * @param {{ fault: string; status?: number; body?: unknown }} told
   */
  tell({ fault, status, body }) {
    this.record.fault = /** @type {Writing["fault"] & string} */ (fault);
    if (status !== undefined) this.record.answer = { status, headers: {}, body: structuredClone(body) };
  }

  /**
   * Reads an answer; gives one that can be read again.
   * @param {Response} response
   */
  async answer(response) {
    // Of one that breaks off it is known already.
    if (this.record.fault !== undefined) return response;
    const { status, headers } = response;
    const bytes = new Uint8Array(await response.arrayBuffer());
    const body = bytes.length > 0 ? this.#value(bytes, headers.get("Content-Type") ?? "") : null;
    this.record.answer = { status, headers: Object.fromEntries(headers), body };
    return new Response(bytes.length > 0 ? bytes : null, { status, headers });
  }
}

/**
 * A gateway stops reading at some point, too.
 * @param {Request} request
 */
async function bytesOf(request) {
  const chunks = [];
  let length = 0;
  const reader = /** @type {ReadableStream<Uint8Array>} */ (request.body).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    chunks.push(read.value);
    length += read.value.byteLength;
    if (length <= MOST_BYTES) continue;
    reader.cancel().catch(() => {});
    throw new TooLarge();
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/**
 * @param {Request} request
 * @param {number} number
 * @param {number} at
 */
function describe({ method, url, headers }, number, at) {
  const { pathname, search } = new URL(url);
  /** @type {Record<string, string>} */
  const shown = {};
  for (const [name, value] of headers) shown[name] = SECRET.includes(name) ? masked(value) : value;
  const path = pathname + search.replace(TOKEN, "$1[masked]");
  return { number, at, method, path, headers: shown, stored: false };
}

/**
 * The scheme stays: it is what goes wrong.
 * @param {string} value
 */
function masked(value) {
  const scheme = /^(basic|bearer) /i.exec(value)?.[1];
  return scheme ? `${scheme} [masked]` : "[masked]";
}

/**
 * As they were written; undefined for what is no form.
 * @param {Uint8Array} bytes
 * @param {string} type
 */
async function partsOf(bytes, type) {
  let form;
  try {
    form = await new Response(/** @type {BodyInit} */ (bytes), {
      headers: { "Content-Type": type },
    }).formData();
  } catch {
    return undefined;
  }
  const parts = [];
  for (const [name, value] of form) {
    if (!(value instanceof Blob)) parts.push({ name, value });
    else
      parts.push({
        name,
        fileName: value.name,
        type: value.type,
        size: value.size,
        sha256: await sha256(value),
      });
  }
  return parts;
}

/**
 * In hexadecimal; null where the runtime cannot (a page that is not served securely).
 * @param {Blob} blob
 */
async function sha256(blob) {
  const digest = await globalThis.crypto?.subtle?.digest("SHA-256", await blob.arrayBuffer());
  if (!digest) return null;
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
