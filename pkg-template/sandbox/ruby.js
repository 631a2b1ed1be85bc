// Values as Ruby holds them: what is true, what is blank, and what a column makes of them.

/** What a request gives, by its names. @typedef {Record<string, unknown>} Fields */

/** A float that JavaScript would print as an integer. Other floats and small integers are numbers, large ones bigints. */
export class Float {
  /** @param {number} value */
  constructor(value) {
    this.value = value;
  }
}

/** A file as it was uploaded; `type` is the part's own Content-Type, which a File would write in lower case. */
export class Upload {
  /**
   * @param {File} file
   * @param {string | undefined} type
   */
  constructor(file, type) {
    this.file = file;
    this.type = type;
  }
}

/** Ruby's [[:space:]], which is not JavaScript's \s. */
const BLANK = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/;
const INTEGER = /^\s*([+-]?\d+(?:_\d+)*)/;
/** What a boolean column takes for false. */
const FALSE = [false, 0, "0", "f", "F", "false", "FALSE", "off", "OFF"];
/** @type {Record<string, string>} */
const ESCAPES = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\f": "\\f", "\v": "\\v" };
/** @type {Record<string, string>} */
const MORE_ESCAPES = { "\b": "\\b", "\x07": "\\a", "\x1b": "\\e" };
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what Ruby escapes
const ESCAPED = /["\\\x00-\x1f\x7f]|#(?=[{$@])/g;
const UPLOADED = "#<ActionDispatch::Http::UploadedFile:0x0>";

/**
 * Whether a value is an object with fields: no list, no file, no float.
 * @param {unknown} value
 * @returns {value is Fields}
 */
export function isObject(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !(value instanceof Upload || value instanceof Float);
}

/**
 * Only nil and false are false.
 * @param {unknown} value
 */
export function isTrue(value) {
  return value !== undefined && value !== null && value !== false;
}

/**
 * Nothing, false, an empty or blank text, list or object is not there.
 * @param {unknown} value
 */
export function isPresent(value) {
  if (typeof value === "string") return !BLANK.test(value);
  if (Array.isArray(value)) return value.length > 0;
  return isObject(value) ? Object.keys(value).length > 0 : isTrue(value);
}

/**
 * A field of an object; nothing that every object has counts as one.
 * @param {unknown} object
 * @param {string} name
 */
export function field(object, name) {
  return isObject(object) && Object.hasOwn(object, name) ? object[name] : undefined;
}

/**
 * Sets a field, whatever it is called.
 * @param {object} object
 * @param {string} name
 * @param {unknown} value
 */
export function setField(object, name, value) {
  if (name !== "__proto__") /** @type {Fields} */ (object)[name] = value;
  else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

/**
 * A boolean column's cast: true, false, or null for an empty text.
 * @param {unknown} value
 */
export function castFlag(value) {
  return value === "" ? null : !FALSE.includes(/** @type {string} */ (value));
}

/**
 * An integer column's cast; NaN for what no integer is.
 * @param {unknown} value
 */
export function castInteger(value) {
  if (typeof value === "string") return Number(INTEGER.exec(value)?.[1].replaceAll("_", "") ?? 0);
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "number" || typeof value === "bigint") return Math.trunc(Number(value));
  return value instanceof Float ? value.value : Number.NaN;
}

/**
 * A text column's cast: anything becomes text, and nothing becomes null.
 * @param {unknown} value
 */
export function castText(value) {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return value ? "t" : "f";
  return typeof value === "string" ? value : inspect(value);
}

/**
 * As JSON has it: what a JSON column stores, and what is echoed.
 * @param {unknown} value
 * @returns {unknown}
 */
export function plain(value) {
  if (value instanceof Float) return Number.isFinite(value.value) ? value.value : null;
  if (value instanceof Upload) return UPLOADED;
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  /** @type {Fields} */
  const copy = {};
  for (const name of Object.keys(value)) setField(copy, name, plain(value[name]));
  return copy;
}

/**
 * How Ruby shows a value. Values have few levels: their readers see to that.
 * @param {unknown} value
 * @returns {string}
 */
export function inspect(value) {
  if (value === undefined || value === null) return "nil";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : floatText(value);
  if (value instanceof Float) return floatText(value.value);
  if (value instanceof Upload) return UPLOADED;
  if (Array.isArray(value)) return `[${value.map(inspect).join(", ")}]`;
  if (!isObject(value)) return String(value);
  const pairs = Object.entries(value).map(([name, item]) => `${quoted(name)}=>${inspect(item)}`);
  return `{${pairs.join(", ")}}`;
}

/** @param {string} text */
function quoted(text) {
  const written = (/** @type {string} */ found) =>
    ESCAPES[found] ?? MORE_ESCAPES[found] ?? (found === "#" ? "\\#" : unicode(found));
  return `"${text.replace(ESCAPED, written)}"`;
}

/** @param {string} character */
function unicode(character) {
  const code = character.charCodeAt(0).toString(16).toUpperCase();
  return code === "7F" ? "\\x7F" : `\\u${code.padStart(4, "0")}`;
}

/**
 * With a point always, and with an exponent below 0.0001 and from 1e16 on.
 * @param {number} number
 */
function floatText(number) {
  if (!Number.isFinite(number)) return number > 0 ? "Infinity" : "-Infinity";
  const [digits, power] = number.toExponential().split("e");
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 16) {
    const sign = Object.is(number, -0) ? "-" : "";
    return Number.isInteger(number) ? `${sign}${number}.0` : String(number);
  }
  const mantissa = digits.includes(".") ? digits : `${digits}.0`;
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
