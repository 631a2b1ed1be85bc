// One request, in the order a real server looks at it: rate limit, route, credentials, conversation, body.

import { createMessage } from "./create.js";
import { refuseCredentials } from "./credentials.js";
import { refused } from "./fault.js";
import { perform } from "./perform.js";
import { TooLarge } from "./record.js";
import { html, json, notFound, Refusal, text } from "./responses.js";
import { retryMessage } from "./retry.js";

const ROUTE = /^\/api\/v2\/accounts\/conversations\/([^/]+)\/messages(?:\/([^/]+)\/retry)?$/;

/**
 * LiveDesk's answer to a request; rejects where the connection breaks.
 *
 * @param {Request} request
 * @param {import("./store.js").Store} store
 * @param {{ apiKey?: string, apiSecret?: string }} credentials
 * @param {import("./record.js").Recorder} recorder writes down what comes and what is done
 * @param {unknown} dispatcher what the request was made with
 * @returns {Promise<Response>}
 */
export async function answerRequest(request, store, credentials, recorder, dispatcher) {
  const route = findRoute(request);
  const conversationId = route && readConversationId(route.conversation);
  const isRetry = route?.message !== undefined;
  if (conversationId !== undefined && store.scripts.peek(conversationId, isRetry)?.kind === "refuse") {
    store.scripts.take(conversationId, isRetry);
    recorder.tell({ fault: "refused" });
    throw await refused(dispatcher);
  }
  // No Retry-After: the real one sends none either.
  const limited = store.admit() ? undefined : text(429, "Retry later");
  const early = limited ?? turnAway(request, conversationId, credentials);
  // Before anything is waited for, so that steps go by the order in which requests come.
  const step = early ? undefined : store.scripts.take(conversationId, isRetry);
  let whole;
  try {
    whole = await recorder.read(request);
  } catch (error) {
    if (error instanceof TooLarge) return html(413, "413 Request Entity Too Large");
    throw error;
  }
  // Not before: a test wants to see what it sent, and a client may send all of it before it reads.
  if (early) return early;

  async function work(deliveryError) {
    if (isRetry) return retry(store, conversationId, route.message, deliveryError);
    const body = await createMessage(whole, store, conversationId, deliveryError);
    recorder.stored(body.id);
    return body;
  }
  try {
    return await perform(step, request, work, (told) => recorder.tell(told));
  } catch (error) {
    if (error instanceof Refusal) return json(error.status, error.body);
    throw error;
  }
}

/** The answer to what goes no further. */
function turnAway(request, conversationId, credentials) {
  if (!findRoute(request)) return notFound();
  return refuseCredentials(request, credentials) ?? (conversationId === undefined ? notFound() : undefined);
}

async function retry(store, conversationId, written, deliveryError) {
  const message = store.find(conversationId, Number(written));
  const before = store.snapshot(message);
  const body = await retryMessage(store, conversationId, written);
  store.changed(message, before);
  if (deliveryError === undefined || !message) return body;
  store.deliveries.fail(message, deliveryError);
  const { id, status, content_attributes } = message;
  return { id, status, content_attributes: { external_error: content_attributes.external_error } };
}

/** The parts of the path, or undefined: as in Rails, a wrong method is a wrong path. */
function findRoute(request) {
  const match = request.method === "POST" && ROUTE.exec(new URL(request.url).pathname);
  return match ? { conversation: match[1], message: match[2] } : undefined;
}

/** Every positive integer that a number can hold exactly names a conversation. */
export function readConversationId(written) {
  const id = /^\d+$/.test(written) ? Number(written) : 0;
  return id > 0 && Number.isSafeInteger(id) ? id : undefined;
}
