// The body of a request as the server's parameters, read as leniently as Rails reads it.

import { arrivedName } from "./file-name.js";
import { Refusal } from "./responses.js";

/**
 * The parameters of a JSON or form body. A body of any other type has none, as has JSON that is no object.
 *
 * @param {Request} request
 * @returns {Promise<Record<string, unknown>>}
 */
export async function readParams(request) {
  const type = (request.headers.get("Content-Type") ?? "").split(";")[0].trim().toLowerCase();
  if (type === "application/json") return fromJson(await parse(() => request.text()));
  if (type === "multipart/form-data" || type === "application/x-www-form-urlencoded") {
    return fromForm(await parse(() => request.formData()));
  }
  return {};
}

async function parse(read) {
  try {
    return await read();
  } catch {
    throw new Refusal(400, { status: 400, error: "Bad Request" });
  }
}

async function fromJson(body) {
  if (body === "") return {};
  const value = await parse(() => JSON.parse(body));
  return isObject(value) ? value : {};
}

function fromForm(form) {
  const params = Object.create(null);
  for (const [name, sent] of form) {
    const value = sent instanceof Blob ? arrived(sent) : sent;
    if (value === undefined) continue;
    if (name === "attachments[]" && Array.isArray(params.attachments ?? [])) {
      params.attachments = [...(params.attachments ?? []), value];
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
