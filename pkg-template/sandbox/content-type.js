// The kinds of content, and what upstream asks of the items of those that show some.

import { Refusal } from "./responses.js";
import { Float, inspect, isObject, isPresent } from "./ruby.js";

/** @import { Fields } from "./ruby.js" */

/** Names in requests and answers; a number in a request is a position here. */
const KINDS = [
  ...["text", "input_text", "input_textarea", "input_email", "input_select", "cards", "form", "article"],
  ...["incoming_email", "input_csat", "integrations", "sticker", "voice_call"],
];
/**
 * The fields that an item may have.
 * @type {Record<string, string[] | undefined>}
 */
const ITEM_FIELDS = {
  input_select: ["title", "value"],
  cards: ["title", "description", "media_url", "actions"],
  form: [
    ...["type", "placeholder", "label", "name", "options", "default", "required", "pattern", "title"],
    "pattern_error",
  ],
  article: ["title", "description", "link"],
};
const ACTION_FIELDS = ["text", "type", "payload", "uri"];

/**
 * The kind that a request names: text where it names none.
 * @param {unknown} value
 */
export function readContentType(value) {
  const name = enumName(KINDS, value, "content_type");
  return name ?? "text";
}

/**
 * An enum's cast: a name or its number, null for nothing.
 *
 * @param {string[]} names
 * @param {unknown} value
 * @param {string} column
 */
export function enumName(names, value, column) {
  if (!isPresent(value)) return null;
  const number = value instanceof Float ? value.value : value;
  const name = typeof number === "number" ? names[number] : names.find((each) => each === value);
  if (name === undefined)
    throw new Refusal(
      422,
      `'${typeof value === "string" ? value : inspect(value)}' is not a valid ${column}`,
    );
  return name;
}

/**
 * Refuses the items that a kind of content cannot show: in a sentence, or in Ruby's own words for what has no fields.
 * @param {string} contentType
 * @param {unknown} items
 */
export function checkItems(contentType, items) {
  const fields = ITEM_FIELDS[contentType];
  if (fields === undefined) return;
  const isEmpty = isObject(items) && !isPresent(items);
  const list = isEmpty ? [] : items;
  if (!areObjects(list)) throw new Refusal(422, "undefined method `keys'");
  const problems = [];
  if (list.length === 0) problems.push("At least one item is required.");
  const others = otherNames(list, fields);
  if (others) problems.push(`contains invalid keys for items : ${others}`);
  if (contentType === "cards") problems.push(...actionProblems(list));
  if (problems.length === 0) return;
  const sentences = problems.map((problem) => `Content attributes ${problem}`);
  throw new Refusal(422, `Validation failed: ${sentences.join(", ")}`);
}

/** @param {Fields[]} items */
function actionProblems(items) {
  if (!items.every(({ actions }) => isPresent(actions))) return ["contains items missing actions"];
  const lists = items.map(({ actions }) => actions);
  if (!lists.every(areObjects)) throw new Refusal(422, "undefined method `keys'");
  const others = otherNames(lists.flat(), ACTION_FIELDS);
  return others ? [`contains invalid keys for actions:  ${others}`] : [];
}

/**
 * @param {unknown} list
 * @returns {list is Fields[]}
 */
function areObjects(list) {
  return Array.isArray(list) && list.every(isObject);
}

/**
 * The names that are none of `known`, as Ruby shows symbols; undefined where there are none.
 * @param {Fields[]} objects
 * @param {string[]} known
 */
function otherNames(objects, known) {
  const others = objects
    .flatMap((/** @type {Fields} */ object) => Object.keys(object))
    .filter((/** @type {string} */ name) => !known.includes(name));
  const symbols = others.map((/** @type {string} */ name) =>
    /^[A-Za-z_]\w*$/.test(name) ? `:${name}` : `:${inspect(name)}`,
  );
  return symbols.length > 0 ? `[${symbols.join(", ")}]` : undefined;
}
