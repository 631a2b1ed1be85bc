// The Idempotency-Key header: a plain key, or as this package's client writes it, with the store it expects and how
// often it has tried: "<key>";store="<token>";try=<n>. See docs/decisions/idempotency.md.

/**
 * @typedef {object} Key
 * @property {string} name
 * @property {string | undefined} [token] what the store was when the client began
 * @property {number | undefined} [attempt] which request of the call it is, from 1
 */

const PLAIN = /^[\x21\x23-\x7e]{1,255}$/;
const QUOTED = /^"([\x20\x21\x23-\x5b\x5d-\x7e]{1,255})"(?:;store="([\w.-]{1,128})";try=([1-9]\d{0,3}))?$/;

/**
 * `{ name, token?, attempt? }`; undefined when there is no such header, null when it is none.
 * @param {Headers} headers
 * @returns {Key | null | undefined}
 */
export function readKey(headers) {
  const value = headers.get("idempotency-key");
  if (value === null) return undefined;
  const [, name, token, attempt] = QUOTED.exec(value) ?? [];
  if (name !== undefined) return { name, token, attempt: attempt ? Number(attempt) : undefined };
  return PLAIN.test(value) ? { name: value } : null;
}
