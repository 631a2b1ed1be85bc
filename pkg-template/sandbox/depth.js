// How deep JSON is, asked before it is parsed: of a million levels a parser may make seconds, or overflow its stack.

const [QUOTE, BRACKET, BACKSLASH, BRACKET_END, BRACE, BRACE_END] = '"[\\]{}'
  .split("")
  .map((character) => character.charCodeAt(0));
/** The levels of JSON that Ruby's parser reads. */
const MAX_NESTING = 100;

/**
 * Whether a text has more levels than LiveDesk reads.
 * @param {string} text
 */
export function isTooDeep(text) {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < text.length && depth <= MAX_NESTING; at += 1) {
    const code = text.charCodeAt(at);
    if (isInText && code === BACKSLASH) at += 1;
    else if (code === QUOTE) isInText = !isInText;
    else if (isInText) continue;
    else if (code === BRACKET || code === BRACE) depth += 1;
    else if (code === BRACKET_END || code === BRACE_END) depth -= 1;
  }
  return depth > MAX_NESTING;
}
