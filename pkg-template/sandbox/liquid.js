// Liquid in a message's content, which the real server renders whether the sender meant it or not.
// Variables get sample values; filters do nothing and tags other than raw and comment just disappear.

import { LIQUID_VALUES } from "./people.js";

const OPENING = /`|\{\{|\{%/g;
/** They strip the whitespace around a piece: `{{- name -}}`. */
const DASHES = /^-|-$/g;
const LITERAL = /^(?:"(.*)"|'(.*)'|(\d+))$/s;

/**
 * @param {string} content
 * @returns {string} the rendered content; the content itself when its Liquid is not well-formed
 */
export function renderLiquid(content) {
  let rendered = "";
  let position = 0;
  while (true) {
    OPENING.lastIndex = position;
    const opening = OPENING.exec(content);
    if (!opening) return rendered + content.slice(position);
    rendered += content.slice(position, opening.index);
    const piece = readPiece(content, opening.index, opening[0]);
    if (!piece) return content;
    rendered += piece.text;
    position = piece.end;
  }
}

/** The piece that starts at `start`: what it renders to and where it ends; undefined if it never ends. */
function readPiece(content, start, opening) {
  // Code between backticks is left alone.
  if (opening === "`") {
    const end = content.indexOf("`", start + 1) + 1 || start + 1;
    return { text: content.slice(start, end), end };
  }
  const close = content.indexOf(opening === "{{" ? "}}" : "%}", start + 2);
  if (close < 0) return undefined;
  const end = close + 2;
  const written = content.slice(start + 2, close);
  const inside = written.replace(DASHES, "").trim();
  if (opening === "{{") return { text: evaluate(inside), end };
  return inside === "raw" || inside === "comment" ? readBlock(content, end, inside) : { text: "", end };
}

function readBlock(content, start, name) {
  const closing = new RegExp(`\\{%-?\\s*end${name}\\s*-?%\\}`, "g");
  closing.lastIndex = start;
  const match = closing.exec(content);
  if (!match) return undefined;
  return { text: name === "raw" ? content.slice(start, match.index) : "", end: closing.lastIndex };
}

function evaluate(expression) {
  const name = expression.split("|")[0].trim();
  const literal = LITERAL.exec(name);
  return literal ? (literal[1] ?? literal[2] ?? literal[3]) : (LIQUID_VALUES.get(name) ?? "");
}
