// Ids that are refused before anything is sent: they become part of an address.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { inspect } from "node:util";
import { refusal } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { startServer } from "../lib/servers.mjs";

const server = await startServer({ after });
const client = clientOf(server);

const BAD_IDS = [
  "1/../2",
  "141?x",
  "141#",
  " 141",
  "141\n",
  "+141",
  "-1",
  "1e3",
  "0x8d",
  "1.0",
  "١٤١",
  "",
  "0",
  "9223372036854775808",
  "9".repeat(10_000),
  "\ud800",
  1.5,
  NaN,
  Infinity,
  -1,
  0,
  -0,
  2 ** 53 + 2,
  1e300,
  0n,
  -1n,
  2n ** 63n,
  null,
  undefined,
  true,
  {},
  [],
  [141],
  { toString: () => "141" },
  new Number(141),
  new String("141"),
  new Date(),
  Symbol("id"),
  () => 141,
  new Blob(["141"]),
  new Uint8Array([1]),
  Promise.resolve(141),
];

for (const id of BAD_IDS) {
  test(`refuses the conversation id ${inspect(id).slice(0, 40)}`, async () => {
    await refusal(client.sendText(id, { content: "Hello" }), "conversationId");
    await refusal(client.retryMessage(id, 29), "conversationId");
    assert.equal(server.requests.length, 0);
  });
}

const BAD_MESSAGE_IDS = BAD_IDS.filter((id) => typeof id !== "object" || id === null || Array.isArray(id));

test("refuses the same as the id of a message to retry", async () => {
  for (const id of BAD_MESSAGE_IDS) await refusal(client.retryMessage(141, id), "message");
  assert.equal(server.requests.length, 0);
});

test("refuses a message to retry that has not failed, or is none", async () => {
  const refused = (message, path) => refusal(client.retryMessage(141, message), path);
  for (const status of ["sent", "delivered", "read", "x"])
    await refused({ id: 29, status }, "message.status");
  for (const message of [{}, { id: 29 }, { status: "failed" }, { id: "x", status: "failed" }, new Date()]) {
    await refused(message, "message");
  }
  assert.equal(server.requests.length, 0);
});

test("refuses such ids in in_reply_to, where null is none", async () => {
  for (const id of BAD_IDS.filter((id) => id !== undefined && id !== null)) {
    const message = { content: "Hello", content_attributes: { in_reply_to: id } };
    await refusal(client.sendText(141, message), "content_attributes.in_reply_to");
  }
  assert.equal(server.requests.length, 0);
});

test("reports everything that is wrong in one error, and shows no text that came as an id", async () => {
  const error = await refusal(
    client.sendText("my secret text", { content: "" }),
    "conversationId",
    "content",
  );
  assert.match(error.message, /^Nothing was sent, 2 issues: /);
  assert.doesNotMatch(inspect(error), /my secret/);
});

test("says how to pass an id that a number cannot hold", async () => {
  const error = await refusal(client.sendText(2 ** 53 + 2, { content: "Hello" }), "conversationId");
  assert.match(error.message, /as a string or bigint/);
});
