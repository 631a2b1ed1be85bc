// From a caller's arguments to the engine, and back.

import { load } from "../engine/load.js";
import { breakDown, settled } from "../engine/pending.js";
import { Rejection } from "../engine/rejection.js";
import { createError, LiveDeskError } from "../errors.js";
import { callText, clientText } from "../host/tagged.js";
import { Call } from "./call.js";
import { Events } from "./events.js";
import { withIssues } from "./issues.js";

/** One of the four calls: `kind` is `text`, `attachments`, `template` or `retry`. */
export async function send(settings, kind, conversationId, message, requestOptions) {
  const call = new Call(settings);
  const { onEvent } = settings;
  if (onEvent) call.events = new Events(onEvent, call.context, kind, conversationId, message);
  let engine;
  let sent;
  let error;
  try {
    // Whatever is the caller's is read before anything waits: what is checked is what is sent.
    call.read(kind, conversationId, message, requestOptions);
    engine = await load();
    sent = await settled(engine.send(call));
    return sent;
  } catch (thrown) {
    // Made here, in the caller's own chain of awaits, so that its stack shows who called.
    if (thrown instanceof Rejection) error = createError(thrown.name, withIssues(thrown.all(call)));
    else error = engine ? known(thrown, "unknown") : thrown;
    throw error;
  } finally {
    call.close(sent, error);
  }
}

/** Asks the engine something that sends nothing: `validate` or `explainFailure`, of a message's text. */
export async function ask(question, { channel }, kind, message) {
  const engine = await load();
  // In an object: text by itself would be written before the glue starts a new engine after a breakdown.
  const asked = {
    text: callText(clientText({ channel }), { kind, message, conversationId: "u", extra: "u" }),
  };
  try {
    return engine[question](asked);
  } catch (thrown) {
    throw known(thrown, "not_sent");
  }
}

/** An error of ours; anything else is a breakdown, which can surface right here too: see pending.js. */
function known(thrown, outcome) {
  if (thrown instanceof LiveDeskError) return thrown;
  breakDown(thrown);
  const message = "The engine broke down; the next call starts a new one.";
  return new LiveDeskError(message, { code: "internal_error", outcome, cause: thrown });
}
