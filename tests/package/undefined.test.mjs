// What is undefined: refused where something was meant to be there, and never called null.

import assert from "node:assert/strict";
import test, { after, beforeEach } from "node:test";
import { refusal } from "../lib/assertions.mjs";
import { clientOf, livedesk } from "../lib/package.mjs";
import { startServer } from "../lib/servers.mjs";

const server = await startServer({ after });
const client = clientOf(server);
const row = { name: "Ada" };

beforeEach(() => {
  server.requests.length = 0;
});

function send(params) {
  const template_params = { name: "order_update", language: "en_US", ...params };
  return client.sendTemplate(141, { content: "Hello", template_params });
}

/** [what, template_params, path below template_params] */
const VALUES = [
  ["a body value", { processed_params: { 1: row.name, 2: row.missing } }, 'processed_params["2"]'],
  ["a named body value", { processed_params: { order: row.missing } }, "processed_params.order"],
  [
    "a header value",
    { header_params: { type: "text", text_variables: { 1: row.missing } } },
    'header_params.text_variables["1"]',
  ],
  [
    "a footer value",
    { footer_params: { text_variables: { 1: row.missing } } },
    'footer_params.text_variables["1"]',
  ],
  [
    "a url button's text",
    { button_params: [{ index: 0, sub_type: "url", text: row.missing }] },
    "button_params[0].text",
  ],
  [
    "a quick_reply's payload",
    { button_params: [{ index: 0, sub_type: "quick_reply", payload: row.missing }] },
    "button_params[0].payload",
  ],
  [
    "an image's address",
    { header_params: { type: "image", media_url: row.missing } },
    "header_params.media_url",
  ],
  [
    "a latitude",
    { header_params: { type: "location", location: { latitude: row.missing, longitude: 1 } } },
    "header_params.location.latitude",
  ],
  ["what toJSON gives", { processed_params: { 1: { toJSON: () => undefined } } }, 'processed_params["1"]'],
];

for (const [what, params, path] of VALUES) {
  test(`refuses a template in which ${what} is undefined`, async () => {
    const error = await refusal(send(params), `template_params.${path}`);
    assert.match(error.message, /got undefined/);
    assert.equal(server.requests.length, 0);
  });
}

test("validate finds a template value that is undefined", async () => {
  const template_params = { name: "n", language: "en", processed_params: { 1: undefined } };
  const [issue, ...others] = await livedesk.validate("template", { content: "x", template_params });
  assert.deepEqual([issue.path, others.length], ['template_params.processed_params["1"]', 0]);
});

test("optional fields may be undefined, and are not sent", async () => {
  await send({
    namespace: undefined,
    category: undefined,
    processed_params: undefined,
    header_params: undefined,
  });
  await send({ header_params: { type: "text", text_variables: undefined } });
  const [first, second] = server.requests.map(({ body }) => JSON.parse(body).template_params);
  assert.deepEqual(first, { name: "order_update", language: "en_US" });
  assert.deepEqual(second, { ...first, header_params: { type: "text" } });
  await client.sendText(
    141,
    { content: "x", private: undefined, content_attributes: { in_reply_to: undefined, a: { b: undefined } } },
    { extra: { echo_id: undefined, content: undefined } },
  );
  assert.equal(String(server.requests[2].body), '{"content":"x","content_attributes":{"a":{}}}');
});

test("a form has no field for what is undefined", async () => {
  const attachments = [new File(["x"], "a.txt")];
  await client.sendAttachments(141, { attachments }, { extra: { echo_id: undefined } });
  assert.doesNotMatch(String(server.requests[0].body), /echo_id/);
});

test("undefined is not called null", async () => {
  const said = async (promise, ...paths) => (await refusal(promise, ...paths)).message;
  assert.match(await said(client.sendText(undefined, { content: "x" }), "conversationId"), /got undefined/);
  assert.match(await said(client.sendText(null, { content: "x" }), "conversationId"), /got null/);
  assert.match(await said(client.sendText(141), "message"), /got undefined/);
  assert.match(await said(client.sendText(141, null), "message"), /got null/);
  assert.match(
    await said(client.sendText(141, { content: undefined }), "content"),
    /required; got undefined/,
  );
  assert.match(await said(client.sendText(141, { content: null }), "content"), /required; got null/);
  assert.match(await said(client.sendText(141, {}), "content"), /content is required\.$/);
  assert.match(await said(client.retryMessage(141), "message"), /got undefined/);
  const attachments = [undefined];
  assert.match(await said(client.sendAttachments(141, { attachments }), "attachments[0]"), /got undefined/);
  const list = { content: "x", content_attributes: { list: [undefined] } };
  assert.match(await said(client.sendText(141, list), "content_attributes.list[0]"), /got undefined/);
});
