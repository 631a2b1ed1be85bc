import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AUTHORIZATION, BASE, form, pathOf, post, refused, sandbox, stored } from "./helpers.mjs";

describe("a wrong address", () => {
  const notFound = { status: 404, error: "Not Found" };
  const noConversation = { error: "Resource could not be found" };

  for (const path of [
    "/",
    "/api/v1/accounts/conversations/141/messages",
    "/API/V2/accounts/conversations/141/messages",
    "/api/v2/accounts/conversations//messages",
    "/api/v2/accounts/conversations/141/messages/5",
    "/api/v2/accounts/conversations/141/messages/5/retry/now",
    pathOf("1.5"),
  ]) {
    test(`answers 404 for ${path}`, async () => {
      const headers = { Authorization: AUTHORIZATION };
      const response = await sandbox.fetch(BASE + path, { method: "POST", headers });
      assert.deepEqual(await refused(response, 404), notFound);
    });
  }

  for (const id of ["0", "-1", "abc", "9007199254740993"]) {
    test(`answers 404 in other words for the conversation ${id}, which cannot be`, async () => {
      assert.deepEqual(await refused(await post(id, { content: "a" }), 404), noConversation);
    });
  }

  for (const id of ["141abc", "0141", "+141", "%20141"]) {
    test(`takes ${id} for the conversation 141, as Ruby does`, async () => {
      assert.equal((await post(id, { content: "a" })).status, 200);
      assert.equal(stored(141).length, 1);
    });
  }

  for (const end of ["/", ".json", ".json/"]) {
    test(`takes a path that ends with ${end}`, async () => {
      const headers = { Authorization: AUTHORIZATION };
      const response = await sandbox.fetch(`${BASE}${pathOf(141)}${end}`, { method: "POST", headers });
      assert.equal(response.status, 200);
    });
  }

  test("answers 406 to another format once the message is stored", async () => {
    const headers = { Authorization: AUTHORIZATION };
    const response = await sandbox.fetch(`${BASE}${pathOf(141)}.xml`, { method: "POST", headers });
    assert.equal(response.status, 406);
    assert.equal(response.headers.get("Content-Type"), "application/xml; charset=utf-8");
    assert.equal(stored(141).length, 1);
  });

  test("is where _method in a form, or a header, leads a request", async () => {
    assert.deepEqual(
      await refused(await post(141, form({ content: "a", _method: "delete" })), 404),
      notFound,
    );
    const headers = { "X-HTTP-Method-Override": "PUT" };
    assert.deepEqual(await refused(await post(141, { content: "a" }, { headers }), 404), notFound);
    assert.equal((await post(141, form({ content: "a", _method: "elsewhere" }))).status, 200);
    assert.equal(stored(141).length, 1);
  });

  test("answers 404 for a wrong method, and allows no other origin", async () => {
    for (const method of ["GET", "PUT", "OPTIONS"]) {
      const response = await sandbox.fetch(BASE + pathOf(141), { method });
      assert.deepEqual(await refused(response, 404), notFound);
      assert.equal(response.headers.get("Access-Control-Allow-Origin"), null);
    }
  });
});
