// The words of a text, and which of them are a message's own rather than a coincidence.

import { COMMON_WORDS } from "./common-words.js";

/**
 * So much, taken together, nobody writes by chance. A common word weighs 1, any other as much as it has letters, but
 * at most 3. So it takes three words that are not common, or two of them and one that is, or seven Han characters.
 */
const ENOUGH = 7;
const HEAVIEST = 3;
/** What a character of kana or Thai weighs, say. */
const SYLLABLE = 0.4;
/** How many words in a row are looked for in a message. */
const ROW = 3;
/** The most words of a value that is hidden as a whole; a longer one is a stretch. */
const MOST_WHOLE = 18;
/** A word of so many characters, a digit among them, is a code. */
const CODE_LENGTH = 3;

const SYLLABLES = "\\p{sc=Hira}\\p{sc=Kana}\u30fc\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmr}\\p{sc=Mymr}";
/** Scripts without blanks, each character of which counts as a word; pictures; and what stands between texts. */
const DENSE = `[${SYLLABLES}\\p{sc=Han}\\p{Extended_Pictographic}\ufffe]`;

/**
 * Made when a text is redacted first: to read so many properties of characters takes a process a millisecond.
 * @type {RegExp | undefined}
 */
let isSyllable;
/** @type {RegExp | undefined} */
let pattern;
/** @type {Set<string> | undefined} */
let common;

function anyWord() {
  pattern ??= new RegExp(`${DENSE}|(?:(?!${DENSE})[\\p{L}\\p{M}\\p{N}]){1,64}`, "gu");
  return pattern;
}

/**
 * Whether a word says nothing of anybody's.
 * @param {string} word
 */
function isCommon(word) {
  common ??= new Set(COMMON_WORDS.match(/\S+/g));
  return common.has(word);
}

/** @param {string} word */
function weigh(word) {
  isSyllable ??= new RegExp(`^[${SYLLABLES}]`, "u");
  if (isSyllable.test(word)) return SYLLABLE;
  return isCommon(word) ? 1 : Math.min(word.length, HEAVIEST);
}

/**
 * The words, the same however they are written. An ß has no capital of its own, and an accent may be apart.
 * @param {string} text
 * @returns {string[]}
 */
function wordsOf(text) {
  return text.normalize("NFKC").toUpperCase().toLowerCase().match(anyWord()) ?? [];
}

/** Three words in a row, or nothing where they are not so many any more. */
const rowOf = (/** @type {string[]} */ words, /** @type {number} */ at) =>
  at + ROW > words.length ? undefined : `${words[at]} ${words[at + 1]} ${words[at + 2]}`;
const isCode = (/** @type {string} */ word) => word.length >= CODE_LENGTH && /\d/.test(word);

/**
 * What is whole by itself within a value: addresses, and names like Ada Lovelace.
 * @param {string} value
 */
function wholesOf(value) {
  const pieces = value.split(/\s+/);
  const names = pieces.map((piece, at) => `${piece} ${pieces[at + 1]}`);
  return [
    ...pieces.filter((piece) => /[@/'’]|\d[.,]\d/.test(piece)),
    ...names.filter((name) => /^\p{Lu}\p{L}+ \p{Lu}\p{L}/u.test(name)),
  ];
}

/**
 * Where in the text the values' own words stand, as pairs of beginning and end.
 * @param {string} text
 * @param {string[]} values
 */
export function ownPlaces(text, values) {
  const places = Array.from(text.matchAll(anyWord()), ({ 0: word, index }) => [index, index + word.length]);
  const words = places.map(([start, end]) => wordsOf(text.slice(start, end)).join(" "));
  /** The text's rows of words, and whether a value has them; and what is hidden as it is, a blank behind each word. */
  const rows = new Map(words.slice(ROW - 1).map((_, at) => [rowOf(words, at), false]));
  const wholes = new Set();
  for (const value of values) {
    const said = wordsOf(value);
    for (const [at, word] of said.entries()) {
      if (isCode(word)) wholes.add(`${word} `);
      const key = rowOf(said, at);
      if (rows.has(key)) rows.set(key, true);
    }
    for (const own of [said, ...wholesOf(value).map(wordsOf)]) {
      const isRare = own.length > ROW || !(own.every(isCommon) || isCommon(own.join("")));
      if (isRare && own.length <= MOST_WHOLE) wholes.add(`${own.join(" ")} `);
    }
  }
  /** @type {[number, number][]} */
  const found = [];
  const find = (/** @type {number} */ start, /** @type {number} */ end) =>
    found.push([places[start][0], places[end - 1][1]]);
  const isOwn = (/** @type {number} */ at) => rows.get(rowOf(words, at));
  for (let at = 0, end = 0; at < words.length; at += 1) {
    for (let last = at, key = ""; last < Math.min(at + MOST_WHOLE, words.length); last += 1) {
      key += `${words[last]} `;
      if (wholes.has(key)) find(at, last + 1);
    }
    // Every row but the first of a stretch adds one word to it.
    if (at + ROW <= end || !isOwn(at)) continue;
    end = at + ROW;
    while (isOwn(end - ROW + 1)) end += 1;
    const weight = words.slice(at, end).reduce((sum, word) => sum + weigh(word), 0);
    if (weight >= ENOUGH) find(at, end);
  }
  return found;
}
