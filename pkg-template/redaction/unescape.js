// Text without the escapes that servers put into what they repeat.

/** How often escapes inside of escapes are undone: JSON in JSON in an address is three. */
const LAYERS = 4;
/** JSON's and Ruby's backslashes, an address's percent signs, HTML's entities. */
const ESCAPES =
  /(?:\\u\{|&#x)([\da-f]{1,6})[};]|\\u([\da-f]{4})|&#(\d{1,7});|((?:(?:%|\\x)[\da-f]{2})+)|(&amp;)|\\[nrtbfv]|&(?:quot|apos|lt|gt|nbsp);/gi;

/**
 * The text with its escapes undone, layer by layer, and without characters that nobody sees or that are none.
 * @param {string} text
 */
export function unescaped(text) {
  let plain = text;
  for (let layer = 0; layer < LAYERS; layer += 1) {
    const before = plain;
    plain = before.replace(/\\+/g, "\\").replace(ESCAPES, meaning);
    if (plain === before) break;
  }
  return plain.normalize("NFC").replace(/\p{Cf}|[\ufffe\uffff]|\ufe0f/gu, "");
}

/**
 * @param {string} whole
 * @param {string | undefined} hex
 * @param {string | undefined} unit
 * @param {string | undefined} decimal
 * @param {string | undefined} bytes
 * @param {string | undefined} amp
 */
function meaning(whole, hex, unit, decimal, bytes, amp) {
  if (bytes) {
    const numbers = Array.from(bytes.matchAll(/[\da-f]{2}/gi), ([byte]) => Number.parseInt(byte, 16));
    return new TextDecoder().decode(Uint8Array.from(numbers));
  }
  const digits = hex ?? unit;
  const code = digits ? Number.parseInt(digits, 16) : Number(decimal);
  if (code <= 0x10ffff) return String.fromCodePoint(code);
  // Of the rest it only counts that no word goes on here.
  return amp ? "&" : decimal || digits ? whole : " ";
}
