// A LiveDesk in memory, for tests and demos. It shares no code with the client, so each checks the other.

import { answerRequest } from "./sandbox/answer.js";
import { Store } from "./sandbox/store.js";
import { rulesOf } from "./sandbox/versions.js";
import { LONGEST_TIMER_MS, pause, untilAborted } from "./sandbox/wait.js";

export { reservedConversations } from "./sandbox/reserved.js";

/**
 * Makes a sandbox: a fetch handler that answers like LiveDesk, and the messages it has stored.
 *
 * @param {{ apiKey?: string, apiSecret?: string, latency?: number, version?: string }} [options]
 *   `apiKey` and `apiSecret`: the only credentials that pass; without them any Basic credentials do.
 *   `latency`: milliseconds between doing what was asked and answering; default 0.
 *   `version`: whose behaviour it has: "documented" (the default), "4.12" or "4.15".
 * @returns {{
 *   fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>,
 *   conversations: Map<number, object[]>,
 *   reset: () => void,
 * }}
 */
export function createSandbox(options = {}) {
  const { apiKey, apiSecret, latency = 0 } = options;
  if (typeof latency !== "number" || !(latency >= 0 && latency <= LONGEST_TIMER_MS)) {
    throw new TypeError("latency is a number of milliseconds, 0 or more");
  }
  const rules = rulesOf(options.version);
  const store = new Store();

  async function fetch(input, init) {
    const request = init === undefined && input instanceof Request ? input : new Request(input, init);
    // As with a slow server, what was asked is done before the wait: an abort does not undo it.
    const response = await untilAborted(request, () =>
      answerRequest(request, store, { apiKey, apiSecret }, rules),
    );
    if (latency > 0) await pause(request, latency);
    return response;
  }

  return { fetch, conversations: store.conversations, reset: () => store.reset() };
}

// Not exported: everything in ./sandbox/, which may change in any release.
