// One request, in the order a real server looks at it: rate limit, route, credentials, conversation, body.

import { createMessage } from "./create.js";
import { refuseCredentials } from "./credentials.js";
import { findReserved } from "./reserved.js";
import { json, notFound, Refusal, text } from "./responses.js";
import { retryMessage } from "./retry.js";

const ROUTE = /^\/api\/v2\/accounts\/conversations\/([^/]+)\/messages(?:\/([^/]+)\/retry)?$/;

/**
 * LiveDesk's answer to a request.
 *
 * @param {Request} request
 * @param {import("./store.js").Store} store
 * @param {{ apiKey?: string, apiSecret?: string }} credentials
 * @returns {Promise<Response>}
 */
export async function answerRequest(request, store, credentials) {
  // No Retry-After: the real one sends none either.
  if (!store.admit()) return text(429, "Retry later");
  const route = findRoute(request);
  if (!route) return notFound();
  const refused = refuseCredentials(request, credentials);
  if (refused) return refused;
  const conversationId = readConversationId(route.conversation);
  if (conversationId === undefined) return notFound();

  const reserved = findReserved(conversationId);
  const early = reserved?.instead?.(store.countVisit(conversationId));
  if (early) return early;
  try {
    const body =
      route.message === undefined
        ? await createMessage(request, store, conversationId, reserved?.deliveryError)
        : retryMessage(store, conversationId, route.message);
    return reserved?.spoil ? await reserved.spoil(body, request) : json(200, body);
  } catch (error) {
    if (error instanceof Refusal) return json(error.status, error.body);
    throw error;
  }
}

/** The parts of the path, or undefined: as in Rails, a wrong method is a wrong path. */
function findRoute(request) {
  const match = request.method === "POST" && ROUTE.exec(new URL(request.url).pathname);
  return match ? { conversation: match[1], message: match[2] } : undefined;
}

/** Every positive integer that a number can hold exactly names a conversation. */
function readConversationId(written) {
  const id = /^\d+$/.test(written) ? Number(written) : 0;
  return id > 0 && Number.isSafeInteger(id) ? id : undefined;
}
