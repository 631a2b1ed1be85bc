// One request, in the order a real server looks at it: rate limit, route, body, credentials, conversation.

import { createMessage } from "./create.js";
import { refuseCredentials } from "./credentials.js";
import { refused } from "./fault.js";
import { readParams } from "./params.js";
import { perform } from "./perform.js";
import { TooLarge } from "./record.js";
import { html, json, notAcceptable, notFound, Refusal, railsRefusal, text } from "./responses.js";
import { retryMessage } from "./retry.js";
import { findRoute, readConversationId } from "./route.js";
import { castInteger } from "./ruby.js";
import { viewOf } from "./view.js";

/** @import { Store } from "./store.js" */
/** @import { Rules } from "./versions.js" */

/**
 * LiveDesk's answer to a request; rejects where the connection breaks.
 *
 * @param {Request} request
 * @param {import("./store.js").Store} store
 * @param {import("./record.js").Recorder} recorder writes down what comes and what is done
 * @param {{ credentials: { apiKey: string | undefined, apiSecret: string | undefined }, rules: Rules, dispatcher: unknown }} how
 *   `rules` of the version; `dispatcher`: what the request was made with
 * @returns {Promise<Response>}
 */
export async function answerRequest(request, store, recorder, how) {
  const { conversationId, isRetry } = addressOf(request);
  // Before anything is waited for, so that steps go by the order in which requests come.
  const next = conversationId === undefined ? undefined : store.scripts.peek(conversationId, isRetry);
  if (next?.kind === "refuse") {
    store.scripts.take(Number(conversationId), isRetry);
    recorder.tell({ fault: "refused" });
    throw await refused(how.dispatcher);
  }
  const isAdmitted = store.admit();
  const unauthorized = refuseCredentials(request, how.credentials);
  const isScripted = isAdmitted && !unauthorized && conversationId !== undefined;
  const step = isScripted ? store.scripts.take(conversationId, isRetry) : undefined;
  const whole = await recorder.read(request).catch(tooLarge);
  // Not before it was read: a test wants to see what it sent. No Retry-After: the real one sends none either.
  if (!isAdmitted) return text(429, "Retry later");
  if (!whole) return html(413, "413 Request Entity Too Large");
  const { method, params, refusal } = await readParams(whole, how.rules);
  const route = findRoute(method, request.url);
  const unread = route ? refusal : railsRefusal(404);
  if (unread) return json(unread.status, unread.body);
  if (unauthorized) return unauthorized;
  if (conversationId === undefined || !route) return notFound();

  /** @param {string} [deliveryError] */
  const work = (deliveryError) => {
    if (route.message !== undefined)
      return retry(store, conversationId, route.message, how.rules, deliveryError);
    const body = createMessage(params, store, conversationId, how.rules, deliveryError);
    recorder.stored(body.id);
    return body;
  };
  try {
    const response = await perform(step, request, work, (told) => recorder.tell(told));
    const isOther = route.format !== undefined && route.format !== "json";
    // What was asked is done by then.
    return isOther && response.status === 200 && !step ? notAcceptable(route.format) : response;
  } catch (error) {
    if (error instanceof Refusal) return json(error.status, error.body);
    throw error;
  }
}

/**
 * Whose script a request follows, by its address alone.
 * @param {Request} request
 */
function addressOf({ method, url }) {
  const route = findRoute(method, url);
  return {
    conversationId: route && readConversationId(route.conversation),
    isRetry: route?.message !== undefined,
  };
}

/** @param {unknown} error */
function tooLarge(error) {
  if (!(error instanceof TooLarge)) throw error;
}

/**
 * @param {Store} store
 * @param {number} conversationId
 * @param {string} written
 * @param {Rules} rules
 * @param {string | undefined} deliveryError
 */
function retry(store, conversationId, written, rules, deliveryError) {
  const message = store.find(conversationId, castInteger(written));
  const before = store.snapshot(message);
  const body = retryMessage(store, conversationId, written, rules);
  store.changed(message, before);
  if (deliveryError === undefined || !message) return body;
  store.deliveries.fail(message, deliveryError);
  return viewOf(message, rules);
}
