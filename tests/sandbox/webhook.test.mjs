// What a webhook is told.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createSandbox } from "../../pkg-template/sandbox.js";
import { startServer } from "../lib/servers.mjs";
import { created, form, post, replaceSandbox, retry, sandbox, stored } from "./helpers.mjs";

const REASON = "131047: Re-engagement message";

/** Gives the running test a sandbox with a webhook that keeps what it is told. */
function listen() {
  const events = [];
  replaceSandbox({ webhook: (event) => events.push(event) });
  return events;
}

const names = (events) => events.map(({ event }) => event);

describe("a webhook", () => {
  test("is told of a new message twice, as upstream does, before its answer comes", async () => {
    const events = listen();
    const { id } = await created(141, { content: "Hello", content_attributes: { x: 1 } });
    assert.deepEqual(names(events), ["message_created", "message_created"]);
    assert.deepEqual(events[0], events[1]);
    const [{ conversation, ...event }] = events;
    assert.equal(event.id, id);
    assert.equal(event.content, "Hello");
    assert.equal(event.message_type, "outgoing");
    assert.equal(event.private, false);
    assert.deepEqual(event.content_attributes, { x: 1 });
    assert.match(event.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.deepEqual(Object.keys(event.account), ["id", "name"]);
    assert.deepEqual(Object.keys(event.inbox), ["id", "name"]);
    assert.equal(event.sender.type, "user");
    // As in upstream, where only the conversation's last message has one.
    assert.equal("status" in event, false);
    assert.equal("attachments" in event, false);
    assert.equal(conversation.id, 141);
    assert.equal(conversation.messages.length, 1);
    assert.equal(conversation.messages[0].status, "sent");
    assert.equal(conversation.messages[0].message_type, 1);
    assert.equal(conversation.meta.sender.type, "contact");
  });

  test("is told once of each change: failed, retried, delivered, read", async () => {
    const events = listen();
    const { id } = await created(141, { content: "a" });
    events.length = 0;
    sandbox.failLater(id, REASON, { afterMs: 300_000 });
    assert.deepEqual(events, []);
    await sandbox.advance(300_000);
    await retry(141, id);
    sandbox.deliver(id, "delivered");
    sandbox.deliver(id, "read");
    sandbox.deliver(id, "read");
    assert.deepEqual(names(events), Array(4).fill("message_updated"));
    assert.deepEqual(
      events.map(({ conversation }) => conversation.messages[0].status),
      ["failed", "sent", "delivered", "read"],
    );
    assert.equal(events[0].content_attributes.external_error, REASON);
    assert.equal(events[1].content_attributes.external_error, undefined);
    assert.match(events[0].source_id, /^wamid\./);
  });

  test("is told of a failure at once as of a message that was sent, and then failed", async () => {
    const events = listen();
    await created(900131, { content: "a" });
    assert.deepEqual(names(events), ["message_created", "message_created", "message_updated"]);
    assert.deepEqual(
      events.map(({ conversation, content_attributes }) => [
        conversation.messages[0].status,
        content_attributes.external_error,
      ]),
      [
        ["sent", undefined],
        ["sent", undefined],
        ["failed", REASON],
      ],
    );
  });

  test("is told of files, templates and notes, and of nothing that was not stored", async () => {
    const events = listen();
    await post(141, form({ "attachments[]": new File(["x"], "a.png", { type: "image/png" }) }));
    assert.equal(events[0].attachments[0].file_type, "image");
    const template_params = { name: "order_update", language: "en_US" };
    await created(141, { content: "a", template_params });
    assert.deepEqual(events[2].additional_attributes, { template_params });
    await created(141, { content: "a note", private: true });
    assert.equal(events[4].private, true);
    // Customers do not see notes, and so the conversation's last message is another one.
    assert.equal(events[4].conversation.messages[0].id, stored(141)[1].id);
    await post(900429, { content: "a" });
    await retry(141, 5);
    await retry(141, stored(141)[0].id);
    assert.equal(events.length, 6);
  });

  test("cannot change what is stored", async () => {
    replaceSandbox({
      webhook: (event) => {
        event.content_attributes.x = "changed";
        event.conversation.messages.length = 0;
      },
    });
    await created(141, { content: "a", content_attributes: { x: 1 } });
    assert.deepEqual(stored(141)[0].content_attributes, { x: 1 });
  });

  test("that throws, rejects, hangs or forges its promise breaks nothing", async () => {
    for (const webhook of [
      () => {
        throw new Error("mine");
      },
      () => Promise.reject(new Error("mine")),
      () => ({
        get then() {
          throw new Error("mine");
        },
      }),
      () => new Promise(() => {}),
    ]) {
      replaceSandbox({ webhook });
      const { id } = await created(141, { content: "a" });
      sandbox.failLater(id, REASON);
      assert.equal(stored(141)[0].status, "failed");
      assert.equal((await retry(141, id)).status, 200);
    }
  });

  test("that is slow is waited for by advance(), at most five seconds", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    replaceSandbox({ webhook: () => new Promise(() => {}) });
    await created(141, { content: "a" });
    const advanced = sandbox.advance(1);
    const early = Symbol("early");
    assert.equal(
      await Promise.race([advanced, new Promise((resolve) => setImmediate(resolve, early))]),
      early,
    );
    t.mock.timers.tick(5000);
    await advanced;
  });

  test("at an address gets JSON by POST, in order, and may break as it likes", async (t) => {
    const got = [];
    const { url } = await startServer(t, (request, response) => {
      got.push(request);
      response.writeHead(got.length % 2 ? 500 : 302, { Location: "http://127.0.0.1:0/" }).end("x");
    });
    replaceSandbox({ webhook: new URL(`${url}/hook`) });
    const { id } = await created(141, { content: "Grüße" });
    sandbox.deliver(id, "read");
    await sandbox.advance(0);
    assert.deepEqual(
      got.map(({ method, path, headers, body }) => [
        method,
        path,
        headers["content-type"],
        JSON.parse(body).event,
      ]),
      ["message_created", "message_created", "message_updated"].map((event) => [
        "POST",
        "/hook",
        "application/json",
        event,
      ]),
    );
    assert.equal(JSON.parse(got[0].body).content, "Grüße");
  });

  test("at an address where nobody listens breaks nothing", async () => {
    replaceSandbox({ webhook: "http://127.0.0.1:0/hook" });
    await created(141, { content: "a" });
    await sandbox.advance(0);
  });

  test("is refused where it is none", () => {
    for (const webhook of [5, "", "no address", "ftp://example.com", null, {}]) {
      assert.throws(() => createSandbox({ webhook }), { name: "TypeError", message: /^webhook is/ });
    }
  });
});
