// The look from outside: what came in and what is stored, and the same levers that a test in this process has.

import { isOwnPage } from "./host-names.js";
import { PAGE, SCRIPT, STYLE } from "./page.js";

/** @import { SandboxStep } from "../types/sandbox-steps.js" */
/** @import { Sandbox, SandboxRequest } from "../sandbox.js" */

const ROOT = "/__sandbox";
/** A script of 10,000 steps is shorter. */
const MOST_BYTES = 1024 * 1024;
/** Everything of the page comes from here, and nothing else does. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * What a lever is given: JSON of anybody's, which the sandbox checks.
 * @typedef {{
 *   conversationId: number;
 *   steps: SandboxStep[];
 *   messageId: number;
 *   externalError: string;
 *   afterMs?: number | null;
 *   status: "delivered" | "read";
 *   ms: number;
 * }} Given
 */

/**
 * By their path below the root; each gets the sandbox, and what a path or a query has more.
 * @type {Record<string, (sandbox: Sandbox, query: URLSearchParams) => Response>}
 */
const LOOKS = {
  "": () => file("text/html; charset=utf-8", PAGE),
  "/page.js": () => file("text/javascript; charset=utf-8", SCRIPT),
  "/page.css": () => file("text/css; charset=utf-8", STYLE),
  "/requests": (/** @type {Sandbox} */ sandbox, /** @type {URLSearchParams} */ query) =>
    json(200, some(sandbox.requests, query)),
  "/conversations": (/** @type {Sandbox} */ sandbox) =>
    json(
      200,
      Array.from(sandbox.conversations, ([id, messages]) => ({ id, messages: messages.length })),
    ),
};
/** @type {Record<string, (sandbox: Sandbox, given: Given) => unknown>} */
const LEVERS = {
  "/script": (/** @type {Sandbox} */ sandbox, { conversationId, steps }) =>
    sandbox.script(conversationId, steps),
  "/fail": (/** @type {Sandbox} */ sandbox, { messageId, externalError, afterMs }) =>
    sandbox.failLater(messageId, externalError, { afterMs: afterMs ?? undefined }),
  "/deliver": (/** @type {Sandbox} */ sandbox, { messageId, status }) => sandbox.deliver(messageId, status),
  "/advance": (/** @type {Sandbox} */ sandbox, { ms }) => sandbox.advance(ms),
  "/reset": (/** @type {Sandbox} */ sandbox) => sandbox.reset(),
};
const CONVERSATION = /^\/conversations\/(\d{1,16})$/;

/** @param {Request} request */
export function isControl(request) {
  const { pathname } = new URL(request.url);
  return pathname === ROOT || pathname.startsWith(`${ROOT}/`);
}

/**
 * @param {Request} request
 * @param {Sandbox} sandbox
 */
export async function control(request, sandbox) {
  if (!isOwnPage(request)) return json(403, { error: "A web page of another origin may not look in here." });
  const { pathname, searchParams } = new URL(request.url);
  const path = pathname.slice(ROOT.length).replace(/\/$/, "");
  const conversation = CONVERSATION.exec(path)?.[1];
  const isLook = conversation !== undefined || Object.hasOwn(LOOKS, path);
  if (!isLook && !Object.hasOwn(LEVERS, path))
    return json(404, { error: `There is no ${ROOT}${path}.`.slice(0, 200) });
  const method = isLook ? "GET" : "POST";
  if (request.method !== method && !(isLook && request.method === "HEAD")) {
    return json(405, { error: `It takes ${method}.` }, { Allow: method });
  }
  if (conversation !== undefined) return json(200, sandbox.conversations.get(Number(conversation)) ?? []);
  return isLook ? LOOKS[path](sandbox, searchParams) : pull(LEVERS[path], sandbox, request);
}

/**
 * @param {(sandbox: Sandbox, given: Given) => unknown} lever
 * @param {Sandbox} sandbox
 * @param {Request} request
 */
async function pull(lever, sandbox, request) {
  const text = await readText(request);
  if (text === undefined) return json(413, { error: `It takes at most ${MOST_BYTES} bytes.` });
  let given = {};
  try {
    if (text !== "") given = JSON.parse(text);
  } catch {
    return json(400, { error: "The body is no JSON." });
  }
  if (typeof given !== "object" || given === null) return json(400, { error: "The body is no JSON object." });
  try {
    await lever(sandbox, /** @type {Given} */ (given));
  } catch (error) {
    return json(400, { error: /** @type {Error} */ (error).message });
  }
  return json(200, { ok: true });
}

/**
 * Undefined for one that is too long.
 * @param {Request} request
 */
async function readText(request) {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/**
 * All of them, or `?after=` a number, or the `?last=` so many.
 * @param {readonly SandboxRequest[]} requests
 * @param {URLSearchParams} query
 */
function some(requests, query) {
  const first = requests[0]?.number ?? 1;
  const after = Math.max(0, (Number(query.get("after")) || 0) - first + 1);
  const last = Math.max(0, Number(query.get("last")) || 0) || requests.length;
  return requests.slice(Math.max(after, requests.length - last, 0));
}

/**
 * @param {number} status
 * @param {unknown} value
 */
function json(status, value, headers = {}) {
  return Response.json(value, { status, headers: { ...COMMON, ...headers } });
}

const COMMON = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };

/**
 * @param {string} type
 * @param {string} text
 */
function file(type, text) {
  return new Response(text, {
    headers: { ...COMMON, "Content-Type": type, "Content-Security-Policy": POLICY },
  });
}
