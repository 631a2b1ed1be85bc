// From a caller's arguments to the engine, and back.

import { load } from "../engine/load.js";
import { Events } from "./events.js";
import { read } from "./given.js";

/** @import { Settings } from "./options.js" */
/** @import { Written } from "../types/engine.js" */
/** @import { Limits } from "./livedesk.js" */

/**
 * One of the four calls: `kind` is `text`, `attachments`, `template` or `retry`.
 * @param {Settings} settings
 * @param {Written["kind"]} kind
 * @param {unknown} conversationId
 * @param {unknown} message
 * @param {unknown} [requestOptions]
 */
export async function send(settings, kind, conversationId, message, requestOptions) {
  settings.calls += 1;
  const order = settings.calls;
  const { onEvent } = settings;
  const events = onEvent && new Events(onEvent, kind, conversationId, message);
  let sent;
  let error;
  try {
    // Whatever is the caller's is read before anything waits: what is checked is what is sent.
    const given = read(settings, kind, conversationId, message, requestOptions);
    const engine = await load();
    sent = await engine.send(settings, order, given, events);
    return sent;
  } catch (thrown) {
    error = thrown;
    throw error;
  } finally {
    events?.end(sent, error);
  }
}

/**
 * Asks the engine something that sends nothing, of a message's text.
 * @param {"validate" | "explainFailure" | "nextStep" | "previewTemplate"} question
 * @param {Limits} limits
 * @param {Written["kind"]} kind
 * @param {string} message
 * @param {string} [definition]
 */
export async function ask(question, limits, kind, message, definition) {
  const engine = await load();
  return await engine[question](limits, kind, message, definition);
}
