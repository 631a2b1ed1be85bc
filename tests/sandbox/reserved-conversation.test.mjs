import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { reservedConversations } from "../../pkg-template/sandbox.js";
import { AUTHORIZATION, BASE, created, pathOf, post, refused, sandbox, stored } from "./helpers.mjs";

describe("a reserved conversation", () => {
  test("has an id and a sentence", () => {
    assert.deepEqual(
      reservedConversations.map(({ id }) => id),
      [
        900131, 900132, 900200, 900201, 900204, 900206, 900207, 900302, 900400, 900401, 900404, 900408,
        900413, 900422, 900429, 900430, 900500, 900502, 900503, 900999,
      ],
    );
    for (const { description } of reservedConversations) assert.match(description, /^[A-Z].*\.$/);
  });

  for (const [id, error] of [
    [900131, "131047: Re-engagement message"],
    [900132, "(#132000) Number of parameters does not match the expected number of params"],
  ]) {
    test(`${id} stores a message whose delivery failed`, async () => {
      const answer = await created(id, { content: "a", content_attributes: { x: 1 } });
      const { id: messageId } = answer;
      assert.deepEqual(answer, {
        id: messageId,
        status: "failed",
        content_attributes: { external_error: error },
      });
      assert.deepEqual(stored(id)[0].content_attributes, { x: 1, external_error: error });
    });
  }

  for (const [id, status, type, body, headers = {}] of [
    [900200, 200, "text/html", /<html>/],
    [900201, 200, "application/json; charset=utf-8", /^\{"ok":true\}$/],
    [900302, 302, null, /^$/, { Location: "/api/v2/elsewhere" }],
    [900400, 400, "application/json; charset=utf-8", /^\{.*\}$/],
    [900401, 401, "application/json; charset=utf-8", /^\{"error":"Invalid Access Token"\}$/],
    [900404, 404, "application/json; charset=utf-8", /^\{"error":"Resource could not be found"\}$/],
    [900408, 408, "text/html", /<html>/],
    [900413, 413, "text/html", /<html>/],
    [900422, 422, "application/json; charset=utf-8", /^\{"message":".+","attributes":\["content"\]\}$/],
    [900429, 429, "text/plain", /^Retry later$/, { "Retry-After": null }],
    [900502, 502, "text/html", /<html>/],
    [900503, 503, "text/html", /<html>/, { "Retry-After": "1" }],
  ]) {
    test(`${id} answers ${status} every time and stores nothing`, async () => {
      for (let count = 0; count < 2; count += 1) {
        const response = await post(id, { content: "a" });
        assert.equal(response.status, status);
        assert.equal(response.headers.get("Content-Type"), type);
        for (const [name, value] of Object.entries(headers)) assert.equal(response.headers.get(name), value);
        assert.match(await response.text(), body);
      }
      assert.equal(stored(id).length, 0);
    });
  }

  test("900204 stores and answers without a body", async () => {
    const response = await post(900204, { content: "a" });
    assert.equal(response.status, 204);
    assert.equal(await response.text(), "");
    assert.equal(stored(900204).length, 1);
  });

  test("900206 stores and cuts its answer in the middle", async () => {
    const response = await post(900206, { content: "a" });
    assert.equal(response.status, 200);
    const reader = response.body.getReader();
    const { value } = await reader.read();
    assert.match(new TextDecoder().decode(value), /^\{"id":17629000000001,/);
    await assert.rejects(reader.read(), TypeError);
    assert.equal(stored(900206).length, 1);
    await assert.rejects((await post(900206, { content: "a" })).text());
  });

  test("900207 stores and stalls until the request is aborted", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const response = await post(900207, { content: "a" }, { signal: controller.signal });
    assert.equal(response.status, 200);
    const reader = response.body.getReader();
    assert.ok((await reader.read()).value.length > 10);
    setTimeout(() => controller.abort(reason), 20);
    await assert.rejects(reader.read(), reason);
    assert.equal(stored(900207).length, 1);
  });

  test("900207 lets go of an answer that is cancelled", async () => {
    const response = await post(900207, { content: "a" });
    await response.body.cancel();
  });

  test("900430 answers 429 with Retry-After once, and again after reset()", async () => {
    for (let round = 0; round < 2; round += 1) {
      const response = await post(900430, { content: "a" });
      assert.equal(response.status, 429);
      assert.equal(response.headers.get("Retry-After"), "1");
      assert.equal(stored(900430).length, 0);
      await created(900430, { content: "a" });
      await created(900430, { content: "a" });
      sandbox.reset();
    }
  });

  test("900500 stores and answers 500", async () => {
    const body = await refused(await post(900500, { content: "a" }), 500);
    assert.deepEqual(body, { status: 500, error: "Internal Server Error" });
    assert.equal(stored(900500).length, 1);
  });

  test("900999 stores and never answers, until aborted", async () => {
    const controller = new AbortController();
    const answer = post(900999, { content: "a" }, { signal: controller.signal });
    const late = new Promise((resolve) => setTimeout(resolve, 50, "no answer"));
    assert.equal(await Promise.race([answer, late]), "no answer");
    assert.equal(stored(900999).length, 1);
    controller.abort();
    await assert.rejects(answer, { name: "AbortError" });
  });

  test("900999 hears of an abort even when nothing else holds the request", async () => {
    setFlagsFromString("--expose_gc");
    const collectGarbage = runInNewContext("gc");
    const controller = new AbortController();
    const ask = () =>
      sandbox.fetch(
        new Request(BASE + pathOf(900999), {
          method: "POST",
          headers: { Authorization: AUTHORIZATION },
          signal: controller.signal,
        }),
      );
    const ended = ask().catch((error) => error.name);
    for (let round = 0; round < 5; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      collectGarbage();
    }
    controller.abort();
    assert.equal(await ended, "AbortError");
  });

  test("still answers 422 to a message that no conversation takes", async () => {
    await refused(await post(900500, { content: "a".repeat(150_001) }), 422);
    assert.equal(stored(900500).length, 0);
  });
});
