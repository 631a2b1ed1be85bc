// Errors that a user's tests make: each class, with what is left out filled in as it fits.

import assert from "node:assert/strict";
import test from "node:test";
import { caught } from "../lib/assertions.mjs";
import { clientOf, livedesk } from "../lib/package.mjs";

/** [class, fields given, fields it has] */
const MADE = [
  ["LiveDeskError", undefined, { code: "internal_error", outcome: "unknown", attempts: 0 }],
  ["ValidationError", undefined, { code: "invalid_input", outcome: "not_sent", attempts: 0, issues: [] }],
  ["ApiError", undefined, { code: "server_error", outcome: "unknown", attempts: 1, status: 500 }],
  [
    "ApiError",
    { status: 429, retryAfterMs: 5 },
    { code: "rate_limited", outcome: "rejected", retryAfterMs: 5 },
  ],
  ["ApiError", { code: "not_found" }, { status: 404, outcome: "rejected" }],
  ["ApiError", { code: "request_timeout" }, { status: 408, outcome: "unknown" }],
  ["ApiError", { status: 422, outcome: "unknown" }, { code: "invalid_request", outcome: "unknown" }],
  ["ApiError", { body: { error: "x" }, requestId: "r-1" }, { body: { error: "x" }, requestId: "r-1" }],
  ["ConnectionError", undefined, { code: "connection_lost", outcome: "unknown", attempts: 1 }],
  ["ConnectionError", { code: "not_connected" }, { outcome: "not_sent", attempts: 0 }],
  ["ConnectionError", { code: "file_unreadable", cause: 7 }, { outcome: "not_sent", cause: 7 }],
  ["TimeoutError", undefined, { code: "timeout", outcome: "unknown", attempts: 1 }],
  ["TimeoutError", { outcome: "not_sent" }, { code: "timeout", attempts: 0 }],
  ["AbortError", { conversationId: 141 }, { code: "aborted", outcome: "unknown", conversationId: 141 }],
  ["ResponseError", { body: "x" }, { code: "unreadable_response", outcome: "unknown", body: "x" }],
  ["DeliveryError", undefined, { code: "delivery_failed", outcome: "failed", messageId: 1 }],
  ["DeliveryError", { messageId: 29 }, { sent: { id: 29, status: "failed" }, messageId: 29 }],
  ["DeliveryError", { code: "attachments_lost" }, { outcome: "failed" }],
  ["LoadError", undefined, { code: "load_failed", outcome: "not_sent", attempts: 0 }],
];

for (const [name, fields, expected] of MADE) {
  test(`new ${name}("x", ${JSON.stringify(fields)}) has ${JSON.stringify(expected)}`, () => {
    const error = new livedesk[name]("x", fields);
    assert.ok(
      error instanceof livedesk[name] && error instanceof livedesk.LiveDeskError && error instanceof Error,
    );
    assert.equal(error.name, name);
    assert.equal(error.message, "x");
    for (const [key, value] of Object.entries(expected)) assert.deepEqual(error[key], value, key);
    assert.equal(Object.hasOwn(error, "cause"), fields !== undefined && "cause" in fields);
    assert.equal(JSON.parse(JSON.stringify(error)).code, error.code);
  });
}

test("a DeliveryError that was made has a failure of which nothing is known, and its own", () => {
  const [one, other] = [new livedesk.DeliveryError("x"), new livedesk.DeliveryError("x")];
  assert.deepEqual(one.failure, { raw: null, text: "", class: "unknown", canRetry: false, advice: "" });
  assert.notEqual(one.failure, other.failure);
});

test("every class can be made of nothing at all", () => {
  for (const name of Object.keys(livedesk).filter((name) => name.endsWith("Error"))) {
    for (const call of [[], ["x", null], ["x", {}]]) assert.equal(new livedesk[name](...call).name, name);
  }
});

test("an ApiError that was made of a status has the code that a call's has", async () => {
  for (const status of [...Array(300).keys()].map((index) => index + 300)) {
    const fetch = async () => ({ status, headers: new Headers(), text: async () => "" });
    const desk = clientOf("https://livedesk.invalid", { fetch, maxRetries: 0 });
    const { code } = await caught(desk.sendText(141, { content: "Hello" }));
    assert.equal(new livedesk.ApiError("x", { status }).code, code, status);
  }
});
