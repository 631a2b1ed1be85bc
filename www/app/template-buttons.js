// The template's two buttons: an open address and a quick reply, or fewer.

import { byId, field, make } from "./dom.js";

const PATH = "template_params.button_params";
const VALUES = { url: "text", quick_reply: "payload" };
const LABELS = { "": "Value", url: "Rest of the address", quick_reply: "Payload" };
let buttons = [];

export function startButtons(prefilled) {
  buttons = prefilled.map(makeButton);
  byId("buttons").replaceChildren(...buttons.map(({ row }) => row));
}

/** `button_params`, or undefined when there is none. Each value learns the path it is sent under. */
export function readButtons() {
  const used = buttons.filter(({ type }) => type.value !== "");
  const params = used.map(({ index, type, value }, position) => {
    const key = VALUES[type.value];
    value.dataset.path = `${PATH}[${position}].${key}`;
    return { index, sub_type: type.value, [key]: value.value };
  });
  return params.length > 0 ? params : undefined;
}

function makeButton(prefilled, index) {
  const type = make(
    "select",
    {},
    make("option", { value: "url", textContent: "Address (url)" }),
    make("option", { value: "quick_reply", textContent: "Quick reply" }),
    make("option", { value: "", textContent: "None" }),
  );
  type.value = prefilled.sub_type;
  const value = make("input", { value: prefilled.value, autocomplete: "off" });
  const valueField = field("", value);
  const show = () => {
    valueField.hidden = type.value === "";
    valueField.firstChild.textContent = LABELS[type.value];
  };
  type.addEventListener("change", show);
  show();
  const row = make("div", { className: "row" }, field(`Button ${index}`, type), valueField);
  return { index, type, value, row };
}
