// @ts-check
// The records that cross into the engine, and JSON that does, behind the engine: none is needed before a call is.

import { field, foreign, list, object, plain } from "./tagged.js";

/** @import { Client, Facts, Link, Written } from "../types/engine.js" */

/** As deep as the engine reads. */
const MAX_DEPTH = 64;

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
export const WRITTEN = ["kind", "timeout", "totalTimeout", "maxRetries", "dangerouslyRetryUnknown", "force"];
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
const whole = (all) => field(all, "");

/** What holds for all calls of a client. @param {Client} client */
export const clientText = (client) => record(CLIENT, client);

/** What a caller wrote for one call, behind the text of the client. @param {string} client @param {Written} written */
export const callText = (client, written) =>
  whole(
    client +
      record(WRITTEN, written) +
      written.conversationId +
      written.message +
      written.extra +
      written.definition,
  );

/** Called from Rust: what an attempt saw. @param {{ facts: Facts }} seen */
export const factsText = ({ facts }) => whole(record(FACTS, facts) + links(facts.links));

/** @param {Link[] | undefined} all @returns {string} */
function links(all = []) {
  return list(all.length, all.map((link) => record(LINK, link) + links(link.errors)).join(""));
}
