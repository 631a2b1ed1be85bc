// What a message carries beside its content: content_attributes, and the message that it replies to.

import { parseJson } from "./json.js";
import { Refusal } from "./responses.js";
import { castInteger, castText, field, isObject, isPresent, isTrue, plain, setField } from "./ruby.js";

/** @import { Rules } from "./versions.js" */

/** @import { Fields } from "./ruby.js" */
/** @import { SandboxMessage } from "../sandbox.js" */

/** The keys of what a message replies to. */
const REPLY = "in_reply_to";
const EXTERNAL_REPLY = "in_reply_to_external_id";

/**
 * @param {Record<string, unknown>} params
 * @param {SandboxMessage[]} messages those of the conversation
 * @param {Rules} rules of the version
 * @returns {Record<string, unknown>} plain data
 */
export function readAttributes(params, messages, { fillsReplyKeys }) {
  const given = readGiven(field(params, "content_attributes"));
  const attributes = isPresent(field(given, "automation_rule_id"))
    ? automated(given)
    : /** @type {Fields} */ (plain(given));
  const created = field(params, "external_created_at");
  if (isPresent(created)) attributes.external_created_at = plain(created);
  const [reply, external] = [REPLY, EXTERNAL_REPLY].map((key) => field(given, key));
  if (!isPresent(reply) && !isPresent(external)) return attributes;
  // A message of another conversation, or none: no error, the reply just points nowhere.
  const message = isPresent(reply) ? findById(messages, reply) : findBySource(messages, external);
  const filled = { [EXTERNAL_REPLY]: message?.source_id ?? null, [REPLY]: message?.id ?? null };
  for (const [key, value] of Object.entries(filled)) {
    if (fillsReplyKeys || Object.hasOwn(given, key)) attributes[key] = value;
  }
  return attributes;
}

/**
 * An object, also from its JSON text. Other JSON breaks upstream's code; anything else counts as nothing.
 * @param {unknown} value
 */
function readGiven(value) {
  if (typeof value !== "string") return isObject(value) ? value : {};
  let parsed;
  try {
    parsed = parseJson(value);
  } catch {
    return {};
  }
  if (parsed !== null && !isObject(parsed)) throw new Refusal(422, "undefined method 'dig'");
  return parsed ?? {};
}

/**
 * An automation's rule takes the place of everything but what has a column-like name of its own.
 * @param {Fields} given
 */
function automated(given) {
  /** @type {Fields} */
  const kept = {};
  for (const key of ["automation_rule_id", "items", REPLY]) {
    if (isTrue(field(given, key))) setField(kept, key, plain(given[key]));
  }
  return kept;
}

/**
 * @param {SandboxMessage[]} messages
 * @param {unknown} value
 */
function findById(messages, value) {
  const ids = new Set((Array.isArray(value) ? value : [value]).map(castInteger));
  return messages.find(({ id }) => ids.has(id));
}

/**
 * @param {SandboxMessage[]} messages
 * @param {unknown} value
 */
function findBySource(messages, value) {
  const ids = new Set((Array.isArray(value) ? value : [value]).map(castText));
  return messages.find(({ source_id }) => source_id !== null && ids.has(source_id));
}
