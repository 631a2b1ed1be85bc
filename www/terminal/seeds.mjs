// The five examples, sent for real: with the built package, over HTTP, to the demo's own server.

import { fileURLToPath } from "node:url";
import { DeliveryError, LiveDesk } from "../../pkg/index.js";
import { fileFromPath } from "../../pkg/node.js";
import { ORDER_UPDATE } from "./order-update.mjs";
import { printSeed } from "./print.mjs";

const CONVERSATION = 141;
/** Where the sandbox stores messages but fails to deliver them. */
const WINDOW_CLOSED = 900131;

/** Each sends, and gives what to print and whether that was expected. It gets the `value` of the one before. */
const SEEDS = [
  {
    title: "Text, as a reply",
    call: `sendText(${CONVERSATION}, { content, content_attributes: { in_reply_to } })`,
    async send(desk) {
      const first = await desk.sendText(CONVERSATION, { content: "Your order has left our warehouse." });
      const message = await desk.sendText(CONVERSATION, {
        content: "It arrives tomorrow before noon.",
        content_attributes: { in_reply_to: first.id },
      });
      const { in_reply_to: repliedTo } = message.content_attributes;
      return {
        lines: [about(message), `"${message.content}", in reply to ${repliedTo}`],
        isExpected: message.status === "sent" && repliedTo === first.id,
      };
    },
  },
  {
    title: "A picture and a sound",
    call: `sendAttachments(${CONVERSATION}, { content, attachments: [parcel.png, chime.wav] })`,
    async send(desk) {
      const message = await desk.sendAttachments(CONVERSATION, {
        content: "Packed, and this is how our van rings.",
        attachments: await Promise.all(["parcel.png", "chime.wav"].map(asset)),
      });
      const files = message.attachments.map(
        ({ file_type: type, extension, file_size: bytes }) => `${type} (${extension}, ${bytes} bytes)`,
      );
      const types = message.attachments.map(({ file_type: type }) => type).join();
      return {
        lines: [about(message), `stored as ${files.join(" and ")}`],
        isExpected: message.status === "sent" && types === "image,audio",
      };
    },
  },
  {
    title: "WhatsApp template with header, footer and two buttons",
    call: `sendTemplate(${CONVERSATION}, { content, template_params: { name: "order_update", ... } })`,
    async send(desk) {
      const message = await desk.sendTemplate(CONVERSATION, ORDER_UPDATE);
      const { name, language, category } = message.additional_attributes.template_params;
      return {
        lines: [about(message), `template ${name}, ${language}, ${category}`],
        isExpected: message.status === "sent" && name === ORDER_UPDATE.template_params.name,
      };
    },
  },
  {
    title: "A delivery that fails",
    call: `sendTemplate(${WINDOW_CLOSED}, ...) in a conversation where the sandbox fails deliveries`,
    async send(desk) {
      const error = await desk.sendTemplate(WINDOW_CLOSED, ORDER_UPDATE).then(
        () => undefined,
        (thrown) => thrown,
      );
      if (!(error instanceof DeliveryError)) {
        throw error ?? new Error("the delivery was not reported as failed");
      }
      const { name, outcome, code, failure, sent } = error;
      return {
        lines: [
          `${name}, outcome "${outcome}", code "${code}": ${about(sent)}`,
          `${failure.code}: ${failure.text} (${failure.class})`,
          failure.advice,
        ],
        isExpected: outcome === "failed" && failure.code === 131047,
        value: sent,
      };
    },
  },
  {
    title: "Its retry",
    call: `retryMessage(${WINDOW_CLOSED}, failedMessage, { force: true })`,
    async send(desk, failed) {
      const message = await desk.retryMessage(WINDOW_CLOSED, failed, { force: true });
      return {
        lines: [`${about(message)}: accepted, which is not yet delivered`],
        isExpected: message.id === failed.id && message.status === "sent",
      };
    },
  },
];

/** Sends them in turn; resolves to whether all went as expected. */
export async function sendSeeds(options) {
  const desk = new LiveDesk(options);
  let wentWell = true;
  let before;
  for (const [index, seed] of SEEDS.entries()) {
    const { lines, isExpected, value } = await attempt(seed, desk, before);
    printSeed(index + 1, seed, lines, isExpected);
    wentWell &&= isExpected;
    before = value;
  }
  return wentWell;
}

async function attempt(seed, desk, before) {
  try {
    return await seed.send(desk, before);
  } catch (error) {
    return { lines: [`${error.name}: ${error.message}`], isExpected: false };
  }
}

function asset(name) {
  return fileFromPath(fileURLToPath(new URL(`../assets/${name}`, import.meta.url)));
}

function about({ id, status }) {
  return `message ${id}, status ${status}`;
}
