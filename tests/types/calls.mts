// The calls as a program makes them, and what the compiler refuses.

import type { Message, TemplateParams } from "engagelab-livedesk";
import { LiveDesk, retryMessage, sendAttachments, sendTemplate, sendText } from "engagelab-livedesk";

const desk = new LiveDesk({ apiKey: "key", apiSecret: "secret" });
const controller = new AbortController();

const message: Message = await desk.sendText(141, { content: "Hello" });
await desk.sendText("141", { content: "Hello", private: true }, { signal: controller.signal, timeout: 5000 });
await desk.sendText(
  141n,
  { content: "Hello", content_attributes: { in_reply_to: message.id, own: [1] } },
  null,
);
await desk.sendText(141, { content: "Hello" }, { extra: { echo_id: "x" }, maxRetries: 0, totalTimeout: 0 });
await desk.sendText(141, { content: "Hello" }, { dangerouslyRetryUnknown: true });

await desk.sendAttachments(141, { attachments: [new Blob(["x"]), new File(["x"], "x.txt")] });
await desk.sendAttachments(141, {
  attachments: [
    { data: new Uint8Array(1), name: "a.png" },
    { data: new ArrayBuffer(1), name: "a.png", type: "image/png" },
    { data: new Blob(["x"]), name: "a.png" },
  ],
  content: "Here",
  private: false,
});

const template_params: TemplateParams = {
  name: "order_update",
  language: "en_US",
  category: "A_CATEGORY_OF_NEXT_YEAR",
  processed_params: { 1: "John", 2: 20 },
  header_params: { type: "document", media_url: "https://example.com/a.pdf", filename: "a.pdf" },
  footer_params: { text_variables: { 1: "Acme" } },
  button_params: [
    { index: 0, sub_type: "url", text: "track/1" },
    { index: 1, sub_type: "quick_reply", payload: "STOP" },
  ],
};
export const fixed: TemplateParams = {
  name: "order_update",
  language: "en_US",
  processed_params: { 1: new Date(), 2: 2n ** 60n, 3: { toJSON: () => "12.50" } },
  header_params: { type: "text" },
  footer_params: {},
  button_params: [
    { index: 0, sub_type: "url" },
    { index: 1, sub_type: "quick_reply" },
  ],
};
await desk.sendTemplate(141, { content: "Shipped", template_params, message_type: "outgoing" });
const location = { latitude: 52.5, longitude: 13.4, name: "Berlin" };
const header_params = { type: "location", location } as const;
await desk.sendTemplate(141, { content: "x", template_params: { name: "n", language: "en", header_params } });

await desk.retryMessage(141, message);
await desk.retryMessage(141, 29n);

const options = { baseUrl: new URL("https://example.com") };
for (const who of [options, desk]) {
  const sent: Message[] = [
    await sendText(who, 141, { content: "Hello" }),
    await sendAttachments(who, 141, { attachments: [] }),
    await sendTemplate(who, 141, { content: "Hello", template_params }),
    await retryMessage(who, 141, "29"),
  ];
  console.log(sent.length);
}

// @ts-expect-error content is required
await desk.sendText(141, {});
// @ts-expect-error content is text
await desk.sendText(141, { content: 7 });
// @ts-expect-error private is no text
await desk.sendText(141, { content: "x", private: "false" });
// @ts-expect-error an unknown field
await desk.sendText(141, { content: "x", contents: "y" });
// @ts-expect-error an id is no object
await desk.sendText({ id: 141 }, { content: "x" });
// @ts-expect-error the conversation is missing
await desk.sendText({ content: "x" });
// @ts-expect-error an unknown request option
await desk.sendText(141, { content: "x" }, { timeOut: 5 });
// @ts-expect-error a signal is no controller
await desk.sendText(141, { content: "x" }, { signal: controller });
// @ts-expect-error attachments are required
await desk.sendAttachments(141, { content: "x" });
// @ts-expect-error data has a name
await desk.sendAttachments(141, { attachments: [{ data: new Uint8Array(1) }] });
// @ts-expect-error a path is no file
await desk.sendAttachments(141, { attachments: ["folder/a.txt"] });
// @ts-expect-error a template has a language
await desk.sendTemplate(141, { content: "x", template_params: { name: "n" } });
// @ts-expect-error in answers it is a number, in requests a word
await desk.sendTemplate(141, { content: "x", template_params, message_type: 1 });
// @ts-expect-error an image has an address
const image: TemplateParams["header_params"] = { type: "image" };
// @ts-expect-error no such header
const audio: TemplateParams["header_params"] = { type: "audio", media_url: "https://example.com/a" };
// @ts-expect-error a url button has no payload
const button: TemplateParams["button_params"] = [{ index: 0, sub_type: "url", payload: "x" }];
// @ts-expect-error only a message or an id can be retried
await desk.retryMessage(141, { id: "x" });
// @ts-expect-error the options come first
await sendText(141, { content: "x" });

// @ts-expect-error a value that a row lacks
const missing: TemplateParams["processed_params"] = { 1: undefined };

export { audio, button, image, missing };
