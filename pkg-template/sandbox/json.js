// JSON as Ruby reads it: comments pass, lone surrogates and NaN do not, and 1.0 is not 1.

import { Float, setField } from "./ruby.js";

/** The levels that Ruby's parser reads. */
const MAX_NESTING = 100;
const BLANKS = " \t\r\n";
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: no text may hold one
const STOP = /["\\\x00-\x1f]/g;
const LONE_SURROGATE = /\p{Surrogate}/u;
/** @type {Record<string, string | undefined>} */
const ESCAPES = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
/**
 * How comments begin and end.
 * @type {Record<string, string | undefined>}
 */
const COMMENTS = { "/*": "*/", "//": "\n" };
const WORDS = { true: true, false: false, null: null };

/**
 * @param {string} text
 * @returns {unknown} throws a SyntaxError for what Ruby does not read
 */
export function parseJson(text) {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.skip();
  if (reader.at < text.length) fail();
  return value;
}

/** @returns {never} */
function fail() {
  throw new SyntaxError("unexpected token");
}

class Reader {
  at = 0;
  #text;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  /** Blanks and comments. */
  skip() {
    for (;;) {
      while (this.at < this.#text.length && BLANKS.includes(this.#text[this.at])) this.at += 1;
      if (this.#text[this.at] !== "/") return;
      const opening = this.#text.slice(this.at, this.at + 2);
      const closing = COMMENTS[opening];
      if (closing === undefined) return;
      const end = this.#text.indexOf(closing, this.at + 2);
      // A line may end with the text, any other comment may not.
      if (end < 0 && opening === "/*") fail();
      this.at = end < 0 ? this.#text.length : end + closing.length;
    }
  }

  /** @param {number} depth */
  value(depth) {
    this.skip();
    const first = this.#text[this.at];
    if (first === '"') return this.#string();
    if (first === "[" || first === "{") {
      if (depth >= MAX_NESTING) fail();
      return first === "[" ? this.#list(depth + 1) : this.#object(depth + 1);
    }
    return first === "-" || (first >= "0" && first <= "9") ? this.#number() : this.#word();
  }

  /** @param {number} at */
  #moveTo(at) {
    this.at = at;
    return true;
  }

  /**
   * Whether that character comes next; if so, it is read.
   * @param {string} character
   */
  #takes(character) {
    this.skip();
    return this.#text[this.at] === character && this.#moveTo(this.at + 1);
  }

  /** @param {number} depth */
  #list(depth) {
    /** @type {unknown[]} */
    const list = [];
    this.at += 1;
    if (this.#takes("]")) return list;
    do list.push(this.value(depth));
    while (this.#takes(","));
    return this.#takes("]") ? list : fail();
  }

  /** @param {number} depth */
  #object(depth) {
    const object = {};
    this.at += 1;
    if (this.#takes("}")) return object;
    do {
      this.skip();
      if (this.#text[this.at] !== '"') fail();
      const name = this.#string();
      if (!this.#takes(":")) fail();
      setField(object, name, this.value(depth));
    } while (this.#takes(","));
    return this.#takes("}") ? object : fail();
  }

  #word() {
    for (const [word, value] of Object.entries(WORDS)) {
      if (this.#text.startsWith(word, this.at) && this.#moveTo(this.at + word.length)) return value;
    }
    return fail();
  }

  #number() {
    NUMBER.lastIndex = this.at;
    const [written, fraction, exponent] = NUMBER.exec(this.#text) ?? fail();
    this.at += written.length;
    // 01 and 1.x are no numbers, and nothing else may follow one.
    if (/[\w.+-]/.test(this.#text[this.at] ?? "")) fail();
    const number = Number(written);
    if (fraction === undefined && exponent === undefined) {
      return Number.isSafeInteger(number) ? number : bigInteger(written);
    }
    return Number.isInteger(number) || !Number.isFinite(number) ? new Float(number) : number;
  }

  #string() {
    const pieces = [];
    let hasCodes = false;
    let start = this.at + 1;
    for (;;) {
      STOP.lastIndex = start;
      const stop = STOP.exec(this.#text) ?? fail();
      pieces.push(this.#text.slice(start, stop.index));
      this.at = stop.index + 1;
      if (stop[0] === '"') break;
      if (stop[0] !== "\\") fail();
      const escaped = this.#text[this.at] ?? fail();
      if (escaped < " ") fail();
      if (escaped === "u") hasCodes = true;
      pieces.push(escaped === "u" ? this.#code() : (ESCAPES[escaped] ?? escaped));
      this.at += 1;
      start = this.at;
    }
    const string = pieces.join("");
    return hasCodes && LONE_SURROGATE.test(string) ? fail() : string;
  }

  /** Leaves the reader at the last digit. */
  #code() {
    const digits = this.#text.slice(this.at + 1, this.at + 5);
    if (!/^[\da-f]{4}$/i.test(digits)) fail();
    this.at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }
}

/** Above this many digits nobody means a number, and reading one takes more than linear time. */
const MOST_DIGITS = 1000;

/** @param {string} written */
function bigInteger(written) {
  return written.length > MOST_DIGITS ? new Float(Number(written)) : BigInt(written);
}
