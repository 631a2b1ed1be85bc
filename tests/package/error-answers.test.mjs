// Every shape an error answer comes in.

import assert from "node:assert/strict";
import test from "node:test";
import { rejection } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { reply, startSandbox, startServer } from "../lib/servers.mjs";

const page = (title) => `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;

/** [status, body, outcome, code, sentence that the message repeats] */
const ANSWERS = [
  [400, { status: 400, error: "Bad Request" }, "rejected", "invalid_request", "Bad Request"],
  [
    401,
    { errors: ["You need to sign in or sign up before continuing."] },
    "rejected",
    "unauthorized",
    "You need to sign in or sign up before continuing",
  ],
  [401, { error: "Invalid Access Token" }, "rejected", "unauthorized", "Invalid Access Token"],
  [403, { error: "You are not authorized to do this action" }, "rejected", "unauthorized", "not authorized"],
  [404, { error: "Resource could not be found" }, "rejected", "not_found", "Resource could not be found"],
  [405, "", "rejected", "invalid_request"],
  [408, page("408 Request Time-out"), "unknown", "request_timeout"],
  [409, { code: 2001, message: "conflict" }, "rejected", "invalid_request", "conflict (2001)"],
  [413, page("413 Request Entity Too Large"), "rejected", "too_large"],
  [
    422,
    { error: "Validation failed: Too many messages" },
    "rejected",
    "invalid_request",
    "Validation failed: Too many messages",
  ],
  [
    422,
    { message: "Content is invalid", attributes: ["content"] },
    "rejected",
    "invalid_request",
    "Content is invalid (content)",
  ],
  [406, { status: 406, error: "Not Acceptable" }, "unknown", "invalid_request", "Not Acceptable"],
  [
    422,
    { error: "File exists @ dir_s_mkdir - /storage/ab" },
    "unknown",
    "invalid_request",
    "File exists @ dir_s_mkdir - /storage/ab",
  ],
  [422, page("422 Unprocessable Entity"), "unknown", "invalid_request"],
  [429, "Retry later\n", "rejected", "rate_limited", "Retry later"],
  [500, { status: 500, error: "Internal Server Error" }, "unknown", "server_error", "Internal Server Error"],
  [500, page("We're sorry, but something went wrong (500)"), "unknown", "server_error"],
  [502, page("502 Bad Gateway"), "unknown", "server_error"],
  [503, page("503 Service Temporarily Unavailable"), "unknown", "server_error"],
  [504, "", "unknown", "server_error"],
  [599, "null", "unknown", "server_error"],
];

for (const [status, body, outcome, code, sentence] of ANSWERS) {
  test(`${status} with ${JSON.stringify(body).slice(0, 50)} is ${outcome}`, async (t) => {
    const headers = { "X-Request-Id": "r-1" };
    const server = await startServer(t, (_, response) => reply(response, status, body, headers));
    const desk = clientOf(server, { maxRetries: 0 });
    const error = await rejection(desk.sendText(141, { content: "Hello" }), "ApiError", {
      ...{ status, outcome, code, attempts: 1, conversationId: 141, requestId: "r-1" },
      body: body === "null" ? null : body,
    });
    assert.equal(server.requests.length, 1);
    assert.match(error.message, new RegExp(`LiveDesk answered ${status} to POST /api/v2/`));
    if (sentence) assert.ok(error.message.includes(sentence), error.message);
    else assert.doesNotMatch(error.message, /</);
    const ending = outcome === "unknown" ? /before you send it again\.$/ : /Nothing was created\.$/;
    assert.match(error.message, ending);
  });
}

test("an error's headers are Headers, as its types say, without cookies", async (t) => {
  const headers = { "X-Request-Id": "r-1", "Set-Cookie": "session=abc" };
  const server = await startServer(t, (_, response) => reply(response, 404, "", headers));
  const error = await rejection(clientOf(server).sendText(141, { content: "Hello" }), "ApiError");
  assert.equal(error.headers.get("x-request-id"), "r-1");
  assert.equal(error.headers.has("set-cookie"), false);
});

for (const [status, outcome] of [
  [413, "rejected"],
  [422, "unknown"],
  [500, "unknown"],
]) {
  test(`a ${status} whose body is cut is still that status's error, ${outcome}`, async (t) => {
    const server = await startServer(t, (_, response) => {
      response.writeHead(status, { "Content-Type": "application/json", "Content-Length": "100" });
      response.write('{"error":"Validation failed: ', () => response.destroy());
    });
    const call = clientOf(server).sendText(141, { content: "Hello" });
    await rejection(call, "ApiError", { status, outcome, attempts: 1 });
    assert.equal(server.requests.length, 1);
  });
}

test("the error of a retry names the message too", async (t) => {
  const body = { error: "Couldn't find Message with 'id'=29" };
  const server = await startServer(t, (_, response) => reply(response, 422, body));
  const fields = { status: 422, outcome: "rejected", conversationId: 141, messageId: 29 };
  await rejection(clientOf(server).retryMessage("141", 29n), "ApiError", fields);
});

test("ids beyond 2^53 stay exact in errors, as text", async (t) => {
  const server = await startServer(t, (_, response) => reply(response, 404, ""));
  const fields = { conversationId: "9223372036854775807" };
  await rejection(clientOf(server).sendText(2n ** 63n - 1n, { content: "x" }), "ApiError", fields);
});

/** [reserved conversation, error, outcome, how many messages are stored all the same] */
const RESERVED = [
  [900131, "DeliveryError", "failed", 1],
  [900132, "DeliveryError", "failed", 1],
  [900200, "ResponseError", "unknown", 0],
  [900201, "ResponseError", "unknown", 0],
  [900204, "ResponseError", "unknown", 1],
  [900206, "ResponseError", "unknown", 1],
  [900207, "TimeoutError", "unknown", 1],
  [900302, "ApiError", "rejected", 0],
  [900400, "ApiError", "rejected", 0],
  [900401, "ApiError", "rejected", 0],
  [900404, "ApiError", "rejected", 0],
  [900408, "ApiError", "unknown", 0],
  [900413, "ApiError", "rejected", 0],
  [900422, "ApiError", "rejected", 0],
  [900429, "ApiError", "rejected", 0],
  [900500, "ApiError", "unknown", 1],
  [900502, "ApiError", "unknown", 0],
  [900503, "ApiError", "unknown", 0],
  [900999, "TimeoutError", "unknown", 1],
];

for (const [conversation, name, outcome, stored] of RESERVED) {
  test(`the sandbox's conversation ${conversation} ends in a ${name}, ${outcome}`, async (t) => {
    const desk = await startSandbox(t);
    const client = clientOf(desk, { timeout: 200, maxRetries: conversation === 900429 ? 0 : 2 });
    await rejection(client.sendText(conversation, { content: "Hello" }), name, { outcome, attempts: 1 });
    assert.equal(desk.messages(conversation).length, stored);
  });
}

test("of a retry, an error speaks of the retry, since the message is there already", async (t) => {
  const server = await startServer(t, ({ count }, response) => reply(response, count === 1 ? 404 : 500));
  const desk = clientOf(server);
  const rejected = await rejection(desk.retryMessage(141, 29), "ApiError", { outcome: "rejected" });
  assert.match(rejected.message, /It was not retried\.$/);
  const unknown = await rejection(desk.retryMessage(141, 29), "ApiError", { outcome: "unknown" });
  assert.match(unknown.message, /It may be on its way again: look at its status before you retry it\.$/);
});
