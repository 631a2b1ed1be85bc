// A caller's data as text that can cross into Rust (`tagged.js`): read once, before anything waits, so that what
// is checked is what is sent, and no getter, proxy or cycle of the caller's runs inside the engine.

import { bigint, binary, field, object as fieldsOf, foreign, list, plain, text as textOf } from "./tagged.js";

/** Deeper, or larger, than this is no message but a mistake, and could be more than the engine's memory holds. */
const MAX_DEPTH = 64;
const MAX_NODES = 200_000;
const TOO_MUCH = "part of more data than any message has";
/** Of all strings and names of fields together, in UTF-16 units; `content` takes at most 300,000. */
const MAX_TEXT = 4_194_304;
/** Of a field's name. */
const MAX_NAME = 1024;
/** Of a file's name or media type, which the engine makes fit. */
const MAX_FILE_NAME = 65_536;
/** How much of a longer one is repeated. */
const SHOWN = 64;
/** Half of a surrogate pair: no text, and every encoder would replace it without a word. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * What was met so far.
 * @typedef {{ binaries: Blob[]; nodes: number; text: number; ancestors: object[] }} State
 */

/**
 * The text for Rust, and the files and buffers it refers to.
 * @param {unknown} value
 */
export function snapshot(value) {
  /** @type {State} */
  const state = { binaries: [], nodes: 0, text: 0, ancestors: [] };
  const text = copy(value, state, "");
  return { text, binaries: state.binaries };
}

/** @typedef {(key: string) => unknown} Writer */

/** Stands where the type of a Blob would, and is none. */
const BUFFER = "buffer";

/**
 * `key` is the name that it has in what it is part of, as JSON.stringify gives it to toJSON.
 * @param {unknown} value
 * @param {State} state
 * @param {string} key
 * @returns {string}
 */
function copy(value, state, key) {
  switch (typeof value) {
    case "string":
      return copyText(value, state);
    case "bigint":
      return copyBigint(value);
    case "object":
      return value ? copyObject(/** @type {Record<string, unknown>} */ (value), state, key) : plain(value);
    case "function":
    case "symbol":
      return foreign(`a ${typeof value}`);
    default:
      return plain(value);
  }
}

/**
 * An id may be above 2^53, which no number holds.
 * @param {bigint} value
 */
function copyBigint(value) {
  if (value <= -(2n ** 53n)) return foreign("a bigint below -2^53");
  return value < 2n ** 63n ? bigint(value) : foreign("a bigint of 2^63 or more");
}

/**
 * @param {string} text
 * @param {State} state
 */
function copyText(text, state) {
  if (!hasRoom(text, state)) {
    return foreign(`${text.length} characters of text, beyond the ${MAX_TEXT} of a whole message`);
  }
  return isWellFormed(text) ? textOf(text) : foreign("text cut inside a character (half a surrogate pair)");
}

/**
 * Counts it, unless it is too much: then shorter text still finds room.
 * @param {string} text
 * @param {State} state
 */
function hasRoom(text, state) {
  if (state.text + text.length > MAX_TEXT) return false;
  state.text += text.length;
  return true;
}

/**
 * @param {Record<string, unknown>} object
 * @param {State} state
 * @param {string} key
 */
function copyObject(object, state, key) {
  state.nodes += 1;
  if (state.nodes > MAX_NODES) return foreign(TOO_MUCH);
  try {
    const kind = kindName(object);
    if (isBinary(object, kind)) return copyBinary(object, kind, state);
    if (typeof object.then === "function") return foreign("a Promise; await it first");
    if (typeof object.pipe === "function" || typeof object.getReader === "function")
      return foreign("a stream");
    const { toJSON } = object;
    return typeof toJSON === "function"
      ? copyWritten(/** @type {Writer} */ (toJSON), object, state, key)
      : copyPlain(object, state);
  } catch {
    return foreign("an object that cannot be read");
  }
}

/**
 * As JSON.stringify does: what toJSON gives is not asked for another, but all that is within it is.
 * @param {Writer} toJSON
 * @param {object} object
 * @param {State} state
 * @param {string} key
 */
function copyWritten(toJSON, object, state, key) {
  let json;
  try {
    json = Reflect.apply(toJSON, object, [key]);
  } catch {
    return foreign("an object whose toJSON throws");
  }
  return typeof json === "object" && json !== null ? copyPlain(json, state) : copy(json, state, key);
}

/**
 * @param {object} object
 * @param {State} state
 */
