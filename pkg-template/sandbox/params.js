// A request's parameters, read as leniently as Rails reads them: the body's, and the query's over those.

import { parseJson } from "./json.js";
import { readMultipart } from "./multipart.js";
import { nested } from "./names.js";
import { readPairs, textOf } from "./query.js";
import { badRequest, Refusal, railsRefusal } from "./responses.js";
import { castText, field, isObject, setField } from "./ruby.js";

/** @import { Fields } from "./ruby.js" */
/** @import { Rules } from "./versions.js" */

const JSON_TYPES = ["application/json", "text/x-json", "application/jsonrequest"];
const FORM = "application/x-www-form-urlencoded";
const MULTIPART_TYPES = ["multipart/form-data", "multipart/related", "multipart/mixed"];
const MIME = /^\*\/\*$|^[a-z\d][\w!#$&^.+-]{0,126}\/(?:\*|[a-z\d][\w!#$&^.+-]{0,126})$/;
const METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH", "LINK", "UNLINK"];

/**
 * What a request asks for. What cannot be read is told only once there is somebody to read it.
 *
 * @param {Request} request
 * @param {Rules} rules of the version
 * @returns {Promise<{ method: string, params: Record<string, unknown>, refusal: Refusal | undefined }>}
 *   `method` is the one that the request is routed by: a form field or a header may say another
 */
export async function readParams(request, rules) {
  const contentType = request.headers.get("Content-Type") ?? "";
  // A body that breaks off is one that cannot be read.
  const body = await request.arrayBuffer().catch(() => undefined);
  let refusal = body ? undefined : badRequest();
  const reading = (/** @type {() => Fields} */ read) => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal ??= error;
      return {};
    }
  };
  const fields = reading(() => readBody(body ? new Uint8Array(body) : new Uint8Array(), contentType, rules));
  const query = reading(() =>
    compact(nested(readPairs(new TextEncoder().encode(new URL(request.url).search.slice(1))))),
  );
  const isForm = !isJson(mediaType(contentType));
  return { method: methodOf(request, isForm ? fields : {}), params: { ...fields, ...query }, refusal };
}

/**
 * @param {Request} request
 * @param {Fields} fields
 */
function methodOf({ method, headers }, fields) {
  if (method !== "POST") return method;
  const written = field(fields, "_method") ?? headers.get("X-HTTP-Method-Override");
  const other = castText(written)?.toUpperCase();
  return other !== undefined && METHODS.includes(other) ? other : method;
}

/**
 * A body of any other type has no parameters.
 * @param {Uint8Array} body
 * @param {string} contentType
 * @param {Rules} rules
 */
function readBody(body, contentType, rules) {
  const type = mediaType(contentType);
  if (type !== "" && !MIME.test(type)) throw railsRefusal(406);
  if (isJson(type)) return body.length === 0 ? {} : fromJson(textOf(body), rules);
  if (type === FORM || type === "") return compact(nested(readPairs(body)));
  return MULTIPART_TYPES.includes(type) ? compact(nested(readMultipart(body, contentType, rules))) : {};
}

/** @param {string} contentType */
function mediaType(contentType) {
  return contentType.split(/[;,]/, 1)[0].trim().toLowerCase();
}

/** @param {string} type */
function isJson(type) {
  return JSON_TYPES.includes(type);
}

/**
 * @param {string} text
 * @param {Rules} rules
 */
function fromJson(text, rules) {
  try {
    const value = parseJson(text);
    return isObject(value) ? compactParams(value, rules) : {};
  } catch {
    throw badRequest();
  }
}

/**
 * @param {Fields} params
 * @param {Rules} rules
 */
function compactParams(params, { keepsAttributes }) {
  if (!keepsAttributes) return compact(params);
  const { content_attributes, ...others } = params;
  return { ...compact(others), content_attributes };
}

/**
 * Rails leaves nothing out of an object, but nil out of every list.
 * @template T
 * @param {T} value
 * @returns {T}
 */
function compact(value) {
  if (Array.isArray(value)) return /** @type {T} */ (value.filter((item) => item !== null).map(compact));
  if (isObject(value)) for (const name of Object.keys(value)) setField(value, name, compact(value[name]));
  return value;
}
