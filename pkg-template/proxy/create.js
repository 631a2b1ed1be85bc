// A backend for web pages: adds the credentials to LiveDesk's documented calls, for whom `allow` lets, and sends each
// message once. The order of things is that of `answer` below.

import { own, ready, refuse, TOLD } from "./answer.js";
import { Form, fingerprintOf, lengthOf, objectOf, readWhole, typeOf } from "./body.js";
import { tokenOf } from "./claim.js";
import { allowed, preflight, withCors } from "./cors.js";
import { inTime } from "./in-time.js";
import { readKey } from "./key.js";
import { readProxyOptions } from "./options.js";
import { siteOf } from "./origin.js";
import { routeOf } from "./route.js";
import { Delivery } from "./send.js";

/**
 * @import { ProxyStore } from "../proxy.js"
 * @import { Settings } from "./options.js"
 * @import { Route } from "./route.js"
 * @typedef {[status: number, error: string]} Refusal
 * @typedef {object} Body what is known of it before `allow` is asked
 * @property {"text" | "attachments" | "template" | "retry"} kind
 * @property {Refusal} [refusal]
 * @property {string} [boundary]
 * @property {number | undefined} [expected]
 * @property {string | null} [type]
 * @property {Uint8Array<ArrayBuffer>} [bytes]
 * @property {Form} [form]
 */

/** An `allow` that takes longer lets nobody in. */
const ALLOW_MS = 30_000;
const METHODS = { Allow: "POST, HEAD" };

/** @param {unknown} options */
export function createProxy(options) {
  const settings = readProxyOptions(options);
  /** @param {Request} request */
  return async function handle(request) {
    const site = siteOf(request, settings.origins);
    const listed = site.origin !== null && settings.origins?.includes(site.origin) ? site.origin : undefined;
    if (request.method === "OPTIONS") return preflight(listed);
    const delivery = new Delivery(settings);
    let response;
    try {
      response = await answer(settings, request, site, delivery);
    } catch {
      // Whatever broke: if the request may have left, that is what counts.
      response = delivery.hasBegun ? own("lost") : refuse(500, "The proxy broke down; nothing was sent");
    }
    return listed ? withCors(response, listed) : response;
  };
}

/**
 * @param {Settings} settings
 * @param {Request} request
 * @param {ReturnType<typeof siteOf>} site
 * @param {Delivery} delivery
 */
async function answer(settings, request, site, delivery) {
  const { store, prefix, maxBytes } = settings;
  const route = routeOf(request.url, prefix);
  if (!site.isAllowed) return refuse(403, "This site may not send through this proxy");
  if (!route) return refuse(404, "Not a path of the documented API");
  // Sends nothing and tells nothing but which store this is, so it is anybody's to ask.
  if (request.method === "HEAD") return await withToken(store);
  if (request.method !== "POST") return refuse(405, "Only POST sends", METHODS);

  const body = await look(request, route, maxBytes);
  const { origin, fromBrowser } = site;
  const { path, ...ids } = route;
  const asked = settings.allow(request, { ...ids, kind: body.kind, origin, fromBrowser });
  const consent = await inTime(asked, ALLOW_MS);
  if (isResponse(consent)) return told(consent);
  const user = allowed(consent);
  if (user === undefined) return refuse(403, "Not allowed");
  if (body.refusal) return refuse(...body.refusal);
  const key = readKey(request.headers);
  if (key === null) return refuse(400, "The Idempotency-Key header is no key");

  if (body.boundary !== undefined) {
    const { boundary, expected } = body;
    // There is one: `look` has asked.
    const stream = /** @type {NonNullable<Request["body"]>} */ (request.body);
    body.form = new Form(stream, { key: key?.name, boundary, mostBytes: maxBytes, expected });
    if (!(await body.form.begins())) return refuse(...NO_FORM);
  }
  if (!key) return await delivery.send(path, body);
  // Asked for ahead of the answer, which shall not wait for a store that has gone meanwhile.
  const token = tokenOf(store).catch(() => undefined);
  const about = body.bytes ?? (body.form ? undefined : new TextEncoder().encode(path));
  const fingerprint = about && (await fingerprintOf(key.name, about));
  const scope = [user, String(ids.conversationId)];
  return named(await delivery.sendOnce(path, body, { key, fingerprint, scope }), await token);
}