function copyPlain(object, state) {
  if (state.ancestors.length >= MAX_DEPTH) return foreign("data nested more than 64 deep");
  if (state.ancestors.includes(object)) return foreign("an object that contains itself");
  state.ancestors.push(object);
  try {
    const kind = kindName(object);
    if (Array.isArray(object)) return copyArray(object, state);
    return kind === "Object" ? copyFields(object, state) : foreign(`a ${foreignName(kind)}`);
  } finally {
    state.ancestors.pop();
  }
}

/** @param {object} object */
function kindName(object) {
  return Object.prototype.toString.call(object).slice(8, -1);
}

/**
 * A class may name itself anything (Symbol.toStringTag): only plain words are repeated.
 * @param {string} kind
 */
function foreignName(kind) {
  return /^\w{1,32}$/.test(kind) ? kind : "special object";
}

/**
 * @param {unknown[]} array
 * @param {State} state
 */
function copyArray(array, state) {
  const { length } = array;
  // A Proxy's length may be anything.
  state.nodes += length;
  if (!(state.nodes <= MAX_NODES)) return foreign(TOO_MUCH);
  let items = "";
  let count = 0;
  for (; count < length; count += 1) items += copy(array[count], state, String(count));
  return list(count, items);
}

/**
 * @param {object} object
 * @param {State} state
 */
function copyFields(object, state) {
  let fields = "";
  let count = 0;
  const keys = Object.keys(object);
  state.nodes += keys.length;
  if (state.nodes > MAX_NODES) return foreign(TOO_MUCH);
  for (const key of keys) {
    const value = /** @type {Record<string, unknown>} */ (object)[key];
    // JSON has no functions; of the others a caller should hear, this one has done its work.
    if (key === "toJSON" && typeof value === "function") continue;
    const isName = key.length <= MAX_NAME && hasRoom(key, state);
    const name = isName ? key : `${key.slice(0, SHOWN)}...`;
    const isKept = isName || value === undefined;
    const copied = isKept
      ? copy(value, state, key)
      : foreign(`something with a name of ${key.length} characters`);
    fields += field(isWellFormed(name) ? name : toWellFormed(name), copied);
    count += 1;
  }
  return fieldsOf(count, fields);
}

/** @param {string} text */
function isWellFormed(text) {
  // Older than ES2024: Node 18, Safari 16.3, Chrome 110.
  return typeof text.isWellFormed === "function" ? text.isWellFormed() : text.search(LONE_SURROGATE) < 0;
}

/** @param {string} text */
function toWellFormed(text) {
  return text.replace(LONE_SURROGATE, "\ufffd");
}

/**
 * In a test's imitation of a page a Blob may say that it is an Object.
 * @param {unknown} object
 * @param {string} kind
 */
function isBlob(object, kind) {
  return kind === "Blob" || kind === "File" || (globalThis.Blob && object instanceof Blob);
}

/**
 * @param {object} object
 * @param {string} kind
 */
function isBinary(object, kind) {
  return isBlob(object, kind) || kind.endsWith("ArrayBuffer") || ArrayBuffer.isView(object);
}

/**
 * Throws for what only calls itself a buffer: it would be sent as "[object ...]".
 * @param {object} buffer
 */
function bytesOf(buffer) {
  return new Uint8Array(new DataView(/** @type {ArrayBuffer} */ (buffer)).buffer);
}

/**
 * @param {object} object
 * @param {string} kind
 * @param {State} state
 */
function copyBinary(object, kind, state) {
  const isWhole = isBlob(object, kind);
  if (isWhole && !(object instanceof Blob)) return foreign(`a ${kind} of another window or library`);
  // A buffer can change while the call waits, so its bytes are copied now; a Blob's cannot.
  const blob = isWhole
    ? object
    : new Blob([/** @type {BlobPart} */ (ArrayBuffer.isView(object) ? object : bytesOf(object))]);
  const index = state.binaries.push(/** @type {Blob} */ (blob)) - 1;
  const { type, size, name } = /** @type {File} */ (blob);
  if (typeof type !== "string" || !(Number.isSafeInteger(size) && size >= 0))
    return foreign("a Blob with another type or size");
  const longest = Math.max(type.length, typeof name === "string" ? name.length : 0);
  if (longest > MAX_FILE_NAME) return foreign(`a ${kind} with a name or type of ${longest} characters`);
  const isNamed = isWhole && typeof name === "string";
  return binary(index, size, isWhole ? toWellFormed(type) : BUFFER, isNamed ? toWellFormed(name) : undefined);
}
