// The kinds of content, and what upstream asks of the items of those that show some.

import { Refusal } from "./responses.js";
import { castText, Float, isObject, isPresent } from "./ruby.js";

/** Names in requests and answers; a number in a request is a position here. */
const KINDS = [
  ...["text", "input_text", "input_textarea", "input_email", "input_select", "cards", "form", "article"],
  ...["incoming_email", "input_csat", "integrations", "sticker", "voice_call"],
];
/** The fields that an item may have. */
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

/** The kind that a request names: text where it names none. */
export function readContentType(value) {
  const name = enumName(KINDS, value, "content_type");
  return name ?? "text";
}

/**
 * An enum's cast: a name or its number, null for nothing.
 *
 * @param {string[]} names
 */
export function enumName(names, value, column) {
  if (!isPresent(value)) return null;
  const number = value instanceof Float ? value.value : value;
  const name = typeof number === "number" ? names[number] : names.find((each) => each === value);
  if (name === undefined) throw new Refusal(422, `'${castText(value)}' is not a valid ${column}`);
  return name;
}

/** Refuses the items that a kind of content cannot show. */
export function checkItems(contentType, items) {
  const fields = ITEM_FIELDS[contentType];
  if (fields === undefined) return;
  if (!Array.isArray(items)) throw new Refusal(422, "undefined method 'reject'");
  if (items.length === 0) throw invalid("At least one item is required.");
  if (!items.every(isObject)) throw invalid("Items should be a hash.");
  if (!items.every((item) => hasOnly(item, fields))) throw invalid("contains invalid keys for items");
  if (contentType !== "cards") return;
  if (!items.every(({ actions }) => isPresent(actions))) throw invalid("contains items missing actions");
  for (const { actions } of items) {
    if (!Array.isArray(actions) || !actions.every(isObject))
      throw new Refusal(422, "undefined method 'keys'");
    if (!actions.every((action) => hasOnly(action, ACTION_FIELDS)))
      throw invalid("contains invalid keys for actions");
  }
}

function hasOnly(object, fields) {
  return Object.keys(object).every((name) => fields.includes(name));
}

function invalid(sentence) {
  return new Refusal(422, `Validation failed: Content attributes ${sentence}`);
}
