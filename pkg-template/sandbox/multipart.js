// A multipart body, cut into its parts as Rack cuts it. Bytes are compared, never a whole body made text.

import { readPart } from "./part.js";
import { badRequest } from "./responses.js";

/** @import { Rules } from "./versions.js" */

const [CR, LF, DASH] = [13, 10, 45];
const LINE_END = [CR, LF];
const EMPTY_LINE = [CR, LF, CR, LF];
/** What follows the last boundary. */
const LAST = [DASH, DASH];
const BOUNDARY = /^multipart\/.*?boundary=\s*"?([^";,]+)"?/i;
const MAX_BOUNDARY = 70;
const MAX_HEAD = 64 * 1024;
const MAX_PARTS = 4096;
const MAX_FILES = 128;

/**
 * The parts that are fields or files, in their order; none without a boundary.
 *
 * @param {Uint8Array} body
 * @param {string} contentType
 * @param {Rules} rules of the version
 * @returns {[string, string | import("./ruby.js").Upload][]} throws a 400 where Rack gives up
 */
export function readMultipart(body, contentType, rules) {
  const boundary = BOUNDARY.exec(contentType)?.[1];
  if (boundary === undefined || body.length === 0) return [];
  if (boundary.length > MAX_BOUNDARY) throw badRequest();
  const pairs = [];
  let files = 0;
  for (const [head, content] of partsOf(body, new TextEncoder().encode(`--${boundary}`))) {
    const pair = readPart(head, content, rules);
    if (pair === undefined) continue;
    if (typeof pair[1] !== "string") files += 1;
    if (pairs.push(pair) > MAX_PARTS || files > MAX_FILES) throw badRequest();
  }
  return pairs;
}

/**
 * The head and the content of each part. What comes before the first boundary and after the last is nothing.
 * @param {Uint8Array} body
 * @param {Uint8Array} delimiter
 */
function* partsOf(body, delimiter) {
  let at = firstLine(body, delimiter);
  while (at !== undefined && !isAt(body, LAST, at)) {
    const start = at + 2;
    const headEnd = indexOf(body, EMPTY_LINE, start, start + MAX_HEAD);
    if (headEnd < 0) throw badRequest();
    const contentStart = headEnd + EMPTY_LINE.length;
    // A part without a single byte has no line end of its own before the boundary.
    const contentEnd = endOfContent(body, delimiter, contentStart);
    yield [body.subarray(start, headEnd + 2), body.subarray(contentStart, contentEnd)];
    at = contentEnd + 2 + delimiter.length;
  }
}

/**
 * Where the first boundary's line goes on; undefined when it is the last one already.
 * @param {Uint8Array} body
 * @param {Uint8Array} delimiter
 */
function firstLine(body, delimiter) {
  let isLineStart = true;
  for (let at = 0; at < body.length; at += 1) {
    if (isLineStart && isAt(body, delimiter, at)) {
      const after = at + delimiter.length;
      if (isAt(body, LINE_END, after)) return after;
      if (isAt(body, LAST, after)) return undefined;
    }
    isLineStart = body[at] === LF;
  }
  throw badRequest();
}

/**
 * Where a line end is followed by the boundary and by another line end, or by the dashes of the last one.
 * @param {Uint8Array} body
 * @param {Uint8Array} delimiter
 * @param {number} start
 */
function endOfContent(body, delimiter, start) {
  for (let at = body.indexOf(CR, start); at >= 0; at = body.indexOf(CR, at + 1)) {
    const after = at + 2 + delimiter.length;
    if (body[at + 1] !== LF || !isAt(body, delimiter, at + 2)) continue;
    if (isAt(body, LINE_END, after) || isAt(body, LAST, after)) return at;
  }
  throw badRequest();
}

/**
 * @param {Uint8Array} body
 * @param {ArrayLike<number>} wanted
 * @param {number} start
 * @param {number} limit
 */
function indexOf(body, wanted, start, limit) {
  for (let at = body.indexOf(wanted[0], start); at >= 0 && at < limit; at = body.indexOf(wanted[0], at + 1)) {
    if (isAt(body, wanted, at)) return at;
  }
  return -1;
}

/**
 * @param {Uint8Array} body
 * @param {ArrayLike<number>} wanted
 * @param {number} at
 */
function isAt(body, wanted, at) {
  for (let index = 0; index < wanted.length; index += 1) if (body[at + index] !== wanted[index]) return false;
  return true;
}
