// What must not be repeated, should a server echo it.
//
// Credentials are hidden wherever a part of them stands. Of a message its own is hidden: whole values (a name, a
// number), codes, addresses, and stretches of several words, however they are escaped, reflowed or written large.
// Single common words are not: LiveDesk's own sentences are made of them, and its reason has to survive.

import { unescaped } from "./unescape.js";
import { ownPlaces } from "./words.js";

/** So much of a text is looked at and shown; the rest is left away. */
const MAX_TEXT = 4096;
/** When a message holds more characters than this, nothing that a server says about it is repeated. */
const MAX_CONTENT = 1_000_000;
/** Of a credential so many characters in a row are hidden, and a shorter one as a whole. */
export const PART = 12;
/** A credential this short is hidden only where it is a word by itself. */
export const SHORT = 6;
const LONGEST_CREDENTIAL = 65_536;
/** Stand between texts, and for each character that is hidden: no characters of anybody's. */
const BORDER = "\ufffe";
const MARK = "\uffff";
/** All that is hidden in a row, whatever signs stand between. */
const MARKED = /\uffff(?:[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}\ufffe\uffff]*\uffff)*/gu;

/**
 * The texts without what is secret in them, each of at most 4,096 characters. `credentials` and `values` are texts.
 * Takes time in proportion to all of them together.
 * @param {string[]} texts
 * @param {string[]} credentials
 * @param {string[]} values
 * @returns {string[]}
 */
export function redact(texts, credentials, values) {
  const cut = texts.map((text) => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}...` : text));
  const plain = cut.map(unescaped);
  const text = plain.join(BORDER);
  const characters = text.split("");
  const hide = (/** @type {number} */ start, /** @type {number} */ end) => {
    for (let at = start; at < end; at += 1) if (characters[at] !== BORDER) characters[at] = MARK;
  };
  if (values.reduce((sum, value) => sum + value.length, 0) > MAX_CONTENT) hide(0, text.length);
  else for (const [start, end] of ownPlaces(text, values.map(unescaped))) hide(start, end);
  for (const credential of credentials.flatMap(formsOf)) hideCredential(text, hide, credential);
  const shown = characters.join("").split(BORDER);
  // With nothing to hide, what was escaped stays so.
  return cut.map((own, at) => (shown[at] === plain[at] ? own : shown[at].replace(MARKED, "[redacted]")));
}

/**
 * A credential, what stands behind a header's scheme, and the pair that this may be.
 * @param {string} credential
 */
export function formsOf(credential) {
  const value = credential.slice(credential.indexOf(" ") + 1, LONGEST_CREDENTIAL);
  const forms = [credential.slice(0, LONGEST_CREDENTIAL), value];
  try {
    const bytes = Uint8Array.from(atob(value), (character) => character.charCodeAt(0));
    const pair = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const colon = pair.indexOf(":");
    if (colon >= 0) forms.push(pair, pair.slice(0, colon), pair.slice(colon + 1));
  } catch {
    // Not Basic's.
  }
  return forms;
}

/**
 * @param {string} text
 * @param {(start: number, end: number) => void} hide
 * @param {string} credential
 */
function hideCredential(text, hide, credential) {
  const { line, places } = solid(text);
  // What base64 is filled up with says nothing.
  const secret = solid(unescaped(credential)).line.replace(/=+$/, "");
  const length = Math.min(secret.length, PART);
  const parts = new Set();
  for (let at = 0; at + length <= secret.length; at += 1) parts.add(secret.slice(at, at + length));
  for (let at = 0; length > 0 && at + length <= line.length; at += 1) {
    if (!parts.has(line.slice(at, at + length))) continue;
    let last = at + length - 1;
    if (secret.length < SHORT && (isLetter(text[places[at] - 1]) || isLetter(text[places[last] + 1])))
      continue;
    while (line[last + 1] === "=") last += 1;
    hide(places[at], places[last] + 1);
  }
}

const isLetter = (character = "") => /[\p{L}\p{N}]/u.test(character);

/**
 * The characters of credentials, without blanks, as small letters and in one of base64's two alphabets.
 * @param {string} text
 */
export function solid(text) {
  const places = [];
  let line = "";
  for (const { 0: character, index } of text.matchAll(/\S/g)) {
    places.push(index);
    line += character === "+" ? "-" : character === "/" ? "_" : character.toLowerCase()[0];
  }
  return { line, places };
}
