// From a template's definition to a function that fills it.

import { Issues } from "../input/issues.js";

/**
 * A header, a button, or a component of Meta's.
 * @typedef {{ type?: unknown, format?: unknown, url?: unknown, buttons?: unknown[] }} Part
 *
 * @typedef {object} Definition
 * @property {string} name
 * @property {string} language
 * @property {unknown} [category]
 * @property {unknown} [namespace]
 * @property {Part[]} [components]
 * @property {Part} [header]
 * @property {unknown[]} [buttons]
 */

/**
 * In a definition of Meta's the kinds are large letters.
 * @param {unknown} value
 */
function lower(value) {
  return typeof value === "string" ? value.toLowerCase() : "";
}

/**
 * A function from the template's values to `template_params`; its `definition` is what it was given. What the values have
 * to be is said by the types, and checked by the calls.
 * @param {unknown} definition
 */
export function defineTemplate(definition) {
  const whole = checked(definition);
  const { name, language, category, namespace } = whole;
  const { header, buttons } = partsOf(whole);
  /** @param {{ header?: unknown, body?: unknown, footer?: unknown, buttons?: object }} [values] */
  const fill = (values) => {
    const given = values ?? {};
    return {
      ...{ name, language, category, namespace, processed_params: given.body },
      header_params: header && headerParams(header, given.header),
      footer_params: given.footer && { text_variables: given.footer },
      button_params: given.buttons && buttonParams(buttons, given.buttons),
    };
  };
  return Object.assign(fill, { definition });
}

/**
 * A copy as plain data.
 * @param {unknown} definition
 * @returns {Definition}
 */
function checked(definition) {
  const issues = new Issues();
  let plain;
  try {
    plain = JSON.parse(JSON.stringify(definition));
  } catch {
    // It cannot be read, so nothing of it is there.
  }
  for (const key of ["name", "language"]) {
    if (typeof plain?.[key] !== "string") issues.add(`definition.${key}`, "required", "is required");
  }
  issues.raise("Invalid definition");
  return plain;
}

/**
 * The kind of header, if there is one, and of each button.
 * @param {Definition} definition
 * @returns {{ header?: string | undefined, buttons: unknown[] }}
 */
function partsOf({ components, header, buttons }) {
  if (!Array.isArray(components)) return { header: header && kindOf(header), buttons: Object(buttons) };
  /** @param {string} type */
  const part = (type) => components.find((component) => lower(component?.type) === type);
  const head = part("header");
  return { header: head && kindOf(head), buttons: Object(part("buttons")?.buttons) };
}

/** @param {Part} part */
function kindOf({ format, type }) {
  return lower(format ?? type ?? "text");
}

/**
 * @param {string} type
 * @param {unknown} values
 */
function headerParams(type, values) {
  if (type === "text") return values && { type, text_variables: values };
  return type === "location" ? { type, location: values } : { type, .../** @type {object} */ (values) };
}

/**
 * @param {unknown[]} buttons
 * @param {object} values
 */
function buttonParams(buttons, values) {
  return Object.entries(values).map(([position, value]) => {
    const index = Number(position);
    return isReply(buttons[index])
      ? { index, sub_type: "quick_reply", payload: value }
      : { index, sub_type: "url", text: value };
  });
}

/**
 * In short a button is its text, or one that opens an address that.
 * @param {unknown} button
 */
function isReply(button) {
  if (typeof button === "string") return !/^https?:/.test(button);
  const { type, url } = /** @type {Part} */ (button ?? {});
  return type === undefined ? !url : lower(type) === "quick_reply";
}
