// Everything shown is made here, as text: what a customer or a server wrote is never read as HTML.

export function byId(id) {
  return document.getElementById(id);
}

/** An element; `properties` are set as properties, or as attributes where the name has a dash. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== undefined && child !== ""));
  return element;
}

let counter = 0;

/** A labelled input or select; `control` needs no id of its own. */
export function field(label, control) {
  counter += 1;
  control.id ||= `field-${counter}`;
  return make(
    "div",
    { className: "field" },
    make("label", { htmlFor: control.id, textContent: label }),
    control,
  );
}

/** Bytes as people write them. */
export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
