// Unpacks the engine. LZMA makes it a tenth smaller than deflate does, which is more than this file weighs, and
// it needs no stream, so it works wherever JavaScript does. Names are those of the LZMA specification; the
// build packs with lc = 3, lp = 0, pb = 0.

const LITERAL_CONTEXT_BITS = 3;
const STATES = 12;
/** The first state that follows a match rather than a literal. */
const FIRST_MATCH_STATE = 7;
const DISTANCE_SLOTS = 64;
const ALIGN_BITS = 4;
const MIN_MATCH = 2;

/** Orders 32-bit integers as if they had no sign. Those are twice as fast here as numbers above 2^31. */
const isBelow = (one, other) => (one ^ SIGN) < (other ^ SIGN);
const SIGN = 1 << 31;

/** The range decoder: bits by their learnt probabilities. */
function rangeDecoder(source) {
  let at = 1;
  let range = -1;
  let code = 0;
  const shift = () => {
    code = (code << 8) | source[at];
    at += 1;
  };
  const renew = () => {
    if (range >>> 24) return;
    range <<= 8;
    shift();
  };
  while (at < 5) shift();

  /** The next bit, by the probability at an index, which learns from it. */
  const next = (probabilities, index) => {
    const probability = probabilities[index];
    const bound = Math.imul(range >>> 11, probability);
    const bit = isBelow(code, bound) ? 0 : 1;
    if (bit) {
      range = (range - bound) | 0;
      code = (code - bound) | 0;
      probabilities[index] = probability - (probability >> 5);
    } else {
      range = bound;
      probabilities[index] = probability + ((2048 - probability) >> 5);
    }
    renew();
    return bit;
  };

  /** So many bits of equal chances. */
  const direct = (count) => {
    let value = 0;
    for (let index = 0; index < count; index += 1) {
      range >>>= 1;
      const bit = isBelow(code, range) ? 0 : 1;
      if (bit) code = (code - range) | 0;
      value = (value << 1) | bit;
      renew();
    }
    return value;
  };

  /** A number of so many bits, the highest first. */
  const tree = (probabilities, count, from = 0) => {
    let node = 1;
    for (let index = 0; index < count; index += 1) node = (node << 1) | next(probabilities, from + node);
    return node - (1 << count);
  };

  /** A number of so many bits, the lowest first. */
  const reverseTree = (probabilities, count, from = 0) => {
    let node = 1;
    let value = 0;
    for (let index = 0; index < count; index += 1) {
      const bit = next(probabilities, from + node);
      node = (node << 1) | bit;
      value |= bit << index;
    }
    return value;
  };

  return { next, direct, tree, reverseTree };
}

const table = (size) => new Uint16Array(size).fill(1024);

/** Lengths of matches. */
function lengths({ next, tree }) {
  const choice = table(2);
  const low = table(8);
  const middle = table(8);
  const high = table(256);
  return () => {
    if (!next(choice, 0)) return MIN_MATCH + tree(low, 3);
    return MIN_MATCH + (next(choice, 1) ? 16 + tree(high, 8) : 8 + tree(middle, 3));
  };
}

/** How far back matches lie. */
function distances({ direct, tree, reverseTree }) {
  const slots = table(4 * DISTANCE_SLOTS);
  const special = table(128);
  const align = table(1 << ALIGN_BITS);
  return (length) => {
    const slot = tree(slots, 6, DISTANCE_SLOTS * Math.min(length - MIN_MATCH, 3));
    if (slot < 4) return slot;
    const count = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) << count;
    if (slot < 14) return base + reverseTree(special, count, base - slot);
    return base + (direct(count - ALIGN_BITS) << ALIGN_BITS) + reverseTree(align, ALIGN_BITS);
  };
}

/** Single bytes; after a match, the byte it would have gone on with is a hint. */
function literals({ next }) {
  const probabilities = table(0x300 << LITERAL_CONTEXT_BITS);
  return (before, hint) => {
    const from = 0x300 * (before >> (8 - LITERAL_CONTEXT_BITS));
    let node = 1;
    let offset = hint === undefined ? 0 : 0x100;
    for (let byte = hint; node < 0x100 && offset; ) {
      byte *= 2;
      const expected = byte & 0x100;
      const bit = next(probabilities, from + 0x100 + expected + node);
      node = node * 2 + bit;
      if (bit !== expected >> 8) offset = 0;
    }
    while (node < 0x100) node = node * 2 + next(probabilities, from + node);
    return node & 0xff;
  };
}

/** The `size` bytes that were packed into `source`. */
export function unpack(source, size) {
  const bits = rangeDecoder(source);
  const { next } = bits;
  const out = new Uint8Array(size);
  const [isMatch, isRep, isRep0, isRep1, isRep2, isRep0Long] = Array.from({ length: 6 }, () => table(STATES));
  const readLiteral = literals(bits);
  const readLength = lengths(bits);
  const readRepLength = lengths(bits);
  const readDistance = distances(bits);
  /** The last four distances. */
  const reps = [0, 0, 0, 0];
  const readRep = (state) => {
    if (!next(isRep0, state)) return 0;
    if (!next(isRep1, state)) return 1;
    return 2 + next(isRep2, state);
  };
  let state = 0;
  for (let at = 0; at < size; ) {
    const afterMatch = state >= FIRST_MATCH_STATE;
    if (!next(isMatch, state)) {
      out[at] = readLiteral(out[at - 1] ?? 0, afterMatch ? out[at - reps[0] - 1] : undefined);
      at += 1;
      state = state < 4 ? 0 : state - (state < 10 ? 3 : 6);
      continue;
    }
    let length = 1;
    if (next(isRep, state)) {
      const which = readRep(state);
      const isShort = which === 0 && !next(isRep0Long, state);
      reps.unshift(...reps.splice(which, 1));
      if (!isShort) length = readRepLength();
      state = afterMatch ? 11 : isShort ? 9 : 8;
    } else {
      length = readLength();
      reps.unshift(readDistance(length));
      reps.pop();
      state = afterMatch ? 10 : 7;
    }
    for (const end = Math.min(at + length, size); at < end; at += 1) out[at] = out[at - reps[0] - 1];
  }
  return out;
}
