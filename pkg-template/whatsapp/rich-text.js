// WhatsApp's marks in a text (`*bold*`, `_italic_`, `~strike~`, code, lists, quotes) as a tree, so that a page needs no
// HTML of anybody's.
//
// A mark opens before anything but a blank and closes behind anything but a blank, on the same line, and neither may
// touch a letter or digit outside: `2*3*4` and `snake_case_name` stay as they are. Meta documents the marks, not these
// edges, which are as its apps behave. Lists and quotes begin a line.

const FENCE = "```";
const MARKS = { "*": "bold", _: "italic", "~": "strike", "`": "code" };
/** Thai and others write vowels as marks on letters. */
const WORD_BEFORE = /[\p{L}\p{M}\p{N}]$/u;
const WORD_AFTER = /^[\p{L}\p{M}\p{N}]/u;
const BLANK = /\s/;
const LINE = /^(?:(>) |([*-]) (?=.*\S)|\d{1,3}\. (?=.*\S))/;

/** The text of pieces and its nodes; `pieces` are texts, and between them variables `{ name, text, missing? }`. */
export function richText(pieces, hasMarks) {
  const text = pieces.map((piece) => piece.text ?? piece).join("");
  const nodes = [];
  const parser = new Parser(text, pieces);
  if (hasMarks) parser.blocks(nodes);
  else parser.leaves(0, text.length, nodes);
  return { text, nodes };
}

class Parser {
  /** The piece that is taken apart, and where it ends. */
  #piece = 0;
  #pieceEnd;
  /** A part of a line, up to its end: whoever asks for the end again and again is not to look for it each time. */
  #lineFrom = 0;
  #lineTo = -1;
  #fenceAt = -1;

  constructor(text, pieces) {
    this.text = text;
    this.pieces = pieces;
    this.#pieceEnd = pieces[0].length;
    // Beyond the last fence there is none that could close another.
    this.lastFence = text.lastIndexOf(FENCE);
  }

  /** Lists and quotes by lines, and what is between them. */
  blocks(nodes) {
    let block;
    // Where the lines began that are neither.
    let plain = 0;
    for (let start = 0; start < this.text.length; ) {
      let end = this.#lineEnd(start);
      const line = this.text.slice(start, end);
      const [marker, quote, bullet] = LINE.exec(line) ?? [""];
      if (marker === "") {
        block = undefined;
        end = this.#afterFences(start, end);
      } else {
        // The list or quote begins a line, so the line break before it is not repeated.
        this.#inline(plain, start - 1, "", nodes);
        plain = end + 1;
        const type = quote ? "quote" : bullet ? "bullets" : "numbers";
        if (block?.type !== type) {
          block = { type, lines: [] };
          nodes.push(block);
        }
        block.lines.push(this.#inline(start + marker.length, end, "", []));
      }
      start = end + 1;
    }
    this.#inline(plain, this.text.length, "", nodes);
  }

  #lineEnd(start) {
    if (start < this.#lineFrom || start > this.#lineTo) {
      const end = this.text.indexOf("\n", start);
      this.#lineFrom = start;
      this.#lineTo = end < 0 ? this.text.length : end;
    }
    return this.#lineTo;
  }

  /** The end of the line at which every fence that opens in this one is closed. */
  #afterFences(start, end) {
    let last = end;
    for (let at = this.#nextFence(start); at < last; at = this.#nextFence(at)) {
      const after = this.#fence(at);
      if (after > last) last = this.#lineEnd(after);
      at = after ?? at + 1;
    }
    return last;
  }

  /** Where a fence is, from here on. */
  #nextFence(start) {
    if (this.#fenceAt < start) {
      const at = this.text.indexOf(FENCE, start);
      this.#fenceAt = at < 0 ? Number.POSITIVE_INFINITY : at;
    }
    return this.#fenceAt;
  }

  /** Of a fence that begins here and is closed: where what follows it begins. */
  #fence(at) {
    if (at >= this.lastFence || !this.text.startsWith(FENCE, at)) return undefined;
    const close = this.text.indexOf(FENCE, at + FENCE.length);
    return close > at + FENCE.length ? close + FENCE.length : undefined;
  }

  /** Marks within lines; `inside` are those that are open. */
  #inline(start, end, inside, nodes) {
    let plain = start;
    // Where each mark is known to be closed nowhere before.
    const unclosed = {};
    for (let at = start; at < end; ) {
      const mark = this.text[at];
      const fence = mark === "`" ? this.#fence(at) : undefined;
      const isFence = fence <= end;
      const after = isFence ? fence : this.#close(at, end, inside, unclosed);
      if (after === undefined) {
        at += 1;
        continue;
      }
      this.leaves(plain, at, nodes);
      const width = isFence ? FENCE.length : 1;
      const type = isFence ? "code_block" : MARKS[mark];
      const within = [at + width, after - width];
      const children = [];
      nodes.push({ type, children });
      if (mark === "`") this.leaves(...within, children);
      else this.#inline(...within, inside + mark, children);
      at = after;
      plain = after;
    }
    this.leaves(plain, end, nodes);
    return nodes;
  }

  /** Of a mark that opens here and closes before `end`: where what follows it begins. */
  #close(at, end, inside, unclosed) {
    const { text } = this;
    const mark = text[at];
    const first = text[at + 1];
    if (!Object.hasOwn(MARKS, mark) || inside.includes(mark) || at < unclosed[mark]) return undefined;
    if (first === mark || BLANK.test(first ?? " ") || WORD_BEFORE.test(text.slice(Math.max(0, at - 2), at))) {
      return undefined;
    }
    const lineEnd = Math.min(end, this.#lineEnd(at));
    for (
      let close = text.indexOf(mark, at + 2);
      close > 0 && close < lineEnd;
      close = text.indexOf(mark, close + 1)
    ) {
      const after = close + 1;
      if (!BLANK.test(text[close - 1]) && !WORD_AFTER.test(text.slice(after, Math.min(end, after + 2))))
        return after;
    }
    unclosed[mark] = lineEnd;
    return undefined;
  }

  /** What stands there, taken apart into text and variables. Never goes back. */
  leaves(start, end, nodes) {
    let from = start;
    while (from < end) {
      const piece = this.pieces[this.#piece];
      const to = Math.min(end, this.#pieceEnd);
      if (from < to) {
        const text = this.text.slice(from, to);
        nodes.push(typeof piece === "string" ? { type: "text", text } : { type: "variable", ...piece, text });
        from = to;
      }
      if (this.#pieceEnd > end) break;
      this.#piece += 1;
      const next = this.pieces[this.#piece];
      if (next === undefined) break;
      this.#pieceEnd += (next.text ?? next).length;
    }
  }
}
