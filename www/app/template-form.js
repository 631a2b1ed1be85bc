// The Template tab, prefilled with the order_update of LiveDesk's own page.

import { readButtons, startButtons } from "./template-buttons.js";
import { readHeader, startHeader } from "./template-header.js";
import { readVariables, startVariables } from "./template-variables.js";

export function startTemplate() {
  startVariables({ 1: "John", 2: "shipped" });
  startHeader();
  startButtons([
    { sub_type: "url", value: "track/12345" },
    { sub_type: "quick_reply", value: "OPT_OUT" },
  ]);
}

/** What the Template tab says, as sendTemplate takes it; what is left empty is left out. */
export function readTemplate(form) {
  const { content, name, language, category, footer } = form.elements;
  const params = { name: name.value, language: language.value };
  if (category.value) params.category = category.value;
  const variables = readVariables();
  if (variables) params.processed_params = variables;
  const header = readHeader();
  if (header) params.header_params = header;
  if (footer.value !== "") params.footer_params = { text_variables: { 1: footer.value } };
  const buttons = readButtons();
  if (buttons) params.button_params = buttons;
  return { content: content.value, template_params: params };
}
