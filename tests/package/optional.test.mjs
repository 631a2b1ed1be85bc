// What LiveDesk's page marks optional may be missing, and what never reaches a channel has none of its limits.

import assert from "node:assert/strict";
import test, { after, beforeEach } from "node:test";
import { refusal } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { startServer } from "../lib/servers.mjs";

const server = await startServer({ after });
const client = clientOf(server);

beforeEach(() => {
  server.requests.length = 0;
});

const OPTIONAL = {
  "a text header without variables": { header_params: { type: "text" } },
  "an empty footer": { footer_params: {} },
  "a url button without text": { button_params: [{ index: 0, sub_type: "url" }] },
  "a quick_reply without payload": { button_params: [{ index: 0, sub_type: "quick_reply" }] },
};

for (const [what, params] of Object.entries(OPTIONAL)) {
  test(`sends a template with ${what} as it was written`, async () => {
    const template_params = { name: "order_update", language: "en", ...params };
    await client.sendTemplate(141, { content: "Hello", template_params });
    assert.deepEqual(JSON.parse(server.requests[0].body).template_params, template_params);
  });
}

test("null where a button's value was meant is refused", async () => {
  for (const [sub_type, key] of [
    ["url", "text"],
    ["quick_reply", "payload"],
  ]) {
    const template_params = {
      name: "n",
      language: "en",
      button_params: [{ index: 0, sub_type, [key]: null }],
    };
    const sending = client.sendTemplate(141, { content: "x", template_params });
    await refusal(sending, `template_params.button_params[0].${key}`);
  }
});

test("a private note may be longer than its channel's messages", async () => {
  const desk = clientOf(server, { channel: "sms" });
  const content = "x".repeat(5000);
  await desk.sendText(141, { content, private: true });
  await refusal(desk.sendText(141, { content }), "content");
  await refusal(desk.sendText(141, { content, private: false }), "content");
  await refusal(desk.sendText(141, { content: "x".repeat(150_001), private: true }), "content");
  assert.equal(server.requests.length, 1);
});

test("a private note may have files that its channel takes not", async () => {
  const desk = clientOf(server, { channel: "whatsapp" });
  const attachments = [new File(["x"], "a.gif"), new File(["x"], "b.bmp")];
  await desk.sendAttachments(141, { attachments, content: "x".repeat(1025), private: true });
  await refusal(
    desk.sendAttachments(141, { attachments }),
    "attachments",
    "attachments[0]",
    "attachments[1]",
  );
  const many = Array.from({ length: 16 }, () => attachments[0]);
  await refusal(desk.sendAttachments(141, { attachments: many, private: true }), "attachments");
  assert.equal(server.requests.length, 1);
});
