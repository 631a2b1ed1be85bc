// What crosses into the engine, as one text: each value begins with a letter that says what it is, and words are
// counted, not quoted. `src/data/tagged.rs` reads it, and says what each letter means.
//
// It imports nothing, since Rust's own tests take it along alone.

/** @import { Client, Facts, Link, Written } from "../types/engine.js" */

/** As deep as the engine reads. */
const MAX_DEPTH = 64;

const bits = new DataView(new ArrayBuffer(8));

/** Words behind their letter and their length. @param {string} letter @param {string} words */
const counted = (letter, words) => `${letter}${words.length};${words}`;
/** @param {string} words */
export const text = (words) => counted("s", words);
/** @param {number} count @param {string} items */
export const list = (count, items) => `[${count};${items}`;
/** @param {number} count @param {string} fields */
export const object = (count, fields) => `{${count};${fields}`;
/** @param {string} name @param {string} value */
export const field = (name, value) => counted("", name) + value;
/** Something JSON cannot carry. @param {string} what */
export const foreign = (what) => counted("x", what);
/** @param {number} index @param {number} size @param {string} type @param {string | undefined} name */
export const binary = (index, size, type, name) => counted(`b${index};${size};`, type) + plain(name);

/** @param {number} value */
export function number(value) {
  if (Number.isSafeInteger(value)) return value < 0 ? `m${-value};` : `i${value};`;
  bits.setFloat64(0, value);
  return `d${bits.getUint32(0)};${bits.getUint32(4)};`;
}

/** A bigint between -2^53 and 2^63. @param {bigint} value */
export const bigint = (value) => (value < 0n ? `m${-value};` : `i${value};`);

/** A value that is no object; undefined for what is none of these. @param {unknown} value */
export function plain(value) {
  switch (typeof value) {
    case "string":
      return text(value);
    case "number":
      return number(value);
    case "boolean":
      return value ? "t" : "f";
    default:
      return value === null ? "n" : "u";
  }
}

/** JSON that was just parsed: it has no getters and no circles, but any depth. @param {unknown} value @returns {string} */
export function json(value, depth = 0) {
  if (typeof value !== "object" || value === null) return plain(value);
  if (depth >= MAX_DEPTH) return foreign("data nested too deeply");
  let inner = "";
  if (Array.isArray(value)) {
    for (const item of value) inner += json(item, depth + 1);
    return list(value.length, inner);
  }
  const entries = Object.entries(value);
  for (const [name, item] of entries) inner += field(name, json(item, depth + 1));
  return object(entries.length, inner);
}

// The records of `types/engine.d.ts`, their fields in the order in which the engine reads them.

/** @type {(keyof Client)[]} */
export const CLIENT = [
  "baseUrl",
  "apiKey",
  "apiSecret",
  "authorization",
  "channel",
  "timeout",
  "totalTimeout",
  "maxRetries",
];
/** @type {(keyof Written)[]} */
export const WRITTEN = ["kind", "timeout", "totalTimeout", "maxRetries", "dangerouslyRetryUnknown"];
/** @type {(keyof Facts)[]} */
export const FACTS = [
  "status",
  "refused",
  "retryAfter",
  "location",
  "body",
  "tooLong",
  "stopped",
  "uncalled",
  "failed",
  "native",
  "page",
  "brokenOff",
  "own",
  "redirect",
  "requests",
  "given",
  "mocked",
  "foreign",
  "prompt",
  "others",
  "works",
  "authorization",
  "unreadable",
  "late",
];
/** @type {(keyof Link)[]} */
export const LINK = ["code", "syscall", "message"];

/**
 * The fields of these names, one after the other.
 *
 * @template {object} T
 * @param {(keyof T)[]} names
 * @param {T} data
 */
function record(names, data) {
  let out = "";
  for (const name of names) out += json(data[name]);
  return out;
}

/** With its length ahead, which tells whether it is ASCII. @param {string} all */
const whole = (all) => counted("", all);

/** What holds for all calls of a client. @param {Client} client */
export const clientText = (client) => record(CLIENT, client);

/** What a caller wrote for one call, behind the text of the client. @param {string} client @param {Written} written */
export const callText = (client, written) =>
  whole(client + record(WRITTEN, written) + written.conversationId + written.message + written.extra);

/** Called from Rust: what an attempt saw. @param {{ facts: Facts }} seen */
export const factsText = ({ facts }) => whole(record(FACTS, facts) + links(facts.links));

/** @param {Link[] | undefined} all @returns {string} */
function links(all = []) {
  return list(all.length, all.map((link) => record(LINK, link) + links(link.errors)).join(""));
}
