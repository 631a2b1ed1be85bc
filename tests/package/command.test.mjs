// The installed command's sandbox, in a process of its own: what a first-time user runs.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { rejection } from "../lib/assertions.mjs";
import { livedesk } from "../lib/package.mjs";
import { startSandboxCommand } from "../lib/sandbox-command.mjs";

const CREDENTIALS = { apiKey: "key", apiSecret: "secret:with:colons" };
const baseUrl = await startSandboxCommand(
  { after },
  "--api-key",
  "key",
  "--api-secret",
  CREDENTIALS.apiSecret,
);
const desk = new livedesk.LiveDesk({ ...CREDENTIALS, baseUrl });

test("the four calls work over real HTTP with another process", async () => {
  const text = await desk.sendText(141, { content: "Hello" });
  assert.equal(text.status, "sent");
  assert.ok(text.id > 2 ** 32);

  const file = new File(["bytes"], "Größe.csv", { type: "text/csv" });
  const files = await desk.sendAttachments(141, { attachments: [file, new Blob(["more"])] });
  assert.deepEqual(
    files.attachments.map((attachment) => attachment.file_size),
    [5, 4],
  );
  assert.equal(files.attachments[0].extension, "csv");

  const template_params = { name: "order_update", language: "en_US", category: "UTILITY" };
  const template = await desk.sendTemplate(141, { content: "Shipped", template_params });
  assert.deepEqual(template.additional_attributes, { template_params });

  const failed = await rejection(desk.sendText(900131, { content: "Hello" }), "DeliveryError", {
    outcome: "failed",
  });
  const retried = await desk.retryMessage(900131, failed.sent, { force: true });
  assert.equal(retried.id, failed.messageId);
  assert.equal(retried.status, "sent");
});

test("other credentials are refused", async () => {
  const stranger = new livedesk.LiveDesk({ ...CREDENTIALS, apiKey: "other", baseUrl });
  await rejection(stranger.sendText(141, { content: "Hello" }), "ApiError", {
    status: 401,
    outcome: "rejected",
  });
});
