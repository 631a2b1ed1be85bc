// The body of a request as the server's parameters, read as leniently as Rails reads it.

import { arrivedName } from "./file-name.js";
import { Refusal } from "./responses.js";

const [SPACE, QUOTE, PLUS, BRACKET, BACKSLASH, BRACKET_END, BRACE, BRACE_END] = ' "+[\\]{}'
  .split("")
  .map((character) => character.charCodeAt(0));
/** The levels of JSON that Ruby's parser reads. */
const MAX_NESTING = 100;

/**
 * The parameters of a JSON or form body. A body of any other type has none, as has JSON that is no object.
 *
 * @param {Request} request
 * @returns {Promise<Record<string, unknown>>}
 */
export async function readParams(request) {
  const type = (request.headers.get("Content-Type") ?? "").split(";")[0].trim().toLowerCase();
  if (type === "application/json") return fromJson(await parse(() => request.text()));
  if (type === "multipart/form-data") return fromForm(await parse(() => request.formData()));
  if (type === "application/x-www-form-urlencoded") {
    const body = await parse(() => request.arrayBuffer());
    return parse(() => fromForm(pairsOf(new Uint8Array(body))));
  }
  return {};
}

async function parse(read) {
  try {
    return await read();
  } catch {
    throw badRequest();
  }
}

function badRequest() {
  return new Refusal(400, { status: 400, error: "Bad Request" });
}

async function fromJson(body) {
  if (body === "") return {};
  if (isTooDeep(body)) throw badRequest();
  const value = await parse(() => JSON.parse(body));
  return isObject(value) ? value : {};
}

/** Asked before it is parsed: of a million levels a parser may make seconds, or overflow its stack. */
export function isTooDeep(text) {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < text.length && depth <= MAX_NESTING; at += 1) {
    const code = text.charCodeAt(at);
    if (isInText && code === BACKSLASH) at += 1;
    else if (code === QUOTE) isInText = !isInText;
    else if (isInText) continue;
    else if (code === BRACKET || code === BRACE) depth += 1;
    else if (code === BRACKET_END || code === BRACE_END) depth -= 1;
  }
  return depth > MAX_NESTING;
}

/** The fields of a form. URLSearchParams, and replaceAll, take a second for the spaces of a long text. */
function* pairsOf(bytes) {
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === PLUS) bytes[at] = SPACE;
  for (const pair of new TextDecoder().decode(bytes).split("&")) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    const name = at < 0 ? pair : pair.slice(0, at);
    const value = at < 0 ? "" : pair.slice(at + 1);
    // Throws for what is no escape, and for bytes that are no UTF-8: Rails refuses both.
    yield [decodeURIComponent(name), decodeURIComponent(value)];
  }
}

function fromForm(form) {
  const params = Object.create(null);
  for (const [name, sent] of form) {
    const value = sent instanceof Blob ? arrived(sent) : sent;
    if (value === undefined) continue;
    if (name === "attachments[]" && Array.isArray(params.attachments ?? [])) {
      params.attachments ??= [];
      params.attachments.push(value);
    } else if (name.startsWith("attachments[")) {
      // Rails makes a hash of attachments[0]; nothing downstream can read one.
      params.attachments = {};
    } else {
      params[name] = value;
    }
  }
  return params;
}

/** A file under the name that arrives; undefined when it is lost, which nobody is told. */
function arrived(file) {
  const name = arrivedName(file.name);
  if (name?.includes("\0")) throw new Refusal(422, "string contains null byte");
  if (name === undefined || name === file.name) return name && file;
  return new File([file], name, { type: file.type });
}

/** Whether a value is an object with fields, not a list or a file. */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Blob);
}

/** A text column's cast: anything becomes text, and nothing becomes null. */
export function castText(value) {
  if (value === undefined || value === null) return null;
  if (value instanceof Blob) return "#<ActionDispatch::Http::UploadedFile>";
  if (typeof value === "boolean") return value ? "t" : "f";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Ruby's truth, where only nil and false are false: 0 and "false" are true. An empty text is nil. */
export function castFlag(value) {
  return value !== undefined && value !== null && value !== false && value !== "";
}

/** An object, also from its JSON text; anything else counts as an empty one. */
export function castObject(value) {
  if (typeof value !== "string") return isObject(value) ? value : {};
  try {
    const parsed = JSON.parse(value);
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}
