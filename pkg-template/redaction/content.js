// What of a call is content: what a customer is told, and no word of the wire's.

import { readBack } from "./read-back.js";

/**
 * What LiveDesk reads, not the customer, by the field it stands in.
 * @type {Record<string, string[] | undefined>}
 */
const PLAIN = {
  template_params: ["name", "namespace", "language", "category"],
  header_params: ["type"],
  button_params: ["index", "sub_type"],
  attachments: ["type"],
  content_attributes: ["in_reply_to", "in_reply_to_external_id"],
};

/**
/**
 * The texts and numbers in what a caller wrote, `message` and `extra` as snapshots' texts; of a message to retry, most
 * words are LiveDesk's own.
 * @param {import("../types/engine.js").Written} written
 */
export function contentOf({ kind, message, extra }) {
  /** @type {string[]} */
  const values = [];
  const written = readBack(message);
  collect(
    kind === "retry" ? /** @type {{ content?: unknown } | null | undefined} */ (written)?.content : written,
    "",
    values,
  );
  collect(readBack(extra), "", values);
  return values;
}

/**
 * @param {unknown} value
 * @param {string} field
 * @param {string[]} values
 */
function collect(value, field, values) {
  if (typeof value === "string") values.push(value);
  else if (Array.isArray(value)) for (const item of value) collect(item, field, values);
  else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (PLAIN[field]?.includes(key)) continue;
      if (/^(file)?name$/.test(key)) collectName(inner, values);
      else collect(inner, key, values);
    }
  }
}

/**
 * A name; without its extension, should it say more than one word then.
 * @param {unknown} name
 * @param {string[]} values
 */
function collectName(name, values) {
  // Of a path only the last part arrives.
  const own = typeof name === "string" ? name.split(/[/\\]/).findLast(Boolean) : name;
  const [, stem] = /^(.*\P{L}.*)\.\w+$/su.exec(String(own ?? "")) ?? [];
  collect(stem ?? own, "", values);
}
