// What a webhook tells of a message.

import assert from "node:assert/strict";
import test from "node:test";
import { assertLinear } from "../lib/growth.mjs";
import { livedesk } from "../lib/package.mjs";

const { explainFailure, readWebhook } = livedesk;
const REASON = "131016: Service overloaded";

/** As upstream tells of a message that failed. */
function failed(more) {
  const content_attributes = { external_error: REASON };
  return {
    event: "message_updated",
    account: { id: 1, name: "Shop" },
    additional_attributes: {},
    content_attributes,
    content_type: "text",
    content: "Hello",
    conversation: {
      id: 141,
      channel: "Channel::Whatsapp",
      messages: [{ id: 29, content_attributes, status: "failed", message_type: 1 }],
    },
    created_at: "2026-03-01T10:20:30.456Z",
    id: 29,
    inbox: { id: 7, name: "WhatsApp" },
    message_type: "outgoing",
    private: false,
    sender: { id: 3, name: "Ada", type: "user" },
    source_id: "wamid.1",
    ...more,
  };
}

test("a failed message is read in the shape of an answer, with its failure", async () => {
  const told = await readWebhook(failed());
  assert.deepEqual(Object.keys(told), ["event", "message", "conversationId", "failure"]);
  assert.equal(told.event, "message_updated");
  assert.equal(told.conversationId, 141);
  assert.deepEqual(told.failure, await explainFailure(REASON));
  const { id, status, conversation_id, inbox_id, message_type, created_at, content, source_id } =
    told.message;
  assert.deepEqual(
    { id, status, conversation_id, inbox_id, message_type, created_at, content, source_id },
    {
      ...{ id: 29, status: "failed", conversation_id: 141, inbox_id: 7, message_type: 1 },
      ...{ created_at: 1_772_360_430, content: "Hello", source_id: "wamid.1" },
    },
  );
  assert.deepEqual(told.message.sender, { id: 3, name: "Ada", type: "user" });
});

test("text, bytes and an object are the same", async () => {
  const expected = await readWebhook(failed());
  const text = JSON.stringify(failed());
  const bytes = new TextEncoder().encode(text);
  for (const body of [text, bytes, bytes.buffer, Buffer.from(text), new DataView(bytes.buffer)]) {
    assert.deepEqual(await readWebhook(body), expected);
  }
});

test("the status is the message's own, else the conversation's last message's, else what the reason says", async () => {
  const status = async (more) => (await readWebhook(failed(more)))?.message.status;
  assert.equal(await status({ status: "delivered" }), "delivered");
  assert.equal(await status({ conversation: { id: 141, messages: [{ id: 29, status: "read" }] } }), "read");
  assert.equal(await status({ conversation: { id: 141, messages: [{ id: 30, status: "read" }] } }), "failed");
  assert.equal(await status({ conversation: { id: 141 }, content_attributes: null }), "sent");
});

test("a message that did not fail has no failure", async () => {
  const told = await readWebhook(failed({ event: "message_created", status: "sent" }));
  assert.equal(told.event, "message_created");
  assert.equal(told.failure, null);
});

test("ids may be digits, and the conversation may be named otherwise", async () => {
  const told = await readWebhook(failed({ id: "17629000001207", conversation: { display_id: "9" } }));
  assert.deepEqual([told.message.id, told.conversationId], [17_629_000_001_207, 9]);
  assert.equal((await readWebhook(failed({ id: "9007199254740993" }))).message.id, "9007199254740993");
  assert.equal((await readWebhook(failed({ conversation: null }))).conversationId, null);
  assert.equal((await readWebhook(failed({ conversation: null, conversation_id: 5 }))).conversationId, 5);
});

test("another channel's number is none of WhatsApp's", async () => {
  const { conversation } = failed();
  const of = async (channel) =>
    (await readWebhook(failed({ conversation: { ...conversation, channel } }))).failure.class;
  assert.equal(await of("Channel::Whatsapp"), "retry_later");
  assert.equal(await of("Channel::TwilioSms"), "retry_later");
  for (const channel of [
    "Telegram",
    "FacebookPage",
    "Instagram",
    "Line",
    "Email",
    "Sms",
    "Api",
    "WebWidget",
  ]) {
    assert.equal(await of(`Channel::${channel}`), "unknown", channel);
  }
});

test("a failed message can be given to retryMessage as it was read", async () => {
  const { message, conversationId } = await readWebhook(failed());
  const sandbox = new livedesk.LiveDesk({
    ...{ apiKey: "key", apiSecret: "secret", maxRetries: 0 },
    fetch: async (address) => {
      assert.match(String(address), /conversations\/141\/messages\/29\/retry$/);
      return Response.json({ ...message, status: "sent" });
    },
  });
  assert.equal((await sandbox.retryMessage(conversationId, message)).status, "sent");
});

test("anything else is null, and nothing throws", async () => {
  const circle = failed();
  circle.self = circle;
  const hostile = new Proxy(
    {},
    {
      get() {
        throw new Error("no");
      },
      ownKeys() {
        throw new Error("no");
      },
    },
  );
  for (const body of [
    ...[null, undefined, 0, 1n, true, Symbol("x"), () => {}, "", "x", "null", "[]", "{}", "7", [], {}],
    ...[failed({ event: "conversation_updated" }), failed({ event: undefined }), failed({ id: 0 })],
    ...[
      failed({ id: -1 }),
      failed({ id: 1.5 }),
      failed({ id: {} }),
      failed({ id: "1/2" }),
      failed({ id: 1e300 }),
    ],
    ...[
      circle,
      hostile,
      new Uint8Array(3),
      new ArrayBuffer(0),
      "[".repeat(200_000),
      new Map(),
      new Error("x"),
    ],
    ...[
      "x".repeat(5_000_000),
      new Uint8Array(5_000_000),
      { toJSON: () => undefined },
      Promise.resolve(failed()),
    ],
  ]) {
    assert.equal(await readWebhook(body), null);
  }
  for (const odd of [
    7,
    "x",
    [],
    { messages: 7 },
    { messages: {} },
    { messages: [null, 7] },
    { channel: {} },
  ]) {
    assert.equal((await readWebhook(failed({ conversation: odd }))).message.id, 29);
  }
});

test("a large body takes time in proportion", async () => {
  await assertLinear((size) => readWebhook(failed({ content: "x".repeat(size) })), 400_000);
  await assertLinear((size) => readWebhook(failed({ more: Array(size).fill({}) })), 40_000);
});
