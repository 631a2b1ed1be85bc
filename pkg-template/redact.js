// What must not be repeated, should a server echo it.
//
// Credentials are hidden wherever a part of them stands. Of a message its own is hidden: whole values (a name, a
// number), codes, addresses, and stretches of several words, however they are escaped, reflowed or written large.
// Single common words are not: LiveDesk's own sentences are made of them, and its reason has to survive.

import { unescaped } from "./unescape.js";
import { Said } from "./words.js";

const HIDDEN = "[redacted]";
/** So much of a text is looked at and shown; the rest is left away. */
const MAX_TEXT = 4096;
/** When a message holds more characters than this, nothing that a server says about it is repeated. */
const MAX_CONTENT = 1_000_000;
/** A message is read in pieces of so many characters, which overlap, so that a long one takes little memory. */
const PIECE = 16_384;
const OVERLAP = 1024;
/** Of a credential so many characters in a row are hidden, and a shorter one as a whole. */
const PART = 12;
/** A credential this short is hidden only where it is a word by itself. */
const SHORT = 6;
const LONGEST_CREDENTIAL = 65_536;
/** Stands between texts that are looked at together; a picture of nobody's, so that no row of words goes over it. */
const BORDER = "\u{3fffd}";

/**
 * The texts without what is secret in them, each of at most 4,096 characters. `credentials` and `values` are texts.
 * Takes time in proportion to all of them together.
 */
export function redact(texts, credentials, values) {
  const cut = texts.map((text) => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}...` : text));
  const plain = cut.map((text) => clean(unescaped(text)));
  const text = plain.join(BORDER);
  const hidden = new Uint8Array(text.length);
  if (values.reduce((sum, value) => sum + value.length, 0) > MAX_CONTENT) hidden.fill(1);
  else hideContent(text, hidden, values);
  for (const credential of credentials.flatMap(formsOf)) hideCredential(text, hidden, credential);
  let start = 0;
  return plain.map((own, index) => {
    const part = hidden.subarray(start, start + own.length);
    start += own.length + BORDER.length;
    // With nothing to hide, what was escaped stays so.
    return part.includes(1) ? shown(own, part) : cut[index];
  });
}

function clean(text) {
  return text.replaceAll(BORDER, "");
}

/** What of the text may be the message's own is noted, looked for in the message, and hidden where it was found. */
function hideContent(text, hidden, values) {
  const said = new Said(text);
  if (said.rows.size === 0) return;
  const hide = (key) => {
    const places = said.rows.get(key) ?? [];
    for (let at = 0; at < places.length; at += 2) hidden.fill(1, places[at], places[at + 1]);
    said.rows.delete(key);
  };
  for (const value of values)
    eachPart(clean(value), (part, isWhole) => said.own(unescaped(part), isWhole, hide));
  hideBrokenOff(text, hidden, said);
}

/** Pieces of a value, and what is whole by itself: the value, and the addresses in it. */
function eachPart(value, each) {
  for (let from = 0; from === 0 || from + OVERLAP < value.length; from += PIECE - OVERLAP) {
    const piece = value.slice(from, from + PIECE);
    each(piece, piece === value);
    if (!/[@/]/.test(piece)) continue;
    for (const word of piece.split(/\s+/)) {
      if (/[@/]/.test(word) && word !== value) each(word, true);
    }
  }
}

/** A word that was cut in its middle is not known for what it is: hidden where it ends a hidden stretch. */
function hideBrokenOff(text, hidden, said) {
  for (const { index } of text.matchAll(/(?:\.\.\.|…)\W{0,9}(?=\u{3fffd}|$)/gu)) {
    const [[, before], [start, end]] = said.lastWords(index);
    if (hidden[before - 1]) hidden.fill(1, start, end);
  }
}

/** A credential, what stands behind a header's scheme, and the pair that this may be. */
function formsOf(credential) {
  const value = credential.slice(credential.indexOf(" ") + 1);
  const forms = [credential, value];
  try {
    const bytes = Uint8Array.from(atob(value.trim()), (character) => character.charCodeAt(0));
    const pair = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const colon = pair.indexOf(":");
    if (colon >= 0) forms.push(pair, pair.slice(0, colon), pair.slice(colon + 1));
  } catch {
    // Not Basic's.
  }
  return forms;
}

function hideCredential(text, hidden, credential) {
  const { line, places } = solid(text);
  // What base64 is filled up with says nothing.
  const secret = solid(unescaped(credential.slice(0, LONGEST_CREDENTIAL))).line.replace(/=+$/, "");
  const length = Math.min(secret.length, PART);
  const parts = new Set();
  for (let at = 0; length > 0 && at + length <= secret.length; at += 1)
    parts.add(secret.slice(at, at + length));
  for (let at = 0; at + length <= line.length && parts.size > 0; at += 1) {
    if (!parts.has(line.slice(at, at + length))) continue;
    let last = at + length - 1;
    if (secret.length < SHORT && !isAlone(text, places[at], places[last])) continue;
    while (line[last + 1] === "=") last += 1;
    hidden.fill(1, places[at], places[last] + 1);
  }
}

/** The characters of credentials, without blanks, as small letters and in one of base64's two alphabets. */
function solid(text) {
  const places = [];
  let line = "";
  for (let at = 0; at < text.length; at += 1) {
    const small = text[at].toLowerCase();
    if (/\s/.test(small)) continue;
    places.push(at);
    line += small === "+" ? "-" : small === "/" ? "_" : small[0];
  }
  return { line, places };
}

/** Whether no word goes on before or behind. */
function isAlone(text, first, last) {
  return (
    !/[\p{L}\p{N}]$/u.test(text.slice(0, first).slice(-2)) && !/^[\p{L}\p{N}]/u.test(text.slice(last + 1))
  );
}

/** The text with one word in place of all that is hidden in a row, whatever signs stand between. */
function shown(text, hidden) {
  let marked = "";
  let kept = 0;
  for (let at = hidden.indexOf(1); at >= 0; at = hidden.indexOf(1, kept)) {
    const between = text.slice(kept, at);
    if (kept === 0 || /[\p{L}\p{N}\u{1f000}-\u{3ffff}]/u.test(between)) marked += between + HIDDEN;
    kept = hidden.indexOf(0, at);
    if (kept < 0) return marked;
  }
  return marked + text.slice(kept);
}
