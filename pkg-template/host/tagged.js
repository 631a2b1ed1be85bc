// What crosses into the engine, as one text: each value begins with a letter that says what it is, and words are
// counted, not quoted. `src/data/tagged.rs` reads it, and says what each letter means.
//
// It is in a page's first load; what only a call needs of it is in `records.js`.

const bits = new DataView(new ArrayBuffer(8));

/** Words behind their letter and their length. @param {string} letter @param {string} words */
const counted = (letter, words) => `${letter}${words.length};${words}`;
/** @param {string} words */
export const text = (words) => counted("s", words);
/** @param {number} count @param {string} items */
export const list = (count, items) => `[${count};${items}`;
/** @param {number} count @param {string} fields */
export const object = (count, fields) => `{${count};${fields}`;
/** @param {string} name @param {string} value */
export const field = (name, value) => counted("", name) + value;
/** Something JSON cannot carry. @param {string} what */
export const foreign = (what) => counted("x", what);
/** @param {number} index @param {number} size @param {string} type @param {string | undefined} name */
export const binary = (index, size, type, name) => counted(`b${index};${size};`, type) + plain(name);

/** @param {number} value */
export function number(value) {
  if (Number.isSafeInteger(value)) return value < 0 ? `m${-value};` : `i${value};`;
  bits.setFloat64(0, value);
  return `d${bits.getUint32(0)};${bits.getUint32(4)};`;
}

/** A bigint between -2^53 and 2^63. @param {bigint} value */
export const bigint = (value) => (value < 0n ? `m${-value};` : `i${value};`);

/** A value that is no object; undefined for what is none of these. @param {unknown} value */
export function plain(value) {
  switch (typeof value) {
    case "string":
      return text(value);
    case "number":
      return number(value);
    case "boolean":
      return value ? "t" : "f";
    default:
      return value === null ? "n" : "u";
  }
}
