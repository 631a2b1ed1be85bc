// Templates: what the compiler says of a header, a button, and a template that is defined.

import type { HeaderParams, TemplateParams, UrlButton } from "engagelab-livedesk";
import { defineTemplate, type LiveDesk, previewTemplate, readWebhook, validate } from "engagelab-livedesk";

// @ts-expect-error a text header has no media_url
export const text: HeaderParams = { type: "text", media_url: "https://a.example/b.png" };
// @ts-expect-error an image has no filename
export const image: HeaderParams = { type: "image", media_url: "https://a.example/b.png", filename: "b.png" };
export const file: HeaderParams = { type: "document", media_url: "https://a.example/b", filename: "b.pdf" };
// @ts-expect-error there is no such kind of header
export const audio: HeaderParams = { type: "audio", media_url: "https://a.example/b" };
// @ts-expect-error a url button has no payload
export const button: UrlButton = { index: 0, sub_type: "url", payload: "x" };
export const other: TemplateParams = { name: "x", language: "xx_YY" };

const order = defineTemplate({
  name: "order_update",
  language: "en_US",
  header: "Order {{1}}",
  body: "Hi {{1}}, it has {{2}}.",
  footer: "Acme",
  buttons: [
    { type: "URL", text: "Track", url: "https://shop.example/{{1}}" },
    "Stop",
    "https://shop.example/help",
  ],
});
const header = { 1: "#4" };
const buttons = { 0: "4" };
export const params: TemplateParams = order({ body: { 1: "John", 2: 5 }, header, buttons });
order({ body: { "1": "John", "2": "shipped" }, header, buttons: { 0: "4", 1: "STOP" } });
// @ts-expect-error the body's second value is missing
order({ body: { 1: "John" }, header, buttons });
// @ts-expect-error there is no third
order({ body: { 1: "John", 2: "x", 3: "y" }, header, buttons });
// @ts-expect-error the header's value is missing
order({ body: { 1: "John", 2: "x" }, buttons });
// @ts-expect-error the first button's address has a variable
order({ body: { 1: "John", 2: "x" }, header, buttons: { 1: "STOP" } });
// @ts-expect-error it has values at all
order();

const named = defineTemplate({
  name: "order_update",
  language: "ja",
  status: "APPROVED",
  components: [
    { type: "HEADER", format: "IMAGE" },
    { type: "BODY", text: "{{first_name}}様、ご注文{{ order_id }}を発送しました。" },
    { type: "FOOTER", text: "Acme" },
    { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "OK" }] },
  ],
});
const media = { media_url: "https://a.example/b.png" };
named({ header: media, body: { first_name: "山田", order_id: 4 } });
named({ header: media, body: { first_name: "山田", order_id: 4 }, buttons: { 0: "OK" } });
// @ts-expect-error a name is misspelt
named({ header: media, body: { firstname: "山田", order_id: 4 } });
// @ts-expect-error the image is missing
named({ body: { first_name: "山田", order_id: 4 } });
// @ts-expect-error an image has no filename
named({ header: { ...media, filename: "b.png" }, body: { first_name: "山田", order_id: 4 } });

const fixed = defineTemplate({ name: "fixed", language: "th", body: "สวัสดี" });
fixed();
fixed({});
// @ts-expect-error it has no variables
fixed({ body: { 1: "x" } });

const code = defineTemplate({
  name: "login_code",
  language: "en",
  components: [
    { type: "BODY", text: "*{{1}}* is your code." },
    { type: "BUTTONS", buttons: [{ type: "OTP", otp_type: "COPY_CODE", text: "Copy" }] },
  ],
});
code({ body: { 1: 551_977 }, buttons: { 0: 551_977 } });
// @ts-expect-error the button wants the code too
code({ body: { 1: 551_977 } });

// Of JSON that was read, the compiler knows no letter.
const read = { name: "x", language: "en", components: [{ type: "BODY", text: "Hi {{1}}" }] };
defineTemplate(read)({ body: { 1: "x" } });
defineTemplate(read)();
// @ts-expect-error without a body
defineTemplate({ name: "x", language: "en" });

export async function use(desk: LiveDesk): Promise<string[]> {
  const { definition } = order;
  await desk.sendTemplate(141, { content: "x", template_params: params }, { definition });
  const issues = await validate("template", { content: "x", template_params: params }, { definition });
  const said = issues.map(({ code, params }) => `${code} ${params?.limit ?? ""}`);
  const { header, body, footer } = await previewTemplate({ data: [definition] }, params);
  for (const node of body.nodes) {
    if (node.type === "variable") said.push(node.name, node.missing ? "missing" : node.text);
    else if (node.type === "quote") said.push(String(node.lines.length));
  }
  const told = await readWebhook("{}");
  if (told?.failure) {
    const { message, conversationId, failure } = told;
    if (conversationId !== null)
      await desk.retryMessage(conversationId, message, { force: !failure.canRetry });
  }
  return [...said, footer?.text ?? "", header?.type ?? "none"];
}
