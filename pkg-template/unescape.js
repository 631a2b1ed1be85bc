// Text without the escapes that servers put into what they repeat.

/** How often escapes inside of escapes are undone: JSON in JSON in an address is three. */
const LAYERS = 4;
/** JSON's and Ruby's backslashes, an address's percent signs, HTML's entities. */
const ESCAPES =
  /\\u\{([\da-fA-F]{1,6})\}|\\u([\da-fA-F]{4})|((?:%[\da-fA-F]{2})+|(?:\\x[\da-fA-F]{2})+)|\\([nrtbfv])|\\([!-/:-@[-`{-~])|&#[xX]([\da-fA-F]{1,6});|&#(\d{1,7});|&(amp|lt|gt|quot|apos|nbsp);/g;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** The text with its escapes undone, layer by layer, and without characters that nobody sees. */
export function unescaped(text) {
  let plain = text;
  for (let layer = 0; layer < LAYERS; layer += 1) {
    const before = plain;
    plain = before.replace(ESCAPES, meaning);
    if (plain === before) break;
  }
  return plain.normalize("NFC").replace(/\p{Cf}|\ufe0f/gu, "");
}

function meaning(whole, braced, unit, bytes, blank, sign, hex, decimal, name) {
  if (unit) return String.fromCharCode(Number.parseInt(unit, 16));
  if (bytes) return utf8(bytes.match(/[\da-fA-F]{2}/g));
  if (blank) return " ";
  if (sign) return sign;
  if (name) return ENTITIES[name];
  const code = braced || hex ? Number.parseInt(braced ?? hex, 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

function utf8(bytes) {
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)));
}
