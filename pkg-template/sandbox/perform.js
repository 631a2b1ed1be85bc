// One step of a script, done: what is stored, and what becomes of the answer.

import { broken } from "./fault.js";
import { html, json, notFound, text } from "./responses.js";
import { cutAnswer, noAnswer, stalledAnswer } from "./spoil.js";
import { pause } from "./wait.js";

/** @import { Step } from "./steps.js" */

/** The answer that is cut or stalled where nothing was stored. */
const NEVER_STORED = { id: 17_629_000_000_000, content: null, status: "sent" };

/**
 * @param {Step | undefined} step undefined for what is not scripted
 * @param {Request} request
 * @param {(deliveryError?: string) => object} work stores, and gives the body of the answer
 * @param {(fault: { fault: string, status?: number, body?: unknown }) => void} tell called when the answer is not whole
 * @returns {Promise<Response>}
 */
export async function perform(step, request, work, tell) {
  const { kind = "ok", store, delay = 0, where } = step ?? /** @type {Partial<Step>} */ ({});
  const whole = kind === "ok" || kind === "external_error";
  const body = whole || store ? await work(step?.external_error) : NEVER_STORED;
  if (delay > 0) await pause(request, delay);
  if (whole) return json(200, body);
  if (kind === "status") return answer(/** @type {Step} */ (step), store ? body : undefined);
  if (kind === "redirect")
    return new Response(null, /** @type {ResponseInit} */ ({ status: step?.status, headers: step?.headers }));
  if (kind === "stall") {
    tell({ fault: "stalled", ...(where === "body" && { status: 200, body }) });
    if (where === "body") return stalledAnswer(body, request);
    if (step?.ms === undefined) return noAnswer();
    await pause(request, step.ms);
    throw broken("closed");
  }
  if (kind === "cut" && where === "body") {
    tell({ fault: "cut", status: 200, body });
    return cutAnswer(body);
  }
  tell({ fault: kind });
  throw broken(kind === "reset" ? "reset" : "closed");
}

/**
 * Answers of LiveDesk's, or of a gateway's before it, for a step that has none of its own.
 * @type {Record<number, () => Response>}
 */
const USUAL = {
  400: () => json(400, { status: 400, error: "Bad Request" }),
  401: () => json(401, { error: "Invalid Access Token" }),
  403: () => json(403, { error: "You are not authorized to do this action" }),
  404: notFound,
  408: () => html(408, "408 Request Time-out"),
  413: () => html(413, "413 Request Entity Too Large"),
  422: () => json(422, { message: "Content is invalid", attributes: ["content"] }),
  // No Retry-After: the real one sends none either.
  429: () => text(429, "Retry later"),
  500: () => json(500, { status: 500, error: "Internal Server Error" }),
  502: () => html(502, "502 Bad Gateway"),
  503: () => html(503, "503 Service Temporarily Unavailable"),
  504: () => html(504, "504 Gateway Time-out"),
};
/** They have no body. */
const EMPTY = [204, 205, 304];

/**
 * @param {Step} step
 * @param {object | undefined} stored
 */
function answer(step, stored) {
  const { status = 200, text: written, type = "" } = step;
  const response = written === undefined ? usual(status, stored) : own(status, written, type);
  for (const [name, value] of step.headers ?? []) response.headers.set(name, value);
  return response;
}

/**
 * @param {number} status
 * @param {string} written
 * @param {string} type
 */
function own(status, written, type) {
  if (EMPTY.includes(status)) return new Response(null, { status });
  return new Response(written, { status, headers: { "Content-Type": type } });
}

/**
 * @param {number} status
 * @param {object | undefined} stored
 */
function usual(status, stored) {
  if (Object.hasOwn(USUAL, status)) return USUAL[status]();
  const hasMessage = stored && status < 300 && !EMPTY.includes(status);
  return hasMessage ? json(status, stored) : new Response(null, { status });
}
