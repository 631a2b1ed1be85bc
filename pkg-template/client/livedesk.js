// The public calls: as methods of a client, and as functions for those who keep none.

import { load } from "../engine/load.js";
import { snapshot } from "../host/snapshot.js";
import { readFields } from "../input/fields.js";
import { Issues } from "../input/issues.js";
import { any, channel } from "../input/rules.js";
import { eventIn } from "../whatsapp/webhook.js";
import { failureOf, messageOf } from "./delivery.js";
import { readOptions } from "./options.js";
import { ask, send } from "./send.js";

/** By this a client is known that another copy of the package made. */
const BRAND = Symbol.for("engagelab-livedesk.client");
const KINDS = ["text", "attachments", "template"];
const METHODS = {
  text: "sendText",
  attachments: "sendAttachments",
  template: "sendTemplate",
  retry: "retryMessage",
};

/** A client of one LiveDesk account. */
export class LiveDesk {
  // Private, so that nothing that prints, clones or serialises a client shows its credentials.
  #settings;

  /** Throws a ValidationError with every bad option. */
  constructor(options) {
    this.#settings = readOptions(options);
  }

  /** A method, and no property set later: what nobody imports shall be dropped from a bundle. */
  get [BRAND]() {
    return true;
  }

  /** Sends text; resolves to the Message. */
  async sendText(conversationId, message, requestOptions) {
    return await LiveDesk.#send(this, "text", conversationId, message, requestOptions);
  }

  /** Sends files; resolves to the Message. */
  async sendAttachments(conversationId, message, requestOptions) {
    return await LiveDesk.#send(this, "attachments", conversationId, message, requestOptions);
  }

  /** Sends a WhatsApp template; resolves to the Message. */
  async sendTemplate(conversationId, message, requestOptions) {
    return await LiveDesk.#send(this, "template", conversationId, message, requestOptions);
  }

  /** Asks LiveDesk to deliver a failed message again; resolves when that is accepted, not delivered. */
  async retryMessage(conversationId, message, requestOptions) {
    return await LiveDesk.#send(this, "retry", conversationId, messageOf(message), requestOptions);
  }

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

/** `new LiveDesk(options).sendText(...)`; `options` may be a LiveDesk. */
export async function sendText(options, ...call) {
  return await client(options).sendText(...call);
}

/** `new LiveDesk(options).sendAttachments(...)`; `options` may be a LiveDesk. */
export async function sendAttachments(options, ...call) {
  return await client(options).sendAttachments(...call);
}

/** `new LiveDesk(options).sendTemplate(...)`; `options` may be a LiveDesk. */
export async function sendTemplate(options, ...call) {
  return await client(options).sendTemplate(...call);
}

/** `new LiveDesk(options).retryMessage(...)`; `options` may be a LiveDesk. */
export async function retryMessage(options, ...call) {
  return await client(options).retryMessage(...call);
}

function client(options) {
  try {
    if (options?.[BRAND] === true && typeof options.sendText === "function") return options;
  } catch {
    // A Proxy or getter that throws is no client; the constructor says what is wrong.
  }
  return new LiveDesk(options);
}

/** Loads the engine ahead of the first call; rejects as a call would. */
export async function preload() {
  await load();
}

/** Every issue with a message, sending nothing. */
export async function validate(kind, message, options) {
  const issues = new Issues();
  if (!KINDS.includes(kind)) issues.add("kind", "invalid_value", `must be one of ${KINDS.join(", ")}`);
  const { definition, ...limits } = readLimits(options, issues, { definition: any });
  const { text } = snapshot(message);
  return await ask("validate", limits, kind, text, snapshot(definition).text);
}

/** Why a delivery failed and what to do: of a Message, its `external_error`, a code, a DeliveryError, or null. */
export async function explainFailure(failed, options) {
  const limits = readLimits(options, new Issues());
  const known = failureOf(failed, limits.channel);
  if (known) return known;
  const { text } = snapshot(messageOf(failed));
  return await ask("explainFailure", limits, "retry", text);
}

function readLimits(options, issues, more) {
  const limits = options === undefined ? {} : readFields(options, "options", { channel, ...more }, issues);
  issues.raise("Invalid arguments");
  return limits;
}

/** A template as the customer will read it, with the issues of its parameters. */
export async function previewTemplate(definition, params) {
  const { text } = snapshot(params);
  return await ask("previewTemplate", {}, "template", text, snapshot(definition).text);
}

/** What a webhook told of a message: null when that is none. */
export async function readWebhook(body) {
  const found = eventIn(body);
  if (!found) return null;
  const { isWhatsApp, ...event } = found;
  // What another channel it is makes no difference.
  const limits = isWhatsApp ? {} : { channel: "api" };
  const failure = event.message.status === "failed" ? await explainFailure(event.message, limits) : null;
  return { ...event, failure };
}
