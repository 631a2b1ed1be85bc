// What one call must not repeat, and texts without it.

import { contentOf } from "./content.js";
import { redact } from "./redact.js";

/** Of the calls that are being told their end. */
const contents = new WeakMap();

/** The texts, redacted; `authorization` is the header of the last attempt, if there was one. */
export function redactFor({ data }, authorization, texts) {
  if (!contents.has(data)) contents.set(data, contentOf(data));
  const { apiKey, apiSecret } = data;
  const credentials = [apiKey, apiSecret, authorization].filter(Boolean);
  return redact(texts, credentials, contents.get(data));
}
