// Liquid as upstream's Ruby reads it, which forgives much, written again so that a strict reader takes it:
// {{color:red}} and {{#if x}} are variables that nobody has, {{ {{contact.name}} }} is a name and two braces.

const OPENING = /\{\{|\{%/g;
const TAG_NAME = /^\{%-?\s*(\w+|#)/;
const VARIABLE = /^\{\{(-?)([\s\S]*?)(-?)\}\}$/;
/** A text in quotes, or anything up to a blank, a comma, a pipe or another quote. */
const FRAGMENT = /"[^"]*"|'[^']*'|(?:[^\s,|'"]|"[^"]*"|'[^']*')+/g;
const SEGMENT = /\[[^[\]]*\]|[\w-]+\??/g;
const IDENTIFIER = /^[A-Za-z_][\w-]*\??$/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const RANGE = /^\(\s*([\w.-]+?)\s*\.\.\s*([\w.-]+)\s*\)$/;
/**
 * The blocks that nothing is read in.
 * @type {Record<string, RegExp | undefined>}
 */
const CLOSING = { raw: /\{%-?\s*endraw\s*-?%\}/g, comment: /\{%-?\s*endcomment\s*-?%\}/g };
const NOTHING = "nil";

/**
 * @param {string} source
 * @returns {string | undefined} undefined where Ruby finds a syntax error
 */
export function strictly(source) {
  const pieces = [];
  let position = 0;
  for (;;) {
    OPENING.lastIndex = position;
    const opening = OPENING.exec(source);
    if (!opening) return pieces.join("") + source.slice(position);
    pieces.push(source.slice(position, opening.index));
    const piece = opening[0] === "{{" ? readVariable(source, opening.index) : readTag(source, opening.index);
    if (!piece) return undefined;
    pieces.push(piece.text);
    position = piece.end;
  }
}

/**
 * Ends at the first brace, which has to be two.
 * @param {string} source
 * @param {number} start
 */
function readVariable(source, start) {
  const brace = source.indexOf("}", start);
  if (brace < 0 || source[brace + 1] !== "}") return undefined;
  const end = brace + 2;
  const [, before, markup, after] = VARIABLE.exec(source.slice(start, end)) ?? [];
  // An opening behind a name: no name is finished before it.
  if (markup === undefined || markup.trim().indexOf("{{") > 0) return undefined;
  return { text: `{{${before} ${writeOutput(markup)} ${after}}}`, end };
}

/**
 * @param {string} source
 * @param {number} start
 */
function readTag(source, start) {
  const close = source.indexOf("%}", start + 2);
  if (close < 0) return undefined;
  const tag = source.slice(start, close + 2);
  const closing = CLOSING[String(TAG_NAME.exec(tag)?.[1])];
  if (!closing) return { text: tag, end: close + 2 };
  closing.lastIndex = close + 2;
  const match = closing.exec(source);
  if (!match) return undefined;
  const inside = closing === CLOSING.raw ? source.slice(close + 2, match.index) : "";
  return { text: `${tag}${inside}${match[0]}`, end: closing.lastIndex };
}

/** @param {string} markup */
function writeOutput(markup) {
  const [value, ...filters] = splitAtPipes(markup);
  const written = [writeExpression(value.match(FRAGMENT)?.[0])];
  for (const filter of filters) {
    const name = /\w+/.exec(filter)?.[0];
    if (name === undefined) continue;
    const rest = filter.slice(filter.indexOf(name) + name.length);
    const values = argumentsOf(rest);
    written.push(values.length > 0 ? `${name}: ${values.join(", ")}` : name);
  }
  return written.join(" | ");
}

/**
 * A pipe in quotes is none.
 * @param {string} markup
 */
function splitAtPipes(markup) {
  const parts = [""];
  for (const [piece] of markup.matchAll(/"[^"]*"|'[^']*'|\||[^|"']+|["']/g)) {
    if (piece === "|") parts.push("");
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

/**
 * What follows a colon or a comma.
 * @param {string} rest
 */
function argumentsOf(rest) {
  const colon = rest.indexOf(":");
  if (colon < 0) return [];
  const values = [];
  for (const [, key, value] of rest
    .slice(colon + 1)
    .matchAll(/(?:(\w+)\s*:\s*)?("[^"]*"|'[^']*'|(?:[^\s,|'":]|"[^"]*"|'[^']*')+)/g)) {
    values.push(key === undefined ? writeExpression(value) : `${key}: ${writeExpression(value)}`);
  }
  return values;
}

/**
 * An expression with all that Ruby skips left out.
 * @param {string | undefined} fragment
 * @returns {string}
 */
function writeExpression(fragment) {
  if (fragment === undefined) return NOTHING;
  if (/^(["'])[\s\S]*\1$/.test(fragment) && fragment.length > 1) return fragment.replaceAll("\\", "\\\\");
  // A float without a fraction is printed with one.
  if (NUMBER.test(fragment)) return /\.0+$/.test(fragment) ? `"${fragment.replace(/0+$/, "0")}"` : fragment;
  const range = RANGE.exec(fragment);
  if (range) return `(${writeExpression(range[1])}..${writeExpression(range[2])})`;
  const [name, ...segments] = fragment.match(SEGMENT) ?? [];
  if (name === undefined || !IDENTIFIER.test(name)) return NOTHING;
  const rest = segments.map((segment) => (segment.startsWith("[") ? segment : `["${segment}"]`));
  return `${name}${rest.join("")}`;
}
