// Failed deliveries, why they failed, and checks that send nothing.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { assertIssues, refusal, rejection } from "../lib/assertions.mjs";
import { clientOf, livedesk } from "../lib/package.mjs";
import { reply, startSandbox, startServer } from "../lib/servers.mjs";

const { explainFailure, validate } = livedesk;
const desk = await startSandbox({ after });

test("a failed delivery is a DeliveryError with the message and the reason", async () => {
  const error = await rejection(clientOf(desk).sendText(900131, { content: "Hello" }), "DeliveryError", {
    ...{ code: "delivery_failed", outcome: "failed", attempts: 1, conversationId: 900131 },
  });
  const [stored] = desk.messages(900131);
  const external_error = "131047: Re-engagement message";
  assert.deepEqual(error.sent, { id: stored.id, status: "failed", content_attributes: { external_error } });
  assert.equal(error.messageId, stored.id);
  assert.deepEqual(error.failure, await explainFailure(error.sent));
  assert.equal(error.failure.class, "use_template");
  assert.equal(error.failure.canRetry, false);
  assert.ok(error.message.endsWith(error.failure.advice));
});

test("a failed message without a reason is one too", async (t) => {
  for (const more of [{}, { content_attributes: null }, { content_attributes: { external_error: 7 } }]) {
    const server = await startServer(t, (_, response) =>
      reply(response, 200, { id: 29, status: "failed", ...more }),
    );
    const error = await rejection(clientOf(server).sendText(141, { content: "Hello" }), "DeliveryError", {
      ...{ outcome: "failed", messageId: 29 },
    });
    assert.equal(error.failure.class, "unknown");
  }
});

test("a retry that fails again is a DeliveryError", async (t) => {
  const failed = {
    id: 29,
    status: "failed",
    content_attributes: { external_error: "131016: Service unavailable" },
  };
  const server = await startServer(t, (_, response) => reply(response, 200, failed));
  const { failure } = await rejection(clientOf(server).retryMessage(141, failed), "DeliveryError", {
    messageId: 29,
  });
  assert.deepEqual(failure.code, 131_016);
  assert.equal(failure.canRetry, true);
});

/** [external_error, channel, expected among the failure's fields] */
const FAILURES = [
  [
    "131047: Re-engagement message",
    undefined,
    { code: 131_047, text: "Re-engagement message", class: "use_template" },
  ],
  [
    "(#132000) Number of parameters",
    undefined,
    { code: 132_000, text: "Number of parameters", class: "fix_request" },
  ],
  [
    "131000: Something went wrong",
    undefined,
    { class: "retry_now", canRetry: true, retryAfterMs: 2000, maxRetries: 3 },
  ],
  [
    "131049: Healthy ecosystem",
    "whatsapp",
    { class: "wait", canRetry: false, retryAfterMs: 86_400_000, maxRetries: undefined },
  ],
  ["131026: Undeliverable", undefined, { class: "never", canRetry: false }],
  ["132999: New in Meta's list", undefined, { class: "fix_request" }],
  ["131047: Re-engagement message", "messenger", { code: undefined, class: "unknown" }],
  ["190 - Error validating access token", undefined, { code: undefined, class: "unknown" }],
  ["403, Forbidden: bot was blocked", undefined, { code: undefined, class: "unknown" }],
  ["999999999999999999999: no code", undefined, { code: undefined, class: "unknown" }],
  ["", undefined, { raw: "", text: "", class: "unknown" }],
  [null, undefined, { raw: null, text: "", class: "unknown" }],
  [undefined, undefined, { raw: null, text: "", class: "unknown" }],
  [{ id: 1, status: "sent" }, undefined, { raw: null, class: "unknown" }],
];

for (const [external, channel, expected] of FAILURES) {
  test(`explains ${JSON.stringify(external)} on ${channel ?? "any channel"}`, async () => {
    const failure = await explainFailure(external, channel && { channel });
    const actual = Object.fromEntries(Object.keys(expected).map((key) => [key, failure[key]]));
    assert.deepEqual(actual, expected);
    assert.equal(typeof failure.canRetry, "boolean");
    assert.match(failure.advice, /^[A-Z].*\.$/);
    assert.equal("retryAfterMs" in failure, failure.canRetry || failure.class === "wait");
    if (typeof external === "string") {
      assert.equal(failure.raw, external);
      const message = { id: 1, status: "failed", content_attributes: { external_error: external } };
      assert.deepEqual(await explainFailure(message, channel && { channel }), failure);
    }
  });
}

test("explainFailure survives whatever it is given", async () => {
  for (const value of [7, true, [], {}, Symbol("x"), () => {}, NaN, new Date(), { content_attributes: 7 }]) {
    assert.equal((await explainFailure(value)).class, "unknown");
  }
  await rejection(explainFailure("x", { channel: "fax" }), "ValidationError", { outcome: "not_sent" });
});

test("validate resolves to every issue and sends nothing", async () => {
  assert.deepEqual(await validate("text", { content: "Hello" }), []);
  assertIssues(await validate("text", { content: "", private: 1 }), ["content", "private"]);
  assertIssues(await validate("attachments", {}), ["attachments"]);
  const template = {
    content: "x",
    template_params: { name: "n", language: "en", button_params: [{ index: 0 }] },
  };
  assertIssues(await validate("template", template), ["template_params.button_params[0].sub_type"]);
  assertIssues(await validate("text", undefined), ["message"]);
  assertIssues(await validate("text", { content: "x".repeat(321) }, { channel: "sms" }), ["content"]);
  assert.deepEqual(await validate("text", { content: "x".repeat(321) }, { channel: undefined }), []);
});

test("validate finds exactly what a call refuses", async () => {
  const message = { content: " ", content_attributes: { in_reply_to: -1, x: NaN }, extra: 1 };
  const issues = await validate("text", message);
  const error = await refusal(clientOf(desk).sendText(141, message), ...issues.map((issue) => issue.path));
  assert.deepEqual(error.issues, issues);
});

test("validate refuses a kind, options or a channel that it does not know", async () => {
  const bad = [
    ["txet"],
    [undefined],
    ["retry"],
    ["text", {}, { channel: "fax" }],
    ["text", {}, { chanel: "sms" }],
    ["text", {}, 7],
  ];
  for (const call of bad) {
    await rejection(validate(...call), "ValidationError", { outcome: "not_sent", code: "invalid_input" });
  }
});
