// From a caller's arguments to the engine, and back.

import { load } from "../engine/load.js";
import { breakDown, settled } from "../engine/pending.js";
import { Rejection } from "../engine/rejection.js";
import { createError, LiveDeskError } from "../errors.js";
import { Call } from "./call.js";
import { Events } from "./events.js";
import { withIssues } from "./issues.js";

/** One of the four calls: `kind` is `text`, `attachments`, `template` or `retry`. */
export async function send(settings, kind, conversationId, message, requestOptions) {
  const call = new Call(settings);
  const { onEvent } = settings;
  if (onEvent) call.events = new Events(onEvent, call.context, kind, conversationId, message);
  let sent;
  let error;
  try {
    // Whatever is the caller's is read before anything waits: what is checked is what is sent.
    call.read(kind, conversationId, message, requestOptions);
    const engine = await load();
    sent = await guarded("unknown", () => settled(engine.send(call)));
    return sent;
  } catch (thrown) {
    // Made here, in the caller's own chain of awaits, so that its stack shows who called.
    error = thrown instanceof Rejection ? createError(thrown.name, withIssues(thrown.all(call))) : thrown;
    throw error;
  } finally {
    call.close(sent, error);
  }
}

/** Asks the engine something that sends nothing; `question` is given the engine. */
export async function ask(question) {
  const engine = await load();
  return await guarded("not_sent", () => question(engine));
}

/** A breakdown can surface right here too; see pending.js. */
async function guarded(outcome, run) {
  try {
    return await run();
  } catch (thrown) {
    if (thrown instanceof LiveDeskError || thrown instanceof Rejection) throw thrown;
    breakDown(thrown);
    const message = "The engine broke down; the next call starts a new one.";
    throw new LiveDeskError(message, { code: "internal_error", outcome, cause: thrown });
  }
}
