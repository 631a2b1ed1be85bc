// One part of a multipart body: what it is called, and whether it is a field or a file.

import { arrivedName } from "./file-name.js";
import { textOf } from "./query.js";
import { Upload } from "./ruby.js";

/** @import { Rules } from "./versions.js" */

const TYPE = /^Content-Type: *(.*)$/im;
const DISPOSITION = /^Content-Disposition:[ \t]*(.*)$/im;
const CONTENT_ID = /^Content-ID:[ \t]*(.*)$/im;
/** A header may name so many parameters. */
const MAX_PARAMETERS = 16;
const LAST_NAME = /.*;\s*name=("(?:\\"|[^"])*"|[^\s()<>,;:\\"/[\]?=]+)/is;
/** A part's head is read as one character a byte, so that no byte is lost. */
const latin1 = (/** @type {Uint8Array} */ bytes) => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};
const bytesOf = (/** @type {string} */ text) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * @param {Uint8Array} headBytes
 * @param {Uint8Array} content
 * @param {Rules} rules
 * @returns {[string, string | Upload] | undefined} the name and the value; undefined for a file that is lost, of
 *   which nobody is told
 */
export function readPart(headBytes, content, rules) {
  const head = latin1(headBytes);
  const type = TYPE.exec(head)?.[1];
  const { name, filename } = readDisposition(head, rules);
  const arrives = filename === undefined ? undefined : arrivedName(filename);
  // Without a name the part is called after its file, or its type: nothing that a message has.
  const called =
    name === undefined || name === "" ? bytesOf(arrives ?? `${type ?? "text/plain"}[]`) : bytesOf(name);
  if (filename === undefined) return [textOf(called), textOf(content)];
  if (arrives === undefined) return undefined;
  const upload = lenient.decode(bytesOf(arrives));
  return [
    textOf(called),
    new Upload(new File([/** @type {BlobPart} */ (content)], upload, { type: type ?? "" }), type),
  ];
}

/**
 * `name` and `filename` as they are written, one character a byte.
 * @param {string} head
 * @param {Rules} rules
 */
function readDisposition(head, { longestPartHeader, readsLastName }) {
  const written = DISPOSITION.exec(head)?.[1];
  if (written === undefined || written.length > longestPartHeader)
    return { name: CONTENT_ID.exec(head)?.[1] };
  const { name, filename, "filename*": encoded } = parametersOf(written);
  const lastName = readsLastName ? LAST_NAME.exec(written)?.[1].replace(/^"(.*)"$/s, "$1") : name;
  return { name: lastName, filename: encoded?.split("'").slice(2).join("'") ?? filename };
}

/**
 * The parameters of a header's value, the last of each name.
 * @param {string} value
 */
function parametersOf(value) {
  /** @type {Record<string, string | undefined>} */
  const parameters = {};
  let rest = value.slice(value.indexOf(";") + 1);
  for (let count = 0; count < MAX_PARAMETERS; count += 1) {
    const equals = rest.indexOf("=");
    if (equals < 0) break;
    const name = rest.slice(0, equals).trimStart();
    const [text, after] = readValue(rest.slice(equals + 1), name === "filename");
    parameters[name] = text;
    rest = after.slice(after.indexOf(";") + 1 || after.length);
  }
  return parameters;
}

/**
 * A value and what follows it. A backslash before anything but a quote stays in a file's name, where it once parted
 * folders, and so does one before the quote that ends the header.
 * @param {string} rest
 * @param {boolean} isFileName
 */
function readValue(rest, isFileName) {
  if (!rest.startsWith('"')) {
    const end = rest.indexOf(";");
    return end < 0 ? [rest.trim(), ""] : [rest.slice(0, end), rest.slice(end)];
  }
  let text = "";
  let at = 1;
  while (at < rest.length && rest[at] !== '"') {
    if (rest[at] === "\\" && isFileName && at + 2 === rest.length) {
      text += "\\";
    } else if (rest[at] === "\\") {
      if (isFileName && rest[at + 1] !== '"') text += "\\";
      text += rest[at + 1] ?? "";
      at += 1;
    } else {
      text += rest[at];
    }
    at += 1;
  }
  return [text, rest.slice(at + 1)];
}
