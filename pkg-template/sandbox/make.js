// Puts a sandbox together.

import { answerRequest } from "./answer.js";
import { isTime } from "./deliveries.js";
import { readKeep } from "./kept.js";
import { readConversationId } from "./route.js";
import { must } from "./steps.js";
import { Store } from "./store.js";
import { rulesOf } from "./versions.js";
import { LONGEST_TIMER_MS, pause, untilAborted } from "./wait.js";
import { Webhook } from "./webhook.js";

/** @import { SandboxOptions, SandboxRequest } from "../sandbox.js" */

/**
 * @param {SandboxOptions} [options] those of `createSandbox`
 * @param {(record: SandboxRequest) => void} [onRequest] told of each request when it has ended
 */
export function makeSandbox(options = {}, onRequest = () => {}) {
  const { apiKey, apiSecret, latency = 0, keep, webhook } = options;
  if (typeof latency !== "number" || !(latency >= 0 && latency <= LONGEST_TIMER_MS)) {
    throw new TypeError("latency is a number of milliseconds, 0 or more");
  }
  const rules = rulesOf(options.version);
  const hook = new Webhook(webhook);
  const store = new Store({ keep: readKeep(keep), webhook: hook });

  /**
   * @param {RequestInfo | URL} input
   * @param {RequestInit} [init]
   */
  async function fetch(input, init) {
    const request = init === undefined && input instanceof Request ? input : new Request(input, init);
    if (request.signal.aborted) throw request.signal.reason;
    const recorder = store.records.begin(request, store.now());
    // As with a slow server, what was asked is done before the wait: an abort does not undo it.
    const how = {
      credentials: { apiKey, apiSecret },
      rules,
      dispatcher: /** @type {{ dispatcher?: unknown } | undefined} */ (init)?.dispatcher,
    };
    const work = () => answerRequest(request, store, recorder, how);
    try {
      const response = await untilAborted(request, work);
      const answer = await recorder.answer(response);
      if (latency > 0) await pause(request, latency);
      return answer;
    } catch (error) {
      recorder.record.fault ??= "aborted";
      throw error;
    } finally {
      told(onRequest, recorder.record);
    }
  }

  return {
    fetch,
    conversations: store.conversations,
    requests: store.records.list,
    /**
     * @param {unknown} conversationId
     * @param {unknown} steps
     */
    script(conversationId, steps) {
      const written = String(conversationId);
      const id = /^\d+$/.test(written) ? readConversationId(written) : undefined;
      must(id !== undefined, "conversationId", "a conversation's number");
      store.scripts.set(/** @type {number} */ (id), steps);
    },
    failLater: (
      /** @type {unknown} */ messageId,
      /** @type {string} */ externalError,
      /** @type {{ afterMs?: number | undefined }} */ more,
    ) => store.deliveries.failLater(messageId, externalError, more),
    deliver: (/** @type {unknown} */ messageId, /** @type {unknown} */ status) =>
      store.deliveries.deliver(messageId, status),
    /** @param {number} ms */
    advance(ms) {
      must(isTime(ms), "ms", "a number of milliseconds, at most ten years");
      store.clock.advance(ms);
      return hook.settled();
    },
    reset: () => store.reset(),
  };
}

/**
 * What looks on breaks nothing.
 * @param {(record: SandboxRequest) => void} onRequest
 * @param {SandboxRequest} record
 */
function told(onRequest, record) {
  try {
    onRequest(record);
  } catch {
    // Its own fault.
  }
}
