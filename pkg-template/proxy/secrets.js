// What LiveDesk answers, without the credentials, should it or something on the way repeat them.

import { formsOf, PART, SHORT, solid } from "../redaction/redact.js";
import { unescaped } from "../redaction/unescape.js";

const HIDDEN = "[redacted]";
/** JSON that is nested deeper is no answer of LiveDesk's. */
const LEVELS = 64;

export class Secrets {
  /**
   * Parts of credentials by their length.
   * @type {Map<number, Set<string>>}
   */
  #parts = new Map();

  /** @param {string[]} credentials */
  constructor(credentials) {
    for (const form of new Set(credentials.flatMap(formsOf))) {
      const secret = solid(unescaped(form)).line.replace(/=+$/, "");
      const length = Math.min(secret.length, PART);
      if (length === 0) continue;
      if (!this.#parts.has(length)) this.#parts.set(length, new Set());
      for (let at = 0; at + length <= secret.length; at += 1) {
        this.#parts.get(length)?.add(secret.slice(at, at + length));
      }
    }
  }

  /**
   * A header's value, or null when a credential is in it.
   * @param {string | null} value
   */
  header(value) {
    return value !== null && this.#hide(value) === undefined ? value : null;
  }

  /**
   * The body; JSON stays JSON. Takes time in proportion to it.
   * @param {string} text
   * @param {boolean} isJson
   */
  body(text, isJson) {
    if (this.#hide(text) === undefined) return text;
    if (!isJson) return HIDDEN;
    try {
      const clean = JSON.stringify(this.#walk(JSON.parse(text), LEVELS));
      // What is split over several values is not worth to be told from what is not.
      if (this.#hide(clean) === undefined) return clean;
    } catch {
      // No JSON after all.
    }
    return JSON.stringify({ error: HIDDEN });
  }

  /**
   * @param {unknown} value
   * @param {number} levels
   * @returns {unknown}
   */
  #walk(value, levels) {
    if (typeof value === "string") return this.#hide(value) ?? value;
    if (typeof value !== "object" || value === null) return value;
    if (levels === 0) return HIDDEN;
    if (Array.isArray(value)) return value.map((item) => this.#walk(item, levels - 1));
    const entries = Object.entries(value).map(([key, item]) => [
      this.#hide(key) ?? key,
      this.#walk(item, levels - 1),
    ]);
    return Object.fromEntries(entries);
  }

  /**
   * The text with what is hidden in it, or undefined when nothing had to be.
   * @param {string} text
   */
  #hide(text) {
    const plain = unescaped(text);
    const { line, places } = solid(plain);
    /** @type {[start: number, end: number][]} */
    const spans = [];
    for (const [length, parts] of this.#parts) {
      for (let at = 0; at + length <= line.length; at += 1) {
        if (!parts.has(line.slice(at, at + length))) continue;
        const [start, end] = [places[at], places[at + length - 1] + 1];
        if (length >= SHORT || !(isLetter(plain[start - 1]) || isLetter(plain[end])))
          spans.push([start, end]);
      }
    }
    return spans.length > 0 ? without(plain, spans) : undefined;
  }
}

const isLetter = (character = "") => /[\p{L}\p{N}]/u.test(character);

/**
 * @param {string} text
 * @param {[start: number, end: number][]} spans
 */
function without(text, spans) {
  spans.sort(([a], [b]) => a - b);
  let clean = "";
  let from = 0;
  for (const [start, end] of spans) {
    if (start > from || from === 0) clean += `${text.slice(from, start)}${HIDDEN}`;
    from = Math.max(from, end);
  }
  return clean + text.slice(from);
}
