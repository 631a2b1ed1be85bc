// What one call must not repeat, and texts without it.

import { contentOf } from "./content.js";
import { redact } from "./redact.js";

/**
 * Of the calls that are being told their end.
 * @type {WeakMap<object, string[]>}
 */
const contents = new WeakMap();

/**
 * The texts, redacted; `authorization` is the header of the last attempt, if there was one.
 * @param {{ secrets: (string | undefined)[]; written: import("../types/engine.js").Written }} call
 * @param {string | undefined} authorization
 * @param {string[]} texts
 */
export function redactFor(call, authorization, texts) {
  if (!contents.has(call)) contents.set(call, contentOf(call.written));
  const credentials = /** @type {string[]} */ ([...call.secrets, authorization].filter(Boolean));
  return redact(texts, credentials, /** @type {string[]} */ (contents.get(call)));
}
