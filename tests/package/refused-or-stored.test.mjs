// Refusals that prove that nothing was stored, and those that prove nothing: as upstream's own Rails answered.

import assert from "node:assert/strict";
import test from "node:test";
import { rejection } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { reply, startServer } from "../lib/servers.mjs";

const HELLO = { content: "Hello" };
const PAGE = "<html><h1>The change you wanted was rejected (422)</h1></html>";
const NO_MESSAGE = `Couldn't find Message with 'id'="29" [WHERE "messages"."conversation_id" = $1]`;

/** A client of a server that always answers the same, the server, and what onEvent was told. */
async function answering(t, status, body, options) {
  const events = [];
  const server = await startServer(t, (_, response) => reply(response, status, body));
  const desk = clientOf(server, { onEvent: (event) => events.push(event), ...options });
  return { desk, server, events };
}

/** [status, body, outcome]; what was stored all the same is in the comments. */
const SEEN = [
  [400, { status: 400, error: "Bad Request" }, "rejected"],
  [401, { errors: ["You need to sign in or sign up before continuing."] }, "rejected"],
  [404, { error: "Resource could not be found" }, "rejected"],
  [404, { status: 404, error: "Not Found" }, "rejected"],
  // Stored, when the answer's format was asked for by the address.
  [406, '<?xml version="1.0"?><hash><status type="integer">406</status></hash>', "unknown"],
  [422, { error: "Validation failed: Too many messages" }, "rejected"],
  [422, { error: "Validation failed: Content is too long (maximum is 150000 characters)" }, "rejected"],
  [422, { error: "Validation failed: Template params/language must be of type string" }, "rejected"],
  [422, { error: "Validation failed: Name is required" }, "rejected"],
  [422, { message: "Content is too long", attributes: ["content"] }, "rejected"],
  // Stored, and its delivery queued.
  [422, { error: "File exists @ dir_s_mkdir - /app/storage/fi/0x" }, "unknown"],
  // Stored, and never delivered.
  [422, { error: "Error connecting to Redis on redis:6379 (Errno::ECONNREFUSED)" }, "unknown"],
  [422, { error: "string contains null byte" }, "unknown"],
  [422, { error: "'9' is not a valid message_type" }, "unknown"],
  [422, { error: "undefined method `each' for 5:Integer" }, "unknown"],
  [422, { error: NO_MESSAGE }, "unknown"],
  [422, { status: 422, error: "Unprocessable Entity" }, "unknown"],
  [422, { message: "Validation failed: x" }, "unknown"],
  [422, PAGE, "unknown"],
  [422, "Validation failed: in plain text", "unknown"],
  [422, "", "unknown"],
  [499, "", "unknown"],
];

for (const [status, body, outcome] of SEEN) {
  test(`${status} with ${JSON.stringify(body).slice(0, 60)} is ${outcome}, and not repeated`, async (t) => {
    const { desk, server, events } = await answering(t, status, body);
    const options = { dangerouslyRetryUnknown: status === 422 };
    const fields = { status, outcome, attempts: 1 };
    const error = await rejection(desk.sendText(141, HELLO, options), "ApiError", fields);
    if (status === 422) assert.equal(error.code, "invalid_request");
    assert.match(
      error.message,
      outcome === "unknown" ? /may have been stored: look at/ : /Nothing was created\.$/,
    );
    assert.equal(events.find(({ type }) => type === "response").outcome, outcome);
    assert.equal(server.requests.length, 1);
  });
}

/** Rails' sentence in the account's language. */
const LANGUAGES = {
  de: "Gültigkeitsprüfung ist fehlgeschlagen: Inhalt ist zu lang",
  es: "La validación falló: Too many messages",
  fr: "La validation a échoué : Too many messages",
  "pt-BR": "A validação falhou: Too many messages",
  ru: "Возникли ошибки: Too many messages",
  ja: "バリデーションに失敗しました: Too many messages",
  "zh-CN": "验证失败：Too many messages",
  "zh-CN as of version 7": "验证失败: Too many messages",
  ar: "فشل التحقّق من: Too many messages",
  ko: "데이터 검증에 실패하였습니다. Too many messages",
};

for (const [language, error] of Object.entries(LANGUAGES)) {
  test(`a validation that fails in ${language} is rejected`, async (t) => {
    const { desk } = await answering(t, 422, { error });
    await rejection(desk.sendText(141, HELLO), "ApiError", { outcome: "rejected" });
  });
}

test("a language's sentence in the middle of another text proves nothing", async (t) => {
  const { desk } = await answering(t, 422, { error: "PG::Error: Validation failed: x" });
  await rejection(desk.sendText(141, HELLO), "ApiError", { outcome: "unknown" });
});

/** Of a retry: [body, outcome]. */
const RETRIES = [
  [{ error: NO_MESSAGE }, "rejected"],
  [{ error: "Couldn't find Message with 'id'=29" }, "rejected"],
  [{ error: "Validation failed: Content is too long" }, "rejected"],
  // The status was `sent` already.
  [{ error: "Error connecting to Redis on redis:6379 (Errno::ECONNREFUSED)" }, "unknown"],
  [{ error: "Couldn't find Messages" }, "unknown"],
  ["", "unknown"],
];

for (const [body, outcome] of RETRIES) {
  test(`a retry that is answered 422 with ${JSON.stringify(body).slice(0, 60)} is ${outcome}`, async (t) => {
    const { desk } = await answering(t, 422, body);
    const fields = { status: 422, outcome, messageId: 29 };
    const error = await rejection(desk.retryMessage(141, 29), "ApiError", fields);
    assert.match(error.message, outcome === "unknown" ? /may be on its way again/ : /It was not retried\.$/);
  });
}

test("what a 422 may have stored stays unknown, whatever is answered to a repetition", async (t) => {
  const answers = [
    [500, ""],
    [422, { error: "Validation failed: x" }],
  ];
  const server = await startServer(t, ({ count }, response) => reply(response, ...answers[count - 1]));
  const call = clientOf(server).sendText(141, HELLO, { dangerouslyRetryUnknown: true });
  await rejection(call, "ApiError", { status: 422, outcome: "unknown", attempts: 2 });
});

/** [what is retried, the warning's code] */
const WARNINGS = [
  [29, "retry_unchecked"],
  ["29", "retry_unchecked"],
  [{ id: 29, status: "failed", source_id: "wamid.HBgL" }, "retry_may_be_skipped"],
  [{ id: 29, status: "failed", source_id: null }, undefined],
  [{ id: 29, status: "failed" }, undefined],
];

for (const [message, code] of WARNINGS) {
  test(`a retry of ${JSON.stringify(message)} warns of ${code ?? "nothing"}`, async (t) => {
    const { desk, events } = await answering(t, 200, { id: 29, status: "sent", content: "Kx5519" });
    await desk.retryMessage(141, message);
    const [first, ...others] = events;
    if (code === undefined) return assert.equal(first.type, "request");
    assert.equal(first.type, "warning");
    assert.equal(first.code, code);
    assert.equal(first.attempt, 0);
    assert.equal(typeof first.message, "string");
    assert.equal(
      others.some(({ type }) => type === "warning"),
      false,
    );
    assert.equal(
      JSON.stringify(events).includes("Kx5519") || JSON.stringify(events).includes("wamid"),
      false,
    );
  });
}
