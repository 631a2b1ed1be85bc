// What the package found wrong, and where: each issue leads to its field.

import { make } from "./dom.js";

/** The list; an issue's path is a button that goes to the field. */
export function issueList(issues) {
  return make("ul", { className: "issues" }, ...issues.map(item));
}

/** Marks the fields that have an error, and no others. */
export function markFields(issues) {
  for (const field of document.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const { path, severity } of issues) {
    if (severity === "error") fieldOf(path)?.setAttribute("aria-invalid", "true");
  }
}

function item({ path, code, message, severity }) {
  const field = fieldOf(path);
  const shown = field
    ? make("button", { type: "button", className: "path", textContent: path })
    : make("code", { className: "path", textContent: path });
  shown.addEventListener("click", () => field?.focus());
  // The message starts with its path, which stands before it here.
  const sentence = message.startsWith(`${path} `) ? message.slice(path.length + 1) : message;
  return make(
    "li",
    { className: severity },
    shown,
    make("span", { textContent: ` ${sentence} ` }),
    make("small", { textContent: `${severity} · ${code}` }),
  );
}

/** The control of this path, or of the nearest part of the message around it. */
function fieldOf(path) {
  const marked = [...document.querySelectorAll("[data-path]")].filter(
    (element) => element.closest("[hidden]") === null && isWithin(path, element.dataset.path),
  );
  const [nearest] = marked.sort((a, b) => b.dataset.path.length - a.dataset.path.length);
  return nearest?.matches("fieldset") ? nearest.querySelector("input, select") : nearest;
}

function isWithin(path, outer) {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}
