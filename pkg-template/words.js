// The words of a text, what each weighs, and which rows of them are more than a coincidence.

import { COMMON_WORDS } from "./common-words.js";

/**
 * So much, taken together, nobody writes by chance: three words that are not common, or two of them and one that is;
 * seven common ones; seven Han characters; seventeen of kana or Thai.
 */
const ENOUGH = 33;
const COMMON = 5;
const HAN = 5;
const KANA_OR_THAI = 2;
/** A word of so many characters, a digit among them, is a code. */
const CODE_LENGTH = 4;
/** A phone number has so many digits (E.164); the last of them are the same with a country's code and without. */
const PHONE_DIGITS = { least: 7, most: 15 };
const PHONE = /\d(?:[\s()+./-]{0,6}\d){6,}/g;

/** Scripts without blanks, each character of which counts as a word: Thai, Lao, Burmese, Khmer, kana, Han; pictures. */
const DENSE =
  "[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3041-\\u30fa\\u30fc-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\u{1f000}-\\u{3ffff}]";
const FIRST_HAN = 0x3400;
const HAS_DENSE = new RegExp(DENSE, "u");
const PARTS = new RegExp(`(${DENSE})|(?:(?!${DENSE}).)+`, "gsu");
const RUN = /[\p{L}\p{M}\p{N}\u{1f000}-\u{3ffff}]+/gu;

let common;

/** Whether a word, or a row of them, says nothing of anybody's. */
function isCommon(key) {
  common ??= new Set(COMMON_WORDS.match(/\S+/g));
  return common.has(key.replaceAll(" ", ""));
}

/** Tells `each` of every word, where it begins, and whether its script is dense. */
function split(text, each) {
  for (const { 0: run, index } of text.matchAll(RUN)) {
    if (!HAS_DENSE.test(run)) each(run, index, false);
    else for (const part of run.matchAll(PARTS)) each(part[0], index + part.index, part[1] !== undefined);
  }
}

/** The same for the same word, however it is written. An ß has no capital of its own, and an accent may be apart. */
function fold(spelling) {
  return spelling.normalize("NFKC").toUpperCase().toLowerCase();
}

function readWord(folded, dense) {
  const rare = dense || !isCommon(folded);
  const densest = folded.codePointAt(0) >= FIRST_HAN ? HAN : KANA_OR_THAI;
  // Short words meet by chance more often.
  const weight = dense ? densest : rare ? 4 + 3 * Math.min(folded.length, 4) : COMMON;
  return { folded, rare, dense, weight, code: folded.length >= CODE_LENGTH && /\d/.test(folded) };
}

/** Words in a row. */
class Row {
  words = [];
  #capitals = [];
  /** All of them with a blank behind each, and where each begins in that. */
  #line = "";
  #places = [0];

  add(word, spelling) {
    this.words.push(word);
    this.#capitals.push(!word.dense && spelling[0] !== word.folded[0]);
    this.#line += `${word.folded} `;
    this.#places.push(this.#line.length);
  }

  /** The words from one to another, as text that is the same for the same words. */
  key(first, last) {
    return this.#line.slice(this.#places[first], this.#places[last + 1]);
  }

