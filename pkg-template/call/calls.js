// What the facade asks of the engine, each question guarded against its breakdown.

import { compile } from "../engine/compile.js";
import * as engine from "../engine/engagelab_livedesk.js";
import { loadError } from "../engine/load.js";
import { breakDown, onBreakdown, settled } from "../engine/pending.js";
import { Rejection } from "../engine/rejection.js";
import { createError, LiveDeskError } from "../errors.js";
import { callText, clientText } from "../host/records.js";
import { told, withIssues } from "../input/told.js";
import { previewOf } from "../whatsapp/preview.js";
import { Call } from "./call.js";
import { Gate } from "./gate.js";

/** @import { Settings } from "../client/options.js" */
/** @import { Given } from "../client/given.js" */
/** @import { Events } from "../client/events.js" */
/** @import { Limits } from "../client/livedesk.js" */
/** @import { Written } from "../types/engine.js" */
/** @import { Outcome } from "../types/errors.js" */

/** How browsers word it when a page's policy forbids WebAssembly. */
const POLICY = /unsafe-eval|wasm-eval|Content.Security.Policy|\bCSP\b/i;

/**
 * Makes the engine ready, from its packed bytes.
 * @param {string} packed
 */
export async function start(packed) {
  try {
    engine.initSync({ module: await compile(packed) });
  } catch (thrown) {
    const { name, message } = /** @type {Error} */ (Object(thrown));
    const isPolicy = /^(Compile|Eval)Error$/.test(name) && POLICY.test(message);
    if (!isPolicy) throw thrown;
    const add = "add 'wasm-unsafe-eval' to its script-src";
    throw loadError(thrown, `the page's Content-Security-Policy forbids WebAssembly; ${add}`);
  }
  onBreakdown(restart);
}

function restart() {
  try {
    engine.restart();
  } catch {
    // Then it is beyond that too, and the next call says so.
  }
}

/**
 * One of the four calls: `given` is what the caller gave, `order` the call's place among all of its client's.
 * @param {Settings} settings
 * @param {number} order
 * @param {Given} given
 * @param {Events | undefined} events
 */
export async function send(settings, order, given, events) {
  settings.gate ??= new Gate(settings.requestsPerSecond);
  settings.text ??= clientText(settings.client);
  const call = new Call(settings, order, given, events);
  try {
    return await guarded("unknown", () => settled(engine.send(call)));
  } catch (thrown) {
    // Made here, in the caller's own chain of awaits, so that its stack shows who called.
    throw thrown instanceof Rejection
      ? createError(
          /** @type {Parameters<typeof createError>[0]} */ (thrown.name),
          withIssues(thrown.all(call)),
        )
      : thrown;
  } finally {
    call.close();
  }
}

/** @typedef {[limits: Limits, kind: Written["kind"], message: string, definition?: string]} Question */

/**
 * Every issue with a message, of which only its text is known.
 * @param {Question} call
 */
export async function validate(...call) {
  return told(await guarded("not_sent", () => engine.validate(asked(...call))));
}

/**
 * Why a delivery failed.
 * @param {Question} call
 */
export function explainFailure(...call) {
  return guarded("not_sent", () => engine.explainFailure(asked(...call)));
}

/**
 * What a queue does next.
 * @param {Question} call
 */
export function nextStep(...call) {
  return guarded("not_sent", () => engine.nextStep(asked(...call)));
}

/**
 * A template as the customer will read it, with the issues of its parameters, which are what stands for a message.
 * @param {Question} call
 */
export async function previewTemplate(...call) {
  const { text, issues } = await guarded("not_sent", () => engine.previewTemplate(asked(...call)));
  return { ...previewOf(text), issues: told(issues) };
}

/**
 * In an object: text by itself would be written before the glue starts a new engine after a breakdown.
 * @param {Question} call
 */
function asked(...[{ channel }, kind, message, definition = "u"]) {
  const written = { kind, message, conversationId: "u", extra: "u", definition };
  return { text: callText(clientText({ channel }), written) };
}

/**
 * A breakdown can surface right here too; see pending.js.
 * @param {Outcome} outcome
 * @template T
 * @param {() => T | Promise<T>} run
 * @returns {Promise<T>}
 */
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
