// What upstream's Rails answered to hundreds of raw requests (recorded.json), asked of the sandbox over HTTP. There, a
// message's fields that are as in `plain` are left out, `~` is the path of conversations, `{first}` the id of a message
// stored before in conversation 260, and a refusal without `error` spoke of Ruby's own.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { after, before, describe, test } from "node:test";
import { serve } from "../../pkg-template/cli/serve.js";
import { AUTHORIZATION, created, replaceSandbox, sandbox } from "./helpers.mjs";

const { plain, requests } = JSON.parse(readFileSync(new URL("recorded.json", import.meta.url), "utf8"));
const PATH = "/api/v2/accounts/conversations";
const MOST_EXCEPTIONS = 10;
/** Where the sandbox answers otherwise, and why. */
const EXCEPTIONS = {
  "incoming on api inbox (142)": "the sandbox has one inbox, and that is none of an API channel",
};
/** They differ from server to server: ids, times, and the two that a conversation belongs to. */
const OWN = ["id", "created_at", "inbox_id", "conversation_id"];

describe("what Rails answered", () => {
  let server;
  before(async () => {
    server = await serve((request) => sandbox.fetch(request));
  });
  after(() => server.close());

  for (const recorded of requests.filter(({ name }) => !Object.hasOwn(EXCEPTIONS, name))) {
    test(`is what 4.15 answers: ${recorded.name}`, () => assertAnswered(recorded));
  }

  test(`is it but for ${MOST_EXCEPTIONS} exceptions at the most, which still are some`, async () => {
    const names = Object.keys(EXCEPTIONS);
    assert.ok(names.length <= MOST_EXCEPTIONS);
    for (const name of names) {
      const recorded = requests.find((each) => each.name === name);
      await assert.rejects(assertAnswered(recorded), assert.AssertionError, name);
    }
  });

  async function assertAnswered({ status, type = "application/json", stored = 0, ...recorded }) {
    replaceSandbox({ version: "4.15" });
    const isAbout = JSON.stringify(recorded).includes("{first}");
    const first = isAbout ? (await created(260, { content: "q" })).id : undefined;
    const before = countStored();
    const answer = await ask(recorded, first);
    assert.equal(answer.status, status);
    assert.equal(answer.type.split(";")[0], type);
    assert.equal(countStored() - before, stored);
    if (status === 200) assert.deepEqual(shown(JSON.parse(answer.text)), { ...plain, ...recorded.message });
    else if (recorded.error) assert.deepEqual(JSON.parse(answer.text), recorded.error);
    else if (recorded.text !== undefined) assert.equal(answer.text, recorded.text);
  }

  /** By fetch, or with Node's own client for a header that fetch keeps to itself. */
  async function ask({ method = "POST", path, auth = true, headers, body, base64 }, first) {
    const url = server.url + path.replace("~", PATH).replace("{first}", first);
    const all = { Accept: "application/json", ...(auth && { Authorization: AUTHORIZATION }), ...headers };
    const text = body?.replace("{first}", first);
    // As bytes: fetch would name a type for a text.
    const bytes = base64 === undefined ? text && Buffer.from(text) : Buffer.from(base64, "base64");
    if (all["Transfer-Encoding"]) return askRaw(url, { method, headers: all }, bytes);
    const response = await fetch(url, { method, headers: all, body: bytes });
    const { status } = response;
    return { status, type: response.headers.get("Content-Type"), text: await response.text() };
  }
});

async function askRaw(url, options, bytes) {
  const response = await new Promise((resolve, reject) => {
    httpRequest(url, options, resolve).on("error", reject).end(bytes);
  });
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk;
  return { status: response.statusCode, type: response.headers["content-type"], text };
}

function countStored() {
  return [...sandbox.conversations.values()].flat().length;
}

/** An answered message as it was written down. */
function shown({ sender, attachments, ...message }) {
  for (const name of OWN) {
    assert.ok(Object.hasOwn(message, name), `${name} is missing`);
    delete message[name];
  }
  const { in_reply_to: reply } = message.content_attributes;
  if (typeof reply === "number") message.content_attributes.in_reply_to = "#";
  const files = attachments?.map(({ id, message_id, account_id, data_url, thumb_url, ...file }) => ({
    ...file,
    thumb: Boolean(thumb_url),
  }));
  return { ...message, sender: sender.type, ...(files && { attachments: files }) };
}
