// "Hi {name}": a text with the names of columns in it.

import { Refused } from "../refused.js";

/** @typedef {{ text: string } | { column: number }} Part */

/**
 * Reads a pattern once, for all rows. `{{ }}` and `{% %}` stay as they are: LiveDesk fills them.
 *
 * @param {string} pattern
 * @param {(name: string) => number} columnOf where the column of this name is; throws when there is none
 * @returns {Part[]}
 */
export function readPattern(pattern, columnOf) {
  /** @type {Part[]} */
  const parts = [];
  let at = 0;
  while (at < pattern.length) {
    const open = pattern.indexOf("{", at);
    if (open < 0) break;
    const next = pattern.charAt(open + 1);
    const closing = next === "{" ? "}}" : next === "%" ? "%}" : "}";
    const close = pattern.indexOf(closing, open + 1);
    if (close < 0) throw new Refused(`"{" at character ${open + 1} of the text has no "${closing}"`);
    const end = close + closing.length;
    if (closing === "}") {
      parts.push(
        { text: pattern.slice(at, open) },
        { column: columnOf(pattern.slice(open + 1, close).trim()) },
      );
    } else {
      parts.push({ text: pattern.slice(at, end) });
    }
    at = end;
  }
  parts.push({ text: pattern.slice(at) });
  return parts;
}

/**
 * @param {Part[]} parts
 * @param {string[]} cells
 */
export function fill(parts, cells) {
  let text = "";
  for (const part of parts) text += "text" in part ? part.text : (cells[part.column] ?? "");
  return text;
}

/** @param {Part[]} parts */
export function columnsIn(parts) {
  return parts.flatMap((part) => ("column" in part ? [part.column] : []));
}
