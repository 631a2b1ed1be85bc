// WhatsApp's marks in a text (`*bold*`, `_italic_`, `~strike~`, code, lists, quotes) as a tree, so that a page needs no
// HTML of anybody's.
//
// A mark opens before anything but a blank and closes behind anything but a blank, on the same line, and neither may
// touch a letter or digit outside: `2*3*4` and `snake_case_name` stay as they are. Meta documents the marks, not these
// edges, which are as its apps behave. Lists and quotes begin a line.

/**
 * A variable of a template, filled or `missing`.
 * @typedef {{ name: string, text: string, missing?: boolean }} Variable
 *
 * @typedef {object} Node
 * @property {string} type
 * @property {string} [text]
 * @property {Node[]} [children]
 * @property {Node[][]} [lines]
 */

const FENCE = "```";
/** @type {Record<string, string>} */
const MARKS = { "*": "bold", _: "italic", "~": "strike", "`": "code" };
/** Thai and others write vowels as marks on letters. */
const WORD_BEFORE = /[\p{L}\p{M}\p{N}]$/u;
const WORD_AFTER = /^[\p{L}\p{M}\p{N}]/u;
const BLANK = /\s/;
const LINE = /^(?:(>) |([*-]) (?=.*\S)|\d{1,3}\. (?=.*\S))/;

/**
 * The text of pieces and its nodes; `pieces` are texts, and between them variables `{ name, text, missing? }`.
 * @param {(string | Variable)[]} pieces
 * @param {boolean} hasMarks
 */
export function richText(pieces, hasMarks) {
  const text = pieces.map(textOf).join("");
  /** @type {Node[]} */
  const nodes = [];
  /** The piece that is taken apart, and where it ends. */
  let piece = 0;
  let pieceEnd = textOf(pieces[0] ?? "").length;
  /** A part of a line, up to its end: whoever asks for the end again and again is not to look for it each time. */
  let lineFrom = 0;
  let lineTo = -1;
  let fenceAt = -1;
  // Beyond the last fence there is none that could close another.
  const lastFence = text.lastIndexOf(FENCE);

  /** Lists and quotes by lines, and what is between them. */
  function blocks() {
    /** @type {{ type: string, lines: Node[][] } | undefined} */
    let block;
    // Where the lines began that are neither.
    let plain = 0;
    for (let start = 0; start < text.length; ) {
      let end = lineEnd(start);
      const line = text.slice(start, end);
      const [marker, quote, bullet] = LINE.exec(line) ?? [""];
      if (marker === "") {
        block = undefined;
        end = afterFences(start, end);
      } else {
        // The list or quote begins a line, so the line break before it is not repeated.
        inline(plain, start - 1, "", nodes);
        plain = end + 1;
        const type = quote ? "quote" : bullet ? "bullets" : "numbers";
        if (block?.type !== type) {
          block = { type, lines: [] };
          nodes.push(block);
        }
        block.lines.push(inline(start + marker.length, end, "", []));
      }
      start = end + 1;
    }
    inline(plain, text.length, "", nodes);
  }

  /** @param {number} start */
  function lineEnd(start) {
    if (start < lineFrom || start > lineTo) {
      const end = text.indexOf("\n", start);
      lineFrom = start;
      lineTo = end < 0 ? text.length : end;
    }
    return lineTo;
  }

  /**
   * The end of the line at which every fence that opens in this one is closed.
   * @param {number} start
   * @param {number} end
   */
  function afterFences(start, end) {
    let last = end;
    for (let at = nextFence(start); at < last; at = nextFence(at)) {
      const after = fence(at);
      if (after !== undefined && after > last) last = lineEnd(after);
      at = after ?? at + 1;
    }
    return last;
  }

  /**
   * Where a fence is, from here on.
   * @param {number} start
   */
  function nextFence(start) {
    if (fenceAt < start) {
      const at = text.indexOf(FENCE, start);
      fenceAt = at < 0 ? Number.POSITIVE_INFINITY : at;
    }
    return fenceAt;
  }

  /**
   * Of a fence that begins here and is closed: where what follows it begins.
   * @param {number} at
   */
  function fence(at) {
    if (at >= lastFence || !text.startsWith(FENCE, at)) return undefined;
    const close = text.indexOf(FENCE, at + FENCE.length);
    return close > at + FENCE.length ? close + FENCE.length : undefined;
  }

  /**
   * Marks within lines; `inside` are those that are open.
   * @param {number} start
   * @param {number} end
   * @param {string} inside
   * @param {Node[]} nodes
   */
  function inline(start, end, inside, nodes) {
    let plain = start;
    // Where each mark is known to be closed nowhere before.
    /** @type {Record<string, number>} */
    const unclosed = {};
    for (let at = start; at < end; ) {
      const mark = text.charAt(at);
      const fenced = mark === "`" ? fence(at) : undefined;
      const isFence = fenced !== undefined && fenced <= end;
      const after = isFence ? fenced : closing(at, end, inside, unclosed);
      if (after === undefined) {
        at += 1;
        continue;
      }
      leaves(plain, at, nodes);
      const width = isFence ? FENCE.length : 1;
      const type = isFence ? "code_block" : MARKS[mark];
      /** @type {[number, number]} */
      const within = [at + width, after - width];
      /** @type {Node[]} */
      const children = [];
      nodes.push({ type, children });
      if (mark === "`") leaves(...within, children);
      else inline(...within, inside + mark, children);
      at = after;
      plain = after;
    }
    leaves(plain, end, nodes);
    return nodes;
  }

  /**
   * Of a mark that opens here and closes before `end`: where what follows it begins.
   * @param {number} at
   * @param {number} end
   * @param {string} inside
   * @param {Record<string, number>} unclosed
   */
  function closing(at, end, inside, unclosed) {
    const mark = text.charAt(at);
    const first = text[at + 1];
    if (!Object.hasOwn(MARKS, mark) || inside.includes(mark) || at < unclosed[mark]) return undefined;
    if (first === mark || BLANK.test(first ?? " ") || WORD_BEFORE.test(text.slice(Math.max(0, at - 2), at))) {
      return undefined;
    }
    const last = Math.min(end, lineEnd(at));
    for (
      let close = text.indexOf(mark, at + 2);
      close > 0 && close < last;
      close = text.indexOf(mark, close + 1)
    ) {
      const after = close + 1;
      if (!BLANK.test(text[close - 1]) && !WORD_AFTER.test(text.slice(after, Math.min(end, after + 2))))
        return after;
    }
    unclosed[mark] = last;
    return undefined;
  }

  /**
   * What stands there, taken apart into text and variables. Never goes back.
   * @param {number} start
   * @param {number} end
   * @param {Node[]} nodes
   */
  function leaves(start, end, nodes) {
    let from = start;
    while (from < end) {
      const current = pieces[piece];
      const to = Math.min(end, pieceEnd);
      if (from < to) {
        const shown = { text: text.slice(from, to) };
        nodes.push(
          typeof current === "string"
            ? { type: "text", ...shown }
            : { type: "variable", ...current, ...shown },
        );
        from = to;
      }
      if (pieceEnd > end) break;
      piece += 1;
      const next = pieces[piece];
      if (next === undefined) break;
      pieceEnd += textOf(next).length;
    }
  }

  if (hasMarks) blocks();
  else leaves(0, text.length, nodes);
  return { text, nodes };
}

/** @param {string | Variable} piece */
function textOf(piece) {
  return typeof piece === "string" ? piece : piece.text;
}
