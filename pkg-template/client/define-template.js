// From a template's definition to a function that fills it.

import { Issues } from "./issues.js";

/** In a definition of Meta's the kinds are large letters. */
function lower(value) {
  return String(value).toLowerCase();
}

/**
 * A function from the template's values to `template_params`; its `definition` is what it was given. What the values have
 * to be is said by the types, and checked by the calls.
 */
export function defineTemplate(definition) {
  const { name, language, category, namespace } = checked(definition);
  const { header, buttons } = partsOf(definition);
  const fill = (values = {}) => ({
    ...{ name, language, category, namespace, processed_params: values.body },
    header_params: header && headerParams(header, values.header),
    footer_params: values.footer && { text_variables: values.footer },
    button_params: values.buttons && buttonParams(buttons, values.buttons),
  });
  return Object.assign(fill, { definition });
}

function checked(definition) {
  const issues = new Issues();
  for (const key of ["name", "language"]) {
    if (typeof definition?.[key] !== "string") issues.add(`definition.${key}`, "required", "is required");
  }
  issues.raise("Invalid definition");
  return definition;
}

/** The kind of header, if there is one, and of each button. */
function partsOf({ components, header, buttons }) {
  if (!Array.isArray(components)) return { header: header && kindOf(header), buttons: buttons ?? [] };
  const part = (type) => components.find((component) => lower(component?.type) === type);
  return { header: part("header") && kindOf(part("header")), buttons: part("buttons")?.buttons ?? [] };
}

function kindOf({ format, type }) {
  return lower(format ?? type ?? "text");
}

function headerParams(type, values) {
  if (type === "text") return values && { type, text_variables: values };
  return type === "location" ? { type, location: values } : { type, ...values };
}

function buttonParams(buttons, values) {
  return Object.entries(values).map(([index, value]) => {
    const button = buttons[index];
    const isReply = lower(button?.type ?? (button?.url || /^https?:/.test(button) ? "url" : "quick_reply"));
    return isReply === "quick_reply"
      ? { index: Number(index), sub_type: "quick_reply", payload: value }
      : { index: Number(index), sub_type: "url", text: value };
  });
}
