// Files that LiveDesk stores a message without, and answers with a success all the same.

import assert from "node:assert/strict";
import test from "node:test";
import { rejection } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { reply, startServer } from "../lib/servers.mjs";

/** As upstream's view writes a message. */
const WHOLE = {
  ...{ id: 29, content: "Here", inbox_id: 7, conversation_id: 141, message_type: 1, content_type: "text" },
  ...{ status: "sent", content_attributes: {}, created_at: 1_763_700_000, private: false, source_id: null },
  sender: { id: 3, name: "Grace", type: "user" },
};
const FILES = [
  new File(["aaaaa"], "a.txt"),
  new File(["bbbbb"], 'Grüße "b" 100%.txt'),
  new File(["ccccccccc"], "c.pdf"),
];

function shown(file, fields) {
  const address = `https://files.test/blobs/redirect/x--1/${encodeURIComponent(file.name.replace(/[%"]/g, "-"))}`;
  return {
    id: 5,
    file_type: "file",
    extension: file.name.split(".").at(-1),
    data_url: address,
    file_size: file.size,
    ...fields,
  };
}

async function sending(t, answer, attachments = FILES) {
  const events = [];
  const server = await startServer(t, (_, response) => reply(response, 200, answer));
  const desk = clientOf(server, { onEvent: (event) => events.push(event) });
  const warnings = () => events.filter(({ type }) => type === "warning");
  return { call: desk.sendAttachments(141, { content: "Here", attachments }), server, warnings };
}

/** [what the answer shows, what is told to be missing] */
const FEWER = [
  [[shown(FILES[0]), shown(FILES[1])], "c.pdf"],
  [[shown(FILES[2]), shown(FILES[0])], 'Grüße "b" 100%.txt'],
  [[shown(FILES[1])], "a.txt, c.pdf"],
  [[], 'a.txt, Grüße "b" 100%.txt, c.pdf'],
  [undefined, 'a.txt, Grüße "b" 100%.txt, c.pdf'],
  [null, 'a.txt, Grüße "b" 100%.txt, c.pdf'],
  [[shown(FILES[2], { data_url: "https://files.test/5" })], 'a.txt, Grüße "b" 100%.txt'],
  [[shown(FILES[2]), shown(FILES[0], { data_url: null })], "1 of its 3 files"],
  [[{}, {}], "1 of its 3 files"],
];

for (const [attachments, missing] of FEWER) {
  const count = attachments?.length ?? attachments;
  test(`an answer that shows ${count} of 3 files tells that it lost ${missing}`, async (t) => {
    const answer = { ...WHOLE, attachments };
    const { call, server, warnings } = await sending(t, answer);
    const fields = {
      code: "attachments_lost",
      outcome: "failed",
      attempts: 1,
      conversationId: 141,
      messageId: 29,
    };
    const error = await rejection(call, "DeliveryError", fields);
    assert.deepEqual(error.sent, JSON.parse(JSON.stringify(answer)));
    const { advice, ...failure } = error.failure;
    assert.deepEqual(failure, { raw: null, text: "", class: "fix_request", canRetry: false });
    assert.ok(advice.startsWith(`The message is in the conversation without ${missing}; `), advice);
    assert.match(advice, /send only .* again, under another name\.$/);
    assert.ok(error.message.endsWith(advice), error.message);
    assert.equal(server.requests.length, 1);
    assert.deepEqual(warnings(), []);
  });
}

test("one lost file is told by its name, twice", async (t) => {
  const { call } = await sending(t, WHOLE, [FILES[0]]);
  const { failure } = await rejection(call, "DeliveryError", { code: "attachments_lost" });
  assert.equal(
    failure.advice,
    "The message is in the conversation without a.txt; send only a.txt again, under another name.",
  );
});

test("a lost file's name breaks no line and is not too long", async (t) => {
  const name = `a\r\nb\u202e${"c".repeat(900)}.txt`;
  const { call } = await sending(t, WHOLE, [new File(["x"], name)]);
  const { message } = await rejection(call, "DeliveryError", { code: "attachments_lost" });
  assert.doesNotMatch(message, /[\r\n\u202e]/);
  assert.ok(message.length < 400, message);
});

test("a whole answer that shows every file is a message", async (t) => {
  const answer = { ...WHOLE, attachments: FILES.map((file) => shown(file)) };
  const { call, warnings } = await sending(t, answer);
  assert.deepEqual(await call, answer);
  assert.deepEqual(warnings(), []);
});

/** Answers that are not whole. */
const PARTIAL = {
  "an id and a status": { id: 29, status: "sent" },
  "a template's fields": {
    id: 29,
    content: "Here",
    message_type: 1,
    status: "sent",
    additional_attributes: {},
  },
  "an empty list": { id: 29, status: "sent", attachments: [] },
  "files of another shape": { ...WHOLE, attachments: { count: 3 } },
};

for (const [what, answer] of Object.entries(PARTIAL)) {
  test(`an answer of ${what} proves nothing: it is a message, with a warning`, async (t) => {
    const { call, warnings } = await sending(t, answer);
    assert.deepEqual(await call, answer);
    const [{ message, callId, ...warning }, ...others] = warnings();
    assert.deepEqual(warning, {
      ...{ type: "warning", code: "attachments_unconfirmed", method: "POST", attempt: 1 },
      ...{ kind: "attachments", conversationId: 141 },
      path: "/api/v2/accounts/conversations/141/messages",
    });
    assert.equal(typeof message, "string");
    assert.deepEqual(others, []);
  });
}

test("a partial answer that shows as many files is no reason to warn", async (t) => {
  const { call, warnings } = await sending(t, { id: 29, status: "sent", attachments: [{}, {}, {}] });
  await call;
  assert.deepEqual(warnings(), []);
});

test("a failed delivery stays one, whatever files it shows", async (t) => {
  const { call } = await sending(t, { ...WHOLE, status: "failed", attachments: [] });
  await rejection(call, "DeliveryError", { code: "delivery_failed" });
});

test("a text without files is no loss", async (t) => {
  const server = await startServer(t, (_, response) => reply(response, 200, WHOLE));
  assert.deepEqual(await clientOf(server).sendText(141, { content: "Here" }), WHOLE);
});
