// One request, in the order a real server looks at it: rate limit, route, body, credentials, conversation.

import { createMessage } from "./create.js";
import { refuseCredentials } from "./credentials.js";
import { readParams } from "./params.js";
import { findReserved } from "./reserved.js";
import { json, notAcceptable, notFound, Refusal, railsRefusal, text } from "./responses.js";
import { retryMessage } from "./retry.js";
import { findRoute, readConversationId } from "./route.js";

/**
 * LiveDesk's answer to a request.
 *
 * @param {Request} request
 * @param {import("./store.js").Store} store
 * @param {{ apiKey?: string, apiSecret?: string }} credentials
 * @param {Record<string, boolean | number>} rules of the version
 * @returns {Promise<Response>}
 */
export async function answerRequest(request, store, credentials, rules) {
  // No Retry-After: the real one sends none either.
  if (!store.admit()) return text(429, "Retry later");
  const { method, params, refusal } = await readParams(request, rules);
  const route = findRoute(method, request.url);
  const unread = route ? refusal : railsRefusal(404);
  if (unread) return json(unread.status, unread.body);
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
        ? createMessage(params, store, conversationId, rules, reserved?.deliveryError)
        : retryMessage(store, conversationId, route.message, rules);
    // What was asked is done by then.
    if (route.format !== undefined && route.format !== "json") return notAcceptable(route.format);
    return reserved?.spoil ? await reserved.spoil(body, request) : json(200, body);
  } catch (error) {
    if (error instanceof Refusal) return json(error.status, error.body);
    throw error;
  }
}
