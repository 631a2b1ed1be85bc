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
 * @param {{ data: { apiKey?: string; apiSecret?: string; kind?: string; message?: unknown; extra?: unknown } }} call
 * @param {string | undefined} authorization
 * @param {string[]} texts
 */
export function redactFor({ data }, authorization, texts) {
  const content = contents.get(data) ?? contentOf(data);
  contents.set(data, content);
  const { apiKey, apiSecret } = data;
  const credentials = [apiKey, apiSecret, authorization].filter((text) => text !== undefined);
  return redact(texts, credentials, content);
}
