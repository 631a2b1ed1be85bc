// Every message of an error is one line of at most 800 characters, whatever an answer, an option or a file holds.

import assert from "node:assert/strict";
import test from "node:test";
import { caught } from "../lib/assertions.mjs";
import { clientOf, files, livedesk } from "../lib/package.mjs";
import { reply, startServer } from "../lib/servers.mjs";

const NASTY = `a\r\nb\u0000\u001b[31m\u202e\u2028\u2029\u200b\u0085\ufeffz`;
const LONG = NASTY.repeat(20_000);

function assertOneLine({ message, stack }) {
  assert.ok(message.length <= 800, `${message.length} characters`);
  assert.doesNotMatch(message, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  assert.ok(stack.startsWith(stack.split(":")[0]) && stack.includes(message));
}

const ANSWERS = {
  "an error": { error: LONG },
  "many errors": { errors: Array.from({ length: 1000 }, () => LONG.slice(0, 50)) },
  "fields with errors": { errors: { [NASTY]: [NASTY] } },
  "plain text": NASTY.repeat(1000),
  "a message": { message: LONG, attributes: Array.from({ length: 100 }, () => NASTY), code: 2001 },
};

for (const [what, body] of Object.entries(ANSWERS)) {
  test(`an answer with ${what} ends in one line that still says what became of the message`, async (t) => {
    const server = await startServer(t, (_, response) => reply(response, 422, body));
    const error = await caught(clientOf(server).sendText(141, { content: "Hello" }));
    assertOneLine(error);
    assert.match(error.message, /^LiveDesk answered 422 .*(Nothing was created|before you send it again)\.$/);
  });
}

test("a redirect to a long address ends in one line", async (t) => {
  const server = await startServer(t, (_, response) => {
    reply(
      response,
      302,
      { error: "x".repeat(9000) },
      { Location: `/${"x".repeat(9000)}`, "Retry-After": "99" },
    );
  });
  const error = await caught(clientOf(server).sendText(141, { content: "Hello" }));
  assertOneLine(error);
  assert.match(error.message, /Redirects are never followed.*Nothing was created\.$/);
});

test("a channel's long reason ends in one line, with the advice", async (t) => {
  const content_attributes = { external_error: `131047: ${LONG}` };
  const server = await startServer(t, (_, response) =>
    reply(response, 200, { id: 29, status: "failed", content_attributes }),
  );
  const error = await caught(clientOf(server).sendText(141, { content: "Hello" }));
  assertOneLine(error);
  assert.ok(error.message.endsWith(error.failure.advice));
  assert.ok(error.failure.raw.length < 5000 && error.failure.text.length < 5000);
});

test("a thrown code of any length is shown in part", async () => {
  const fetch = () => Promise.reject(Object.assign(new Error("x"), { code: NASTY.repeat(40) }));
  const error = await caught(
    clientOf("https://livedesk.invalid", { fetch }).sendText(141, { content: "Hello" }),
  );
  assertOneLine(error);
  assert.match(error.message, /before you send it again\.$/);
});

test("of 10,000 issues 1,000 are listed, and the message names three and counts the others", async () => {
  const desk = clientOf("https://livedesk.invalid");
  const processed_params = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [index + 1, " "]));
  const template_params = { name: "n", language: "en", processed_params };
  const error = await caught(desk.sendTemplate(141, { content: "x", template_params }));
  assertOneLine(error);
  assert.equal(error.issues.length, 1000);
  assert.match(error.message, /^Nothing was sent, 1000 issues: .*; and 997 more\.$/);
  const options = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`${NASTY}${index}`, 1]));
  const wrong = await caught(desk.sendText(141, { content: "x" }, options));
  assertOneLine(wrong);
  assert.equal(wrong.issues.length, 1000);
  assert.match(wrong.message, /^Nothing was sent, 1000 issues: .*; and 997 more\.$/);
});

test("long names of fields, files and options are shown in part", async () => {
  const desk = clientOf("https://livedesk.invalid");
  const inner = { [LONG]: { [LONG]: NaN } };
  for (const call of [
    desk.sendText(141, { content: "x", [LONG]: 1 }),
    desk.sendText(141, { content: "x", content_attributes: inner }),
    desk.sendText(141, { content: "x" }, { [LONG]: 1 }),
    desk.sendAttachments(141, { attachments: [{ data: new Blob(["x"]), name: LONG, type: LONG }] }),
    desk.sendAttachments(141, { attachments: [new File([], LONG)] }),
    desk.sendTemplate(141, { content: "x", template_params: { name: LONG, language: LONG, [LONG]: 1 } }),
    desk.retryMessage(141, LONG),
    files.fileFromPath(LONG),
    files.fileFromPath(`${"x/".repeat(5000)}\u202e`),
  ]) {
    const error = await caught(call);
    assertOneLine(error);
    for (const { message } of error.issues) assert.ok(message.length < 2000, `${message.length} characters`);
  }
});

test("an error that a test makes has one line, too", () => {
  assert.equal(new livedesk.ApiError("a\nb\u202ec").message, "a bc");
  assert.equal(new livedesk.ApiError("😀".repeat(800)).message, `${"😀".repeat(398)}...`);
  for (const message of [undefined, 7, LONG]) assertOneLine(new livedesk.TimeoutError(message));
});
