// From a caller's arguments to the engine, and back.

import { LiveDeskError } from "./errors.js";
import { Issues } from "./issues.js";
import { load } from "./load.js";
import { breakDown, settled } from "./pending.js";
import { readRequestOptions } from "./request-options.js";
import { snapshot } from "./snapshot.js";

/** One of the four calls: `kind` is `text`, `attachments`, `template` or `retry`. */
export async function send(settings, kind, conversationId, message, requestOptions) {
  // Whatever is the caller's is read before anything waits: what is checked is what is sent.
  const { signal, extra, ...request } = readRequestOptions(requestOptions);
  const { tree, binaries } = snapshot(digits(message));
  const call = {
    data: {
      ...settings.data,
      ...request,
      kind,
      conversationId: snapshot(digits(conversationId)).tree,
      message: tree,
      extra: snapshot(extra).tree,
    },
    fetch: settings.fetch ?? globalFetch(),
    authorization: settings.authorize,
    onEvent: settings.onEvent,
    signal,
    binaries,
  };
  const engine = await load();
  return guarded("unknown", () => settled(engine.send(call)));
}

/** An id given as a bigint may be above 2^53, which no number holds. */
function digits(value) {
  return typeof value === "bigint" ? String(value) : value;
}

/** Asks the engine something that sends nothing; `question` is given the engine. */
export async function ask(question) {
  const engine = await load();
  return guarded("not_sent", () => question(engine));
}

/** Looked up at each call, so that a test or a tracer may replace it at any time. */
function globalFetch() {
  const { fetch } = globalThis;
  if (typeof fetch === "function") return fetch;
  const issues = new Issues();
  issues.add("options.fetch", "required", "is required: this runtime has no global fetch");
  return issues.raise("Nothing was sent");
}

/** A breakdown can surface right here too; see pending.js. */
async function guarded(outcome, run) {
  try {
    return await run();
  } catch (thrown) {
    if (thrown instanceof LiveDeskError) throw thrown;
    breakDown(thrown);
    const message = "The engine broke down; the next call starts a new one.";
    throw new LiveDeskError(message, { code: "internal_error", outcome, cause: thrown });
  }
}
