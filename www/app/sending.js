// One call at a time: from the button, through the bubble, to the report.

import { clearReport, reportBusy, reportDone, reportError, reportIssues, reportProgress } from "./report.js";
import { addEntry, findEntry, removeEntry, updateEntry } from "./thread.js";

let underWay = false;

/**
 * Sends a new message: `call(requestOptions)` is one of the client's three. It is shown at once, and goes
 * again when it is sure that nothing was stored. Resolves to whether it is in the conversation.
 */
export async function sendNew(entry, call) {
  if (underWay) return false;
  addEntry(Object.assign(entry, { state: "sending", at: new Date() }));
  const { message, error } = await run("Sending", call);
  if (message) {
    updateEntry(entry, { state: "answered", message });
    reportDone(
      "Sent.",
      `Message ${message.id} is in conversation ${entry.conversation}, status ${message.status}.`,
    );
    return true;
  }
  if (error.outcome === "failed") {
    updateEntry(entry, { state: "answered", message: error.sent, failure: error.failure });
    return true;
  }
  if (error.outcome === "unknown") updateEntry(entry, { state: "unknown" });
  else removeEntry(entry);
  return false;
}

/** Retries a message by its number, whether this page has sent it or not. */
export async function retryOne(conversation, id, call) {
  if (underWay) return;
  const { message, error } = await run("Asking for another delivery", call);
  const answered = message ?? error.sent;
  if (answered) {
    const entry =
      findEntry(conversation, id) ?? addEntry({ conversation, state: "answered", at: new Date() });
    // An answer may be a part of the message; what was known of the rest is still so.
    updateEntry(entry, { message: { ...entry.message, ...answered }, failure: error?.failure });
  }
  if (message) reportDone("Retry accepted.", `Message ${message.id} has status ${message.status}.`);
}

/** Shows what the package finds wrong with a message, sending nothing. */
export async function check(validated) {
  if (underWay) return;
  try {
    reportIssues(await validated());
  } catch (error) {
    reportError(error);
  }
}

/** What the client tells of a call under way. */
export function onEvent(event) {
  if (event.type !== "retry") return;
  const seconds = (event.delayMs / 1000).toFixed(1);
  reportProgress(`LiveDesk asks to wait: trying again in ${seconds} s`);
}

async function run(doing, call) {
  const controller = new AbortController();
  underWay = true;
  document.body.setAttribute("aria-busy", "true");
  clearReport();
  reportBusy(`${doing} …`, () => controller.abort());
  try {
    return { message: await call({ signal: controller.signal }) };
  } catch (error) {
    reportError(error);
    return { error };
  } finally {
    underWay = false;
    document.body.setAttribute("aria-busy", "false");
  }
}
