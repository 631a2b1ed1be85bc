// The body's variables: a list of names (or positions) and values.

import { byId, make } from "./dom.js";

const PATH = "template_params.processed_params";
const list = byId("variables");

export function startVariables(values) {
  for (const [key, value] of Object.entries(values)) addRow(key, value);
  byId("add-variable").addEventListener("click", () => {
    addRow(String(rows().length + 1), "").value.focus();
  });
}

/** `{ "1": "John" }`, or undefined when there is none. */
export function readVariables() {
  const pairs = rows().map(({ key, value }) => [key.value, value.value]);
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}

function rows() {
  return [...list.children].map((row) => {
    const [key, value] = row.querySelectorAll("input");
    return { key, value };
  });
}

function addRow(name, text) {
  const key = make("input", { value: name, autocomplete: "off", className: "key", "aria-label": "Variable" });
  const value = make("input", { value: text, autocomplete: "off" });
  const remove = make("button", { type: "button", className: "link", textContent: "Remove" });
  const row = make("div", { className: "variable" }, key, value, remove);
  key.addEventListener("input", label);
  remove.addEventListener("click", () => {
    row.remove();
    label();
    byId("add-variable").focus();
  });
  list.append(row);
  label();
  return { key, value };
}

/** Names each row after its variable, and refuses a name given twice: one of the values would be lost. */
function label() {
  const names = rows().map(({ key }) => key.value);
  for (const { key, value } of rows()) {
    const name = key.value;
    const twice = names.filter((other) => other === name).length > 1;
    key.setCustomValidity(twice ? `There are two variables ${name}` : "");
    value.setAttribute("aria-label", `Value of variable ${name}`);
    value.dataset.path = /^[a-z_]\w*$/i.test(name) ? `${PATH}.${name}` : `${PATH}[${JSON.stringify(name)}]`;
    value.parentElement.lastChild.setAttribute("aria-label", `Remove variable ${name}`);
  }
}