/** @type {Refusal} */
const EMPTY = [
  400,
  "The body is empty; was it read before, by a parser that is mounted ahead of this proxy?",
];
/** @type {Refusal} */
const NO_FORM = [
  400,
  "The body is empty or no form; was it read before, by a parser that is mounted ahead of this proxy?",
];
/** @type {Refusal} */
const BROKEN = [
  400,
  "The body broke off, or was read before, by a parser that is mounted ahead of this proxy",
];

/**
 * What kind of call it is, and JSON's bytes; `refusal` is what is wrong with it, for after `allow`.
 * @param {Request} request
 * @param {Route} route
 * @param {number} maxBytes
 * @returns {Promise<Body>}
 */
async function look(request, { messageId }, maxBytes) {
  const { headers } = request;
  if (messageId !== undefined) return { kind: "retry" };
  const type = typeOf(headers);
  const kind = type?.form ? "attachments" : "text";
  if (!type) return { kind, refusal: [415, "Only application/json and multipart/form-data are taken"] };
  if (headers.has("content-encoding"))
    return { kind, refusal: [415, "A body is taken as it is, not compressed"] };
  const expected = lengthOf(headers);
  /** @type {Refusal} */
  const tooLarge = [413, `A message has at most ${maxBytes} bytes`];
  if (expected !== undefined && expected > maxBytes) return { kind, refusal: tooLarge };
  if (!request.body) return { kind, refusal: EMPTY };
  if (request.bodyUsed || request.body.locked) return { kind, refusal: BROKEN };
  if (type.form) return { kind, boundary: type.form, expected, type: headers.get("content-type") };
  let bytes;
  try {
    bytes = await readWhole(request.body, maxBytes);
  } catch {
    return { kind, refusal: BROKEN };
  }
  if (!bytes) return { kind, refusal: tooLarge };
  if (expected !== undefined && bytes.byteLength !== expected) return { kind, refusal: BROKEN };
  const message = objectOf(bytes);
  // LiveDesk would store an empty message.
  if (!message) return { kind, refusal: [400, "The body is no JSON object"] };
  // It would make the customer the sender.
  if ("message_type" in message && message.message_type !== "outgoing")
    return { kind, refusal: [400, "message_type is outgoing, or left away"] };
  return { kind: "template_params" in message ? "template" : "text", bytes, type: "application/json" };
}

/**
 * Of another realm, too.
 * @param {unknown} consent
 * @returns {consent is Response}
 */
function isResponse(consent) {
  if (consent instanceof Response) return true;
  const { status, headers } = /** @type {Partial<Response>} */ (consent ?? {});
  return typeof status === "number" && typeof headers?.get === "function";
}

/**
 * The answer, with which store this is: so the next call need not ask.
 * @param {Response} response
 * @param {string | undefined} token
 */
function named(response, token) {
  if (token) response.headers.set(TOLD, `${response.headers.get(TOLD)};store=${token}`);
  return response;
}

/** @param {ProxyStore} store */
async function withToken(store) {
  let token;
  try {
    token = await tokenOf(store);
  } catch {
    return own("no_store");
  }
  const response = ready();
  response.headers.set(TOLD, `ready;store=${token}`);
  return response;
}

/**
 * What `allow` answers by itself, with the proxy's header: nothing was sent.
 * @param {Response} response
 */
function told({ body, status, headers }) {
  const copy = new Headers(headers);
  copy.set(TOLD, "refused");
  return new Response(body, { status, headers: copy });
}
