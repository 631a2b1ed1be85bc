// Comma-separated values as RFC 4180 and spreadsheets write them, read in pieces: a large file takes no more memory.

import { createReadStream } from "node:fs";
import { Refused } from "../refused.js";

/** In characters; what the client takes in one message. */
const LONGEST_RECORD = 4_194_304;
const MOST_CELLS = 1_000;
/** Spreadsheets of countries with a decimal comma write semicolons. */
const DELIMITERS = [",", ";", "\t"];
const QUOTE = '"';

/** @typedef {{ row: number, cells: string[] }} CsvRecord */

/**
 * Every record, the header too, `row` as a spreadsheet numbers it: the header is 1. Lines without anything are left out.
 *
 * @param {string} path
 * @param {string} [delimiter] default: what the header has most of
 * @returns {AsyncGenerator<CsvRecord>}
 */
export async function* readCsv(path, delimiter) {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  /** @type {Parser | undefined} */
  let parser;
  for await (const bytes of createReadStream(path)) {
    const text = decode(decoder, bytes);
    parser ??= new Parser(delimiter ?? delimiterOf(text));
    yield* parser.push(text);
  }
  const rest = decode(decoder);
  if (parser) yield* parser.push(rest);
  if (parser) yield* parser.end();
}

/**
 * @param {TextDecoder} decoder
 * @param {Uint8Array} [bytes] none at the end
 */
function decode(decoder, bytes) {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch {
    throw new Refused("the file is not UTF-8: save it as `CSV UTF-8`");
  }
}

/** @param {string} text its beginning */
function delimiterOf(text) {
  const counts = new Map(DELIMITERS.map((delimiter) => [delimiter, 0]));
  let isQuoted = false;
  for (const char of text) {
    if (char === QUOTE) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (char === "\n" || char === "\r") break;
    else if (counts.has(char)) counts.set(char, (counts.get(char) ?? 0) + 1);
  }
  const [[most]] = [...counts].sort(([, a], [, b]) => b - a);
  return most;
}

class Parser {
  #delimiter;
  #row = 1;
  /** @type {string[]} */
  #cells = [];
  #cell = "";
  #length = 0;
  /** @type {"start" | "plain" | "quoted" | "closed"} */
  #state = "start";
  #afterReturn = false;

  /** @param {string} delimiter */
  constructor(delimiter) {
    this.#delimiter = delimiter;
  }

  /**
   * @param {string} text
   * @returns {Generator<CsvRecord>}
   */
  *push(text) {
    let at = 0;
    while (at < text.length) {
      const end = this.#endOfRun(text, at);
      if (end > at) {
        this.#add(text.slice(at, end));
        at = end;
        continue;
      }
      const record = this.#special(text.charAt(at));
      at += 1;
      if (record) yield record;
    }
  }

  /** @returns {Generator<CsvRecord>} the last record, where no line break ends it */
  *end() {
    if (this.#state === "quoted") throw this.#wrong("a quoted cell does not end");
    if (this.#state === "start" && this.#cells.length === 0) return;
    const record = this.#endRecord();
    if (record) yield record;
  }

  /**
   * How far the text goes on without anything that has a meaning.
   *
   * @param {string} text
   * @param {number} from
   */
  #endOfRun(text, from) {
    if (this.#state === "closed") return from;
    let at = from;
    while (at < text.length) {
      const char = text.charAt(at);
      const ends =
        this.#state === "quoted"
          ? char === QUOTE
          : char === this.#delimiter ||
            char === "\n" ||
            char === "\r" ||
            (char === QUOTE && this.#state === "start" && at === from);
      if (ends) break;
      at += 1;
    }
    return at;
  }

  /** @param {string} text */
  #add(text) {
    this.#afterReturn = false;
    this.#length += text.length;
    if (this.#length > LONGEST_RECORD) {
      throw this.#wrong(
        `it has more than ${LONGEST_RECORD.toLocaleString("en")} characters; is a quote missing?`,
      );
    }
    this.#cell += text;
    if (this.#state === "start") this.#state = "plain";
  }

  /**
   * @param {string} char
   * @returns {CsvRecord | undefined}
   */
  #special(char) {
    const afterReturn = this.#afterReturn;
    this.#afterReturn = false;
    if (char === QUOTE) {
      if (this.#state === "closed") this.#cell += QUOTE;
      this.#state = this.#state === "quoted" ? "closed" : "quoted";
      return undefined;
    }
    if (char === this.#delimiter) {
      this.#endCell();
      return undefined;
    }
    if (char === "\n" && afterReturn) return undefined;
    if (char !== "\n" && char !== "\r") throw this.#wrong("something stands behind a closing quote");
    this.#afterReturn = char === "\r";
    return this.#endRecord();
  }

  #endCell() {
    this.#cells.push(this.#cell);
    this.#cell = "";
    this.#state = "start";
    if (this.#cells.length > MOST_CELLS) {
      throw this.#wrong(`it has more than ${MOST_CELLS.toLocaleString("en")} cells`);
    }
  }

  /** @returns {CsvRecord | undefined} */
  #endRecord() {
    const isBlank = this.#cells.length === 0 && this.#state === "start";
    this.#endCell();
    const record = { row: this.#row, cells: this.#cells };
    this.#row += 1;
    this.#cells = [];
    this.#length = 0;
    return isBlank ? undefined : record;
  }

  /** @param {string} what */
  #wrong(what) {
    return new Refused(`row ${this.#row} cannot be read: ${what}`);
  }
}
