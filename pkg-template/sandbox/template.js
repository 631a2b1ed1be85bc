// A WhatsApp template's parameters: what upstream asks of them, and the Liquid that it renders in them.

import { Refusal } from "./responses.js";
import { field, isObject, isPresent, plain, setField } from "./ruby.js";

/** @import { Fields } from "./ruby.js" */

const TEXTS = ["name", "category", "language", "namespace"];

/**
 * @param {unknown} value the parameter `template_params`
 * @returns {Fields | undefined} plain data; undefined where there is none
 */
export function readTemplate(value) {
  if (!isPresent(value)) return undefined;
  if (!isObject(value)) throw invalid("Template params must be of type hash");
  const problems = TEXTS.filter((name) => Object.hasOwn(value, name) && typeof value[name] !== "string").map(
    (name) => `Template params/${name} must be of type string`,
  );
  const processed = field(value, "processed_params");
  if (processed !== undefined && !isObject(processed)) {
    problems.push("Template params/processed params must be of type hash");
  }
  if (!Object.hasOwn(value, "name")) problems.push("Name is required");
  if (problems.length > 0) throw invalid(problems.join(", "));
  const template = /** @type {Fields} */ (plain(value));
  if (hasNul(template)) throw new Refusal(422, "unsupported Unicode escape sequence");
  return template;
}

/**
 * The template with Liquid rendered in every text of its processed_params.
 * @param {Fields} template
 * @param {(text: string) => string} render
 */
export function renderTemplate(template, render) {
  if (!isPresent(template.processed_params)) return template;
  return { ...template, processed_params: rendered(template.processed_params, render) };
}

/**
 * @param {unknown} value
 * @param {(text: string) => string} render
 * @returns {unknown}
 */
function rendered(value, render) {
  if (typeof value === "string") return isPresent(value) ? render(value) : value;
  if (Array.isArray(value)) return value.map((item) => rendered(item, render));
  if (!isObject(value)) return value;
  /** @type {Fields} */
  const copy = {};
  for (const name of Object.keys(value)) setField(copy, name, rendered(value[name], render));
  return copy;
}

/**
 * The column they are in takes no NUL.
 * @param {unknown} value
 * @returns {boolean}
 */
function hasNul(value) {
  if (typeof value === "string") return value.includes("\0");
  if (Array.isArray(value)) return value.some(hasNul);
  return isObject(value) && Object.entries(value).some(([name, item]) => name.includes("\0") || hasNul(item));
}

/** @param {string} sentence */
function invalid(sentence) {
  return new Refusal(422, `Validation failed: ${sentence}`);
}
