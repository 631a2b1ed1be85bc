// The Idempotency-Key header: a plain key, or as this package's client writes it, with the store it expects and how
// often it has tried: "<key>";store="<token>";try=<n>. See docs/decisions/idempotency.md.

const PLAIN = /^[\x21\x23-\x7e]{1,255}$/;
const QUOTED = /^"([\x20\x21\x23-\x5b\x5d-\x7e]{1,255})"(?:;store="([\w.-]{1,128})";try=([1-9]\d{0,3}))?$/;

/** `{ name, token?, attempt? }`; undefined when there is no such header, null when it is none. */
export function readKey(headers) {
  const value = headers.get("idempotency-key");
  if (value === null) return undefined;
  const [, name, token, attempt] = QUOTED.exec(value) ?? [];
  if (name !== undefined) return { name, token, attempt: attempt && Number(attempt) };
  return PLAIN.test(value) ? { name: value } : null;
}
