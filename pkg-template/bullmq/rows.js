// A row of a campaign, and the job that it is.

import { describe, readFields } from "../input/fields.js";
import { any, ofType, text } from "../input/rules.js";

/** @import { Issues } from "../input/issues.js" */
/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string | number} conversationId
 * @property {"text" | "attachments" | "template"} kind
 * @property {{ [name: string]: unknown }} message
 * @property {{ [name: string]: unknown }} [requestOptions]
 */

const KINDS = ["text", "attachments", "template"];
/** Of a row's id, in characters: it is part of four keys. */
const LONGEST_ID = 200;
/** Other options cannot be kept in a queue, or are the processor's own. */
const OPTIONS = { timeout: any, totalTimeout: any, extra: any, definition: any };
const object = ofType("object", "an object");

/**
 * The row that was given, as it is kept. What is wrong with it goes to `issues`.
 *
 * @param {unknown} given
 * @param {string} path
 * @param {Issues} issues
 * @returns {Row}
 */
export function readRow(given, path, issues) {
  const rules = { id: any, conversationId: any, kind: text, message: object, requestOptions: object };
  const row = readFields(given, path, rules, issues) ?? {};
  const id = typeof row.id === "number" ? String(row.id) : row.id;
  if (typeof id !== "string" || id === "" || id.length > LONGEST_ID || !isWellFormed(id))
    issues.add(`${path}.id`, "invalid_value", `must be a text of 1 to ${LONGEST_ID} characters, or a number`);
  if (!KINDS.includes(String(row.kind)))
    issues.add(`${path}.kind`, "invalid_value", `must be one of ${KINDS.join(", ")}`);
  const { conversationId } = row;
  if (!/^[1-9]\d{0,18}$/.test(typeof conversationId === "object" ? "" : String(conversationId)))
    issues.add(
      `${path}.conversationId`,
      "invalid_value",
      `must be a whole number above 0; got ${describe(conversationId)}`,
    );
  if (!row.message) issues.add(`${path}.message`, "missing", "is missing");
  if (row.requestOptions) readFields(row.requestOptions, `${path}.requestOptions`, OPTIONS, issues);
  const kept = typeof conversationId === "bigint" ? String(conversationId) : conversationId;
  return /** @type {Row} */ ({ ...row, id, conversationId: kept });
}

/** @param {string} id */
function isWellFormed(id) {
  try {
    return encodeURIComponent(id) !== "";
  } catch {
    return false;
  }
}

/**
 * BullMQ refuses whole numbers and colons.
 *
 * @param {string | number} id
 * @returns {string}
 */
export function jobIdOf(id) {
  return `row-${encodeURIComponent(String(id))}`;
}

/**
 * @param {string} jobId
 * @returns {string}
 */
export function rowIdOf(jobId) {
  return decodeURIComponent(jobId.slice("row-".length));
}
