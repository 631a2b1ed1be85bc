// The public calls: as methods of a client, and as functions for those who keep none.

import { load } from "../engine/load.js";
import { snapshot } from "../host/snapshot.js";
import { readFields } from "../input/fields.js";
import { Issues } from "../input/issues.js";
import { any, channel, count } from "../input/rules.js";
import { eventIn } from "../whatsapp/webhook.js";
import { failureOf, messageOf } from "./delivery.js";
import { readOptions } from "./options.js";
import { ask, send } from "./send.js";

/** @import { Channel } from "../types/options.js" */
/** @import { Written } from "../types/engine.js" */

/**
 * By this a client is known that another copy of the package made.
 * @type {unique symbol}
 */
const BRAND = Symbol.for("engagelab-livedesk.client");
const KINDS = ["text", "attachments", "template"];
const METHODS = {
  text: "sendText",
  attachments: "sendAttachments",
  template: "sendTemplate",
  retry: "retryMessage",
};

/** What follows the options in each of them. @typedef {[conversationId: unknown, message: unknown, requestOptions?: unknown]} CallArguments */
/** What limits a message beside its own rules. @typedef {{ channel?: Channel; definition?: unknown; attempts?: unknown }} Limits */

/** A client of one LiveDesk account. */
export class LiveDesk {
  // Private, so that nothing that prints, clones or serialises a client shows its credentials.
  #settings;

  /**
   * Throws a ValidationError with every bad option.
   * @param {unknown} [options]
   */
  constructor(options) {
    this.#settings = readOptions(options);
  }

  /** A method, and no property set later: what nobody imports shall be dropped from a bundle. */
  get [BRAND]() {
    return true;
  }

  /**
   * Sends text; resolves to the Message.
   * @param {unknown} conversationId
   * @param {unknown} message
   * @param {unknown} [requestOptions]
   */
  async sendText(conversationId, message, requestOptions) {
    return await LiveDesk.#send(this, "text", conversationId, message, requestOptions);
  }

  /**
   * Sends files; resolves to the Message.
   * @param {unknown} conversationId
   * @param {unknown} message
   * @param {unknown} [requestOptions]
   */
  async sendAttachments(conversationId, message, requestOptions) {
    return await LiveDesk.#send(this, "attachments", conversationId, message, requestOptions);
  }

  /**
   * Sends a WhatsApp template; resolves to the Message.
   * @param {unknown} conversationId
   * @param {unknown} message
   * @param {unknown} [requestOptions]
   */
  async sendTemplate(conversationId, message, requestOptions) {
    return await LiveDesk.#send(this, "template", conversationId, message, requestOptions);
  }

  /**
   * Asks LiveDesk to deliver a failed message again; resolves when that is accepted, not delivered.
   * @param {unknown} conversationId
   * @param {unknown} message
   * @param {unknown} [requestOptions]
   */
  async retryMessage(conversationId, message, requestOptions) {
    return await LiveDesk.#send(this, "retry", conversationId, messageOf(message), requestOptions);
  }

  /**
   * @param {LiveDesk} client
   * @param {[kind: Written["kind"], ...call: CallArguments]} call
   */
  static #send(client, ...call) {
    if (client && #settings in Object(client)) return send(client.#settings, ...call);
    const issues = new Issues();
    const name = METHODS[call[0]];
    issues.add(
      "this",
      "wrong_type",
      client === undefined || client === null
        ? `is ${client}: ${name} was taken off its client; call it as desk.${name}(...), or keep desk.${name}.bind(desk)`
        : `is no LiveDesk; call desk.${name}(...) itself, not on a Proxy of it`,
    );
    return issues.raise("Nothing was sent");
  }
}

/**
 * `new LiveDesk(options).sendText(...)`; `options` may be a LiveDesk.
 * @param {unknown} options
 * @param {CallArguments} call
 */