  /** Whether it gives something away: it is more than a few common words. */
  isRare() {
    const { words } = this;
    return words.length * COMMON * 2 >= ENOUGH || (words.some(({ rare }) => rare) && !isCommon(this.#line));
  }

  /**
   * From each word on, the words up to the first that makes them enough; and back from each word. Every row that two
   * texts have in common and that weighs enough is covered by these, from its first word to its last.
   */
  stretches(each) {
    const { words } = this;
    for (let first = 0, end = 0, sum = 0; first < words.length; first += 1) {
      while (sum < ENOUGH && end < words.length) sum += words[end++].weight;
      if (sum < ENOUGH) break;
      each(this.key(first, end - 1), first, end - 1);
      sum -= words[first].weight;
    }
    for (let first = 0, last = 0, sum = 0; last < words.length; last += 1) {
      sum += words[last].weight;
      while (sum - words[first].weight >= ENOUGH) sum -= words[first++].weight;
      if (sum >= ENOUGH) each(this.key(first, last), first, last);
    }
  }

  /** From each word on, every row that is less than enough. */
  shortRows(each) {
    const { words } = this;
    for (let first = 0; first < words.length; first += 1) {
      for (let last = first, sum = words[first].weight; sum < ENOUGH && last < words.length; ) {
        each(this.key(first, last), first, last);
        last += 1;
        sum += words[last]?.weight ?? 0;
      }
    }
  }

  /** Codes, and pairs like Ada Lovelace. */
  names(each) {
    for (const [index, word] of this.words.entries()) {
      const isName = this.#capitals[index] && this.#capitals[index + 1];
      if (word.code) each(this.key(index, index));
      if (isName && word.rare && this.words[index + 1].rare) each(this.key(index, index + 1));
    }
  }
}

/** A text of which something may have to be hidden. */
export class Said {
  /** Every row of words in it that may be somebody's own: what it is, and where it begins and ends. */
  rows = new Map();
  #row = new Row();
  #starts = [];
  #ends = [];
  #vocabulary = new Map();
  /** By spelling: a word of it, or nothing. */
  #known = new Map();

  constructor(text) {
    split(text, (spelling, start, dense) => {
      const folded = fold(spelling);
      if (!this.#vocabulary.has(folded)) this.#vocabulary.set(folded, readWord(folded, dense));
      this.#row.add(this.#vocabulary.get(folded), spelling);
      this.#starts.push(start);
      this.#ends.push(start + spelling.length);
    });
    const note = (key, first, last) => this.#note(key, this.#starts[first], this.#ends[last]);
    this.#row.shortRows((key, first, last) => {
      // One character of a script without blanks is a word only where no other stands beside it.
      if (last > first || !this.#row.words[first].dense || this.#isAlone(first)) note(key, first, last);
    });
    this.#row.stretches(note);
    phones(text, (...phone) => this.#note(...phone));
  }

  #note(key, start, end) {
    const places = this.rows.get(key);
    if (places) places.push(start, end);
    else this.rows.set(key, [start, end]);
  }

  #isAlone(index) {
    return this.#ends[index - 1] !== this.#starts[index] && this.#starts[index + 1] !== this.#ends[index];
  }

  /** The last two words that end before a place: their beginnings and ends. */
  lastWords(place) {
    const last = this.#ends.findLastIndex((end) => end <= place);
    return [last - 1, last].map((index) => [this.#starts[index], this.#ends[index]]);
  }

  /** Tells `each` of every row in a secret that is its own and could be in here; `isWhole` when it is all of a value. */
  own(secret, isWhole, each) {
    let row = new Row();
    let isBroken = false;
    const end = () => {
      row.stretches(each);
      row.names(each);
    };
    split(secret, (spelling) => {
      if (!this.#known.has(spelling)) this.#known.set(spelling, this.#vocabulary.get(fold(spelling)));
      const word = this.#known.get(spelling);
      if (word) return row.add(word, spelling);
      // No row with a word in it that is not in here can be in here.
      isBroken = true;
      end();
      if (row.words.length > 0) row = new Row();
    });
    end();
    if (isWhole && !isBroken && row.isRare()) each(row.key(0, row.words.length - 1));
    phones(secret, each);
  }
}

/** Tells `each` of the last digits of what can be a phone's number, however they are grouped, and where it stands. */
function phones(text, each) {
  const { least, most } = PHONE_DIGITS;
  for (const { 0: group, index } of text.matchAll(PHONE)) {
    const digits = [];
    for (let at = 0; at < group.length; at += 1) {
      if (!/\d/.test(group[at])) continue;
      digits.push(at);
      if (digits.length < least || /\d/.test(group[at + 1])) continue;
      const last = digits.slice(-least);
      // Another number may stand in front of it.
      let start = digits.length > most ? last[0] : 0;
      while (/\d/.test(group[start - 1])) start -= 1;
      each(last.map((place) => group[place]).join(""), index + start, index + at + 1);
    }
  }
}
