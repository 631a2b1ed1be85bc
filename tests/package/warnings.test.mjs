// Likely trouble: told by `validate` and to `onEvent`, and sent all the same.

import assert from "node:assert/strict";
import test from "node:test";
import { refusal } from "../lib/assertions.mjs";
import { clientOf, livedesk } from "../lib/package.mjs";
import { startServer } from "../lib/servers.mjs";

const PARAMS = {
  name: "order_update",
  language: "de_DE",
  category: "SECRET_CATEGORY",
  button_params: [
    { index: 0, sub_type: "url" },
    { index: 1, sub_type: "quick_reply" },
  ],
};
const MESSAGE = { content: "Dear Ada", template_params: PARAMS };
const EXPECTED = [
  ["template_params.language", "unknown_language"],
  ["template_params.category", "unknown_category"],
  ["template_params.button_params[0].text", "not_given"],
  ["template_params.button_params[1].payload", "not_given"],
];

test("validate lists warnings with their severity", async () => {
  const issues = await livedesk.validate("template", MESSAGE);
  assert.deepEqual(
    issues.map(({ path, code }) => [path, code]),
    EXPECTED,
  );
  for (const { path, message, severity } of issues) {
    assert.equal(severity, "warning");
    assert.ok(message.startsWith(`${path} is`), message);
  }
});

test("a message with nothing but warnings is sent as it is, and onEvent is told once of each, before the request", async (t) => {
  const server = await startServer(t);
  const events = [];
  await clientOf(server, { onEvent: (event) => events.push(event) }).sendTemplate(141, MESSAGE);
  assert.deepEqual(JSON.parse(server.requests[0].body).template_params, PARAMS);
  assert.deepEqual(
    events.map(({ type }) => type),
    [...EXPECTED.map(() => "warning"), "request", "response", "end"],
  );
  const issues = await livedesk.validate("template", MESSAGE);
  for (const [index, { path, code, message }] of issues.entries()) {
    const { callId, ...event } = events[index];
    assert.equal(typeof callId, "string");
    assert.deepEqual(event, {
      ...{ type: "warning", kind: "template", conversationId: 141 },
      ...{ method: "POST", path: "/api/v2/accounts/conversations/141/messages", attempt: 0 },
      ...{ code, message, field: path },
    });
  }
  assert.doesNotMatch(JSON.stringify(events), /Ada|SECRET|de_DE/);
});

test("attempts after the first bring no warning again", async (t) => {
  const server = await startServer(t, ({ count }, response) => {
    response.writeHead(count === 1 ? 429 : 200, { "Content-Type": "application/json", "Retry-After": "0" });
    response.end('{"id":1,"status":"sent"}');
  });
  const types = [];
  await clientOf(server, { onEvent: ({ type }) => types.push(type) }).sendTemplate(141, MESSAGE);
  assert.equal(types.filter((type) => type === "warning").length, EXPECTED.length);
  assert.equal(server.requests.length, 2);
});

test("an error about errors names no warning", async (t) => {
  const server = await startServer(t);
  const message = { ...MESSAGE, content: " " };
  await refusal(clientOf(server).sendTemplate(141, message), "content");
  const found = await livedesk.validate("template", message);
  assert.deepEqual(
    found.map(({ severity }) => severity),
    ["error", "warning", "warning", "warning", "warning"],
  );
  assert.equal(server.requests.length, 0);
});

test("a sound template has no warning", async () => {
  const template_params = {
    ...{ name: "order_update", language: "en_US", category: "UTILITY", processed_params: { 1: "Ada" } },
    header_params: { type: "text" },
    footer_params: {},
    button_params: [
      { index: 0, sub_type: "url", text: "x" },
      { index: 1, sub_type: "quick_reply", payload: "x" },
    ],
  };
  assert.deepEqual(await livedesk.validate("template", { content: "x", template_params }), []);
});
