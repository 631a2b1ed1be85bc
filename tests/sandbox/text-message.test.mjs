import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AUTHORIZATION, BASE, created, form, pathOf, post, refused, sandbox, stored } from "./helpers.mjs";

describe("a text message", () => {
  test("is answered 200 with every documented field", async () => {
    const before = Math.floor(Date.now() / 1000);
    const message = await created(141, { content: "Hello" });
    assert.deepEqual(Object.keys(message), [
      "id",
      "content",
      "inbox_id",
      "conversation_id",
      "message_type",
      "content_type",
      "status",
      "content_attributes",
      "created_at",
      "private",
      "source_id",
      "sorting_id",
      "sender",
      "attachments",
    ]);
    assert.equal(message.id, 17629000000001);
    assert.equal(message.content, "Hello");
    assert.equal(message.conversation_id, 141);
    assert.equal(message.message_type, 1);
    assert.equal(message.status, "sent");
    assert.equal(message.private, false);
    assert.equal(message.source_id, null);
    assert.deepEqual(message.content_attributes, {});
    assert.deepEqual(message.attachments, []);
    assert.ok(message.created_at >= before && message.created_at <= before + 5);
    assert.deepEqual(Object.keys(message.sender), [
      "id",
      "name",
      "available_name",
      "avatar_url",
      "type",
      "availability_status",
      "thumbnail",
    ]);
    assert.equal(message.sender.type, "user");
  });

  test("is in the live store of its conversation", async () => {
    const message = await created(141, { content: "Hello" });
    await created(142, { content: "Elsewhere" });
    assert.deepEqual([...sandbox.conversations.keys()], [141, 142]);
    assert.deepEqual(stored(141), [message]);
  });

  test("gets the next id, also in another conversation", async () => {
    const first = await created(1, { content: "a" });
    const second = await created(2, { content: "a" });
    assert.equal(second.id, first.id + 1);
  });

  test("is duplicated by a second request, whatever its echo_id, which is only echoed", async () => {
    const first = await created(141, { content: "a", echo_id: "once" });
    const second = await created(141, { content: "a", echo_id: "once" });
    assert.equal(first.echo_id, "once");
    assert.notEqual(first.id, second.id);
    assert.equal(stored(141).length, 2);
    assert.equal("echo_id" in stored(141)[0], false);
  });

  test("keeps open content_attributes", async () => {
    const message = await created(141, {
      content: "a",
      content_attributes: { color: { deep: [1, null] } },
    });
    assert.deepEqual(message.content_attributes, { color: { deep: [1, null] } });
  });

  test("keeps an in_reply_to of the same conversation", async () => {
    const { id } = await created(141, { content: "a" });
    const message = await created(141, { content: "b", content_attributes: { in_reply_to: id } });
    assert.equal(message.content_attributes.in_reply_to, id);
  });

  test("silently loses an in_reply_to of another conversation", async () => {
    const { id } = await created(142, { content: "a" });
    const message = await created(141, { content: "b", content_attributes: { in_reply_to: id, x: 1 } });
    assert.deepEqual(message.content_attributes, { in_reply_to: null, x: 1 });
  });

  for (const [values, expected] of [
    [[true, "true", 1, "1", "no", " ", [], {}, "False"], true],
    [[false, null, 0, "0", "f", "F", "false", "FALSE", "off", "OFF"], false],
  ]) {
    test(`is ${expected ? "" : "not "}private with any of ${JSON.stringify(values)}`, async () => {
      for (const value of values) {
        const message = await created(141, { content: "a", private: value });
        assert.equal(message.private, expected, JSON.stringify(value));
      }
    });
  }

  test("answers 422 for an empty text as private", async () => {
    await refused(await post(141, { content: "a", private: "" }), 422);
    await refused(await post(141, form({ content: "a", private: "" })), 422);
    assert.equal(stored(141).length, 0);
  });

  test("takes the query's fields over the body's", async () => {
    const headers = { Authorization: AUTHORIZATION, "Content-Type": "application/json" };
    const init = { method: "POST", headers, body: '{"content":"body","private":true}' };
    const message = await (await sandbox.fetch(`${BASE}${pathOf(141)}?content=a+query`, init)).json();
    assert.deepEqual([message.content, message.private], ["a query", true]);
    assert.equal((await sandbox.fetch(`${BASE}${pathOf(141)}?content=%ff`, init)).status, 400);
  });

  test("answers 400 to bad JSON before it asks for credentials", async () => {
    assert.equal((await post(141, "{", { headers: { Authorization: "" } })).status, 400);
    assert.equal((await post(141, "{}", { headers: { Authorization: "" } })).status, 401);
  });

  test("answers 422 for NUL in its content, and stores it in content_attributes", async () => {
    const { error } = await refused(await post(141, { content: "a\0b" }), 422);
    assert.equal(error, "string contains null byte");
    const message = await created(141, { content: "a", content_attributes: { x: "a\0b" } });
    assert.equal(message.content_attributes.x, "a\0b");
  });

  test("answers 406 to a body whose type is none", async () => {
    assert.equal((await post(141, "{}", { headers: { "Content-Type": "json" } })).status, 406);
  });

  test("has null content when the body is empty, misnamed, no object or of another type", async () => {
    for (const body of ["", "{}", '{"text":"a"}', "[1]", '"a"', "null"]) {
      assert.equal((await created(141, body)).content, null, body);
    }
    const response = await post(141, '{"content":"a"}', { headers: { "Content-Type": "text/plain" } });
    assert.equal((await response.json()).content, null);
  });

  test("has its content cast to text", async () => {
    assert.equal((await created(141, { content: 42 })).content, "42");
    assert.equal((await created(141, { content: true })).content, "t");
    assert.equal((await created(141, '{"content":1.0}')).content, "1.0");
    assert.equal((await created(141, '{"content":1e-7}')).content, "1.0e-07");
    assert.equal((await created(141, '{"content":12345678901234567890}')).content, "12345678901234567890");
    assert.equal((await created(141, { content: { a: [null, "b\n#{"] } })).content, '{"a"=>["b\\n\\#{"]}');
    assert.equal((await created(141, { content: "" })).content, "");
  });

  test("may have 150,000 Unicode scalar values", async () => {
    const message = await created(141, { content: "😀".repeat(150_000) });
    assert.equal(message.content.length, 300_000);
  });

  test("answers 422 for one scalar value more", async () => {
    const body = await refused(await post(141, { content: "😀".repeat(150_001) }), 422);
    assert.match(body.error, /^Validation failed: /);
    assert.equal(stored(141).length, 0);
  });

  test("answers 400 for JSON that is cut", async () => {
    await refused(await post(141, '{"content":"a'), 400);
    assert.equal(stored(141).length, 0);
  });
});