export async function sendText(options, ...call) {
  return await client(options).sendText(...call);
}

/**
 * `new LiveDesk(options).sendAttachments(...)`; `options` may be a LiveDesk.
 * @param {unknown} options
 * @param {CallArguments} call
 */
export async function sendAttachments(options, ...call) {
  return await client(options).sendAttachments(...call);
}

/**
 * `new LiveDesk(options).sendTemplate(...)`; `options` may be a LiveDesk.
 * @param {unknown} options
 * @param {CallArguments} call
 */
export async function sendTemplate(options, ...call) {
  return await client(options).sendTemplate(...call);
}

/**
 * `new LiveDesk(options).retryMessage(...)`; `options` may be a LiveDesk.
 * @param {unknown} options
 * @param {CallArguments} call
 */
export async function retryMessage(options, ...call) {
  return await client(options).retryMessage(...call);
}

/**
 * @param {unknown} options
 * @returns {LiveDesk}
 */
function client(options) {
  try {
    const given = /** @type {LiveDesk} */ (options);
    if (given?.[BRAND] === true && typeof given.sendText === "function") return given;
  } catch {
    // A Proxy or getter that throws is no client; the constructor says what is wrong.
  }
  return new LiveDesk(options);
}

/** Loads the engine ahead of the first call; rejects as a call would. */
export async function preload() {
  await load();
}

/**
 * Every issue with a message, sending nothing.
 * @param {unknown} kind
 * @param {unknown} message
 * @param {unknown} [options]
 */
export async function validate(kind, message, options) {
  const issues = new Issues();
  if (!KINDS.includes(/** @type {string} */ (kind)))
    issues.add("kind", "invalid_value", `must be one of ${KINDS.join(", ")}`);
  const { definition, ...limits } = readLimits(options, issues, { definition: any });
  const { text } = snapshot(message);
  const given = snapshot(definition).text;
  return await ask("validate", limits, /** @type {Written["kind"]} */ (kind), text, given);
}

/**
 * Why a delivery failed and what to do: of a Message, its `external_error`, a code, a DeliveryError, or null.
 * @param {unknown} failed
 * @param {unknown} [options]
 */
export async function explainFailure(failed, options) {
  const limits = readLimits(options, new Issues());
  const known = failureOf(failed, limits.channel);
  if (known) return known;
  const { text } = snapshot(messageOf(failed));
  return await ask("explainFailure", limits, "retry", text);
}

/**
 * What a queue does next with a message whose call ended so: with an error, or a Message.
 * @param {unknown} ended
 * @param {unknown} [options]
 */
export async function nextStep(ended, options) {
  const { attempts = 1, ...limits } = readLimits(options, new Issues(), { attempts: count });
  const { text } = snapshot({ ended, attempts });
  return await ask("nextStep", limits, "retry", text);
}

/**
 * @param {unknown} options
 * @param {Issues} issues
 * @param {Parameters<typeof readFields>[2]} [more]
 */
function readLimits(options, issues, more) {
  const limits = options === undefined ? {} : readFields(options, "options", { channel, ...more }, issues);
  issues.raise("Invalid arguments");
  return /** @type {Limits} */ (limits);
}

/**
 * A template as the customer will read it, with the issues of its parameters.
 * @param {unknown} definition
 * @param {unknown} params
 */
export async function previewTemplate(definition, params) {
  const { text } = snapshot(params);
  return await ask("previewTemplate", {}, "template", text, snapshot(definition).text);
}

/**
 * What a webhook told of a message: null when that is none.
 * @param {unknown} body
 */
export async function readWebhook(body) {
  const found = eventIn(body);
  if (!found) return null;
  const { isWhatsApp, ...event } = found;
  // What another channel it is makes no difference.
  const limits = isWhatsApp ? {} : { channel: "api" };
  const failure = event.message.status === "failed" ? await explainFailure(event.message, limits) : null;
  return { ...event, failure };
}
