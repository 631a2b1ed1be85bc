// What the runtime's own fetch threw, as an error may show it. Node's carry raw bytes of the answer along (`data`),
// or the connection (`socket`), so only what names the failure is copied: class, message, code, system call, frames.

/** How deep a chain of causes goes on, how many members of one, and how much of a text. */
const LINKS = 5;
const MEMBERS = 4;
const TEXT = 500;
const FRAMES = 10;

/**
 * A copy whose every text has gone through `hide`, always in the same order.
 * @param {unknown} thrown
 * @param {(text: string) => string} hide
 * @param {number} [links]
 * @returns {unknown}
 */
export function cleanCopy(thrown, hide, links = LINKS) {
  const shown = (/** @type {unknown} */ value) => hide(String(value).slice(0, TEXT));
  if (typeof thrown === "string") return shown(thrown);
  if (typeof thrown === "function" || typeof thrown === "symbol") return undefined;
  if (typeof thrown !== "object" || thrown === null) return thrown;
  try {
    return copyError(thrown, shown, (inner) => cleanCopy(inner, hide, links - 1), links);
  } catch {
    return new Error("It cannot be read");
  }
}

/**
 * @param {object} thrown
 * @param {(value: unknown) => string} shown
 * @param {(inner: unknown) => unknown} inner
 * @param {number} links
 */
function copyError(thrown, shown, inner, links) {
  const { name, message, code, syscall, cause, errors } = /** @type {Record<string, unknown>} */ (thrown);
  /** @type {Error & Record<string, unknown>} */
  const copy = Object.assign(new Error(shown(message ?? "")));
  const set = (/** @type {string} */ key, /** @type {unknown} */ value) =>
    Object.defineProperty(copy, key, { value, configurable: true, writable: true });
  const prototype = Object.getPrototypeOf(thrown);
  // What a DOMException inherits only works on a real one.
  if (prototype instanceof Error && !String(Reflect.get(prototype, Symbol.toStringTag)).startsWith("DOM")) {
    Object.setPrototypeOf(copy, prototype);
  }
  if (copy.name !== name) set("name", shown(name ?? "Error"));
  set("stack", `${copy.name}: ${copy.message}${framesOf(thrown)}`);
  for (const [key, value] of Object.entries({ code, syscall })) {
    if (typeof value === "string") copy[key] = shown(value);
    else if (typeof value === "number") copy[key] = value;
  }
  if (links > 1 && cause !== undefined) set("cause", inner(cause));
  if (links > 1 && Array.isArray(errors)) set("errors", errors.slice(0, MEMBERS).map(inner));
  return copy;
}

/**
 * Where it was thrown, as V8 writes it behind the message; others write no message, and nothing is known then.
 * @param {{ stack?: unknown; message?: unknown }} thrown
 */
function framesOf({ stack, message }) {
  const text = String(stack);
  const end = text.indexOf(String(message)) + String(message).length;
  const frames = text
    .slice(end)
    .split("\n")
    .slice(1, FRAMES + 1);
  return frames.every((frame) => /^ +at /.test(frame)) ? frames.map((frame) => `\n${frame}`).join("") : "";
}
