// Fields as a query and a plain form write them.

import { badRequest } from "./responses.js";

const [SPACE, PERCENT, AMPERSAND, PLUS] = " %&+".split("").map((character) => character.charCodeAt(0));
/** Of Rack's own limits. */
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_FIELDS = 4096;
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const ENCODER = new TextEncoder();

/**
 * @param {Uint8Array} bytes
 * @returns {[string, string | null][]} throws a 400 for what is no escape and what is no UTF-8
 */
export function readPairs(bytes) {
  if (bytes.length > MAX_BYTES || hasTooMany(bytes)) throw badRequest();
  const pairs = textOf(bytes).split("&");
  return pairs.filter((pair) => pair !== "").map(readPair);
}

/** @param {Uint8Array} bytes */
function hasTooMany(bytes) {
  let fields = 0;
  for (
    let at = bytes.indexOf(AMPERSAND);
    at >= 0 && fields < MAX_FIELDS;
    at = bytes.indexOf(AMPERSAND, at + 1)
  ) {
    fields += 1;
  }
  return fields >= MAX_FIELDS;
}

/**
 * @param {string} pair
 * @returns {[string, string | null]}
 */
function readPair(pair) {
  const at = pair.indexOf("=");
  return at < 0 ? [unescaped(pair), null] : [unescaped(pair.slice(0, at)), unescaped(pair.slice(at + 1))];
}

/** @param {string} text */
function unescaped(text) {
  if (!/[%+]/.test(text)) return text;
  const bytes = ENCODER.encode(text);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    let byte = bytes[at];
    if (byte === PLUS) byte = SPACE;
    else if (byte === PERCENT) {
      byte = 16 * digit(bytes[at + 1]) + digit(bytes[at + 2]);
      at += 2;
    }
    bytes[length] = byte;
    length += 1;
  }
  return textOf(bytes.subarray(0, length));
}

function digit(code = 0) {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  if (Number.isNaN(value)) throw badRequest();
  return value;
}

/**
 * Rails takes no parameter that is not UTF-8.
 * @param {Uint8Array} bytes
 */
export function textOf(bytes) {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw badRequest();
  }
}
