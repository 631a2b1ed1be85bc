// What a sandbox shows of the requests that came in.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import { BASE, created, form, pathOf, post, retry, sandbox } from "./helpers.mjs";

const only = () => {
  assert.equal(sandbox.requests.length, 1);
  return sandbox.requests[0];
};

describe("the list of requests", () => {
  test("has what was sent as JSON, what was answered, and what was stored", async () => {
    const body = { content: "Grüße", private: true, content_attributes: { x: [1] } };
    const before = Date.now();
    const message = await created(141, body);
    const { at, ...request } = only();
    assert.ok(at >= before && at <= Date.now());
    assert.deepEqual(request, {
      number: 1,
      method: "POST",
      path: pathOf(141),
      headers: { authorization: "Basic [masked]", "content-type": "application/json" },
      body,
      stored: true,
      messageId: message.id,
      answer: {
        status: 200,
        headers: { "content-type": "application/json; charset=utf-8" },
        body: message,
      },
    });
  });

  test("has the parts of a form as they were sent, with a digest of each file", async () => {
    const bytes = Buffer.from("Size,Price\n");
    const file = new File([bytes], 'pri"ces%41.csv', { type: "text/csv" });
    await post(141, form({ content: "Our prices", "attachments[]": [file, new Blob(["x"])] }));
    const request = only();
    assert.equal("body" in request, false);
    assert.deepEqual(request.parts, [
      { name: "content", value: "Our prices" },
      {
        name: "attachments[]",
        fileName: 'pri"ces%41.csv',
        type: "text/csv",
        size: 11,
        sha256: createHash("sha256").update(bytes).digest("hex"),
      },
      {
        name: "attachments[]",
        fileName: "blob",
        type: "application/octet-stream",
        size: 1,
        sha256: createHash("sha256").update("x").digest("hex"),
      },
    ]);
    assert.equal(request.stored, true);
  });

  test("has texts that are no JSON as they are, and none where nothing was sent", async () => {
    await post(141, "{broken");
    await post(141, "content=a", { headers: { "Content-Type": "application/x-www-form-urlencoded" } });
    await post(141, "no form", { headers: { "Content-Type": "multipart/form-data; boundary=b" } });
    const deep = `${"[".repeat(200_000)}`;
    await post(141, deep);
    const { id } = await created(141, { content: "a" });
    await retry(141, id);
    assert.deepEqual(
      sandbox.requests.filter((_, index) => index !== 4).map(({ body, stored }) => [body, stored]),
      [
        ["{broken", false],
        ["content=a", true],
        ["no form", sandbox.requests[2].stored],
        [deep, false],
        [undefined, false],
      ],
    );
    assert.equal(sandbox.requests.at(-1).path, pathOf(141, id));
  });

  test("masks every kind of credential", async () => {
    const headers = {
      Authorization: "secret-a",
      Cookie: "session=secret-b",
      "Proxy-Authorization": "Basic secret-c",
      api_access_token: "secret-d",
    };
    await sandbox.fetch(new Request(`${BASE}/x?api_access_token=secret-e&y=1`, { headers }));
    const shown = JSON.stringify(only());
    assert.doesNotMatch(shown, /secret/);
    assert.match(only().path, /y=1/);
  });

  test("has what was turned away, and why", async () => {
    await sandbox.fetch(`${BASE}/elsewhere?x=1`);
    await post(141, { content: "a" }, { headers: { Authorization: "Basic !" } });
    await post(900429, { content: "b" });
    assert.deepEqual(
      sandbox.requests.map(({ number, method, path, body, answer, stored }) => [
        ...[number, method, path, body?.content, answer.status, stored],
      ]),
      [
        [1, "GET", "/elsewhere?x=1", undefined, 404, false],
        [2, "POST", pathOf(141), "a", 401, false],
        [3, "POST", pathOf(900429), "b", 429, false],
      ],
    );
    assert.equal(sandbox.requests[2].answer.body, "Retry later");
  });

  for (const [step, fault, status, isStored] of [
    ["offline", "refused", undefined, false],
    [{ reset: true }, "reset", undefined, true],
    [{ cut: "head" }, "cut", undefined, true],
    [{ cut: "body" }, "cut", 200, true],
    [{ stall: 1, store: false }, "stalled", undefined, false],
  ]) {
    test(`says of ${JSON.stringify(step)} what the caller was not told`, async () => {
      sandbox.script(141, [step]);
      await post(141, { content: "a" })
        .then((response) => response.text())
        .catch(() => {});
      const request = only();
      assert.equal(request.fault, fault);
      assert.equal(request.answer?.status, status);
      assert.equal(request.stored, isStored);
      if (status) assert.equal(request.answer.body.id, request.messageId);
    });
  }

  test("says that a caller gave up", async () => {
    sandbox.script(141, [{ delay: 10_000 }]);
    const controller = new AbortController();
    const answer = post(141, { content: "a" }, { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await assert.rejects(answer, { name: "AbortError" });
    assert.equal(only().fault, "aborted");
    assert.equal(only().stored, true);
    assert.equal("answer" in only(), false);
  });

  test("has no request that was aborted before it began", async () => {
    await assert.rejects(post(141, { content: "a" }, { signal: AbortSignal.abort() }));
    assert.deepEqual(sandbox.requests, []);
  });

  test("stays the same list, and is emptied by reset()", async () => {
    const { requests } = sandbox;
    await created(141, { content: "a" });
    sandbox.reset();
    assert.equal(sandbox.requests, requests);
    assert.equal(requests.length, 0);
    await created(141, { content: "a" });
    assert.equal(requests[0].number, 1);
  });

  test("does not change with what is stored or answered", async () => {
    const { id } = await created(141, { content: "a" });
    sandbox.deliver(id, "read");
    assert.equal(only().answer.body.status, "sent");
    sandbox.script(141, [{ cut: "body" }]);
    await post(141, { content: "a" }).then((response) => response.text().catch(() => {}));
    sandbox.deliver(sandbox.requests[1].messageId, "read");
    assert.equal(sandbox.requests[1].answer.body.status, "sent");
  });
});
