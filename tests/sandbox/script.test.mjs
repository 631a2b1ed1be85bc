// What a test says becomes of the next requests to a conversation.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createSandbox } from "../../pkg-template/sandbox.js";
import { AUTHORIZATION, BASE, created, pathOf, post, retry, sandbox, stored } from "./helpers.mjs";

/** Scripts one step and sends one message. */
function scripted(step, options) {
  sandbox.script(141, [step]);
  return post(141, { content: "a" }, options);
}

const ENOUGH = new Error("enough");

/** A signal whose timer keeps the test running, as that of AbortSignal.timeout does not. */
function soon() {
  const controller = new AbortController();
  setTimeout(() => controller.abort(ENOUGH), 30);
  return controller.signal;
}

describe("a script", () => {
  test("has one step for each request, and then the conversation is normal again", async () => {
    sandbox.script(141, [{ status: 429 }, "ok", { status: 503 }]);
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await post(141, { content: "a" })).status);
    assert.deepEqual(statuses, [429, 200, 503, 200]);
    assert.equal(stored(141).length, 2);
  });

  test("belongs to one conversation of one sandbox", async () => {
    const other = createSandbox();
    sandbox.script(141, [{ status: 500 }]);
    await created(142, { content: "a" });
    assert.equal((await post(141, { content: "a" }, { fetch: other.fetch })).status, 200);
    assert.equal((await post(141, { content: "a" })).status, 500);
  });

  test("is followed in the order in which requests come, though they run at once", async () => {
    sandbox.script(141, [{ status: 500, delay: 30 }, { status: 502 }, { status: 503 }]);
    const answers = await Promise.all([1, 2, 3].map(() => post(141, { content: "a" })));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [500, 502, 503],
    );
  });

  test("replaces what is left of the one before, and an empty one ends it", async () => {
    sandbox.script(141, [{ status: 500 }, { status: 500 }]);
    sandbox.script(141, [{ status: 502 }]);
    assert.equal((await post(141, { content: "a" })).status, 502);
    await created(141, { content: "a" });
    sandbox.script(141, [{ status: 500 }]);
    sandbox.script(141, []);
    await created(141, { content: "a" });
  });

  test("takes retries as well", async () => {
    const { id } = await created(141, { content: "a" });
    sandbox.script(141, [{ status: 502 }, { status: 500, store: true }]);
    assert.equal((await retry(141, id)).status, 502);
    assert.equal((await retry(141, id)).status, 500);
    assert.equal(stored(141).length, 1);
  });

  test("comes before what a reserved conversation does", async () => {
    sandbox.script(900500, ["ok"]);
    await created(900500, { content: "a" });
    assert.equal((await post(900500, { content: "a" })).status, 500);
  });

  test("takes a conversation's number as a bigint and as text, and is forgotten by reset()", async () => {
    sandbox.script("141", [{ status: 500 }]);
    sandbox.script(142n, [{ status: 500 }]);
    assert.equal((await post(141, { content: "a" })).status, 500);
    sandbox.reset();
    await created(142, { content: "a" });
  });

  test("loses no step to credentials that do not pass", async () => {
    sandbox.script(141, [{ status: 500 }]);
    assert.equal((await post(141, { content: "a" }, { headers: { Authorization: "" } })).status, 401);
    assert.equal((await post(141, { content: "a" })).status, 500);
  });
});

describe("a step with a status", () => {
  for (const [status, body] of [
    [400, /^\{"status":400,/],
    [401, /^\{"error":/],
    [403, /^\{"error":/],
    [404, /^\{/],
    [408, /^<html>/],
    [413, /^<html>/],
    [422, /"attributes":\["content"\]/],
    [429, /^Retry later$/],
    [500, /^\{"status":500,/],
    [502, /^<html>/],
    [503, /^<html>/],
    [504, /^<html>/],
    [418, /^$/],
    [204, /^$/],
  ]) {
    test(`${status} has the usual answer and stores nothing`, async () => {
      const response = await scripted({ status });
      assert.equal(response.status, status);
      assert.match(await response.text(), body);
      assert.equal(stored(141).length, 0);
    });
  }

  test("stores with store, and answers the message where that is a success", async () => {
    assert.equal((await scripted({ status: 500, store: true })).status, 500);
    const response = await scripted({ status: 201, store: true });
    assert.equal(response.status, 201);
    assert.equal((await response.json()).id, stored(141)[1].id);
  });

  test("has headers and a body of its own, text or JSON, as they were when it was written", async () => {
    const body = { error: "File exists" };
    const step = { status: 422, headers: { "Retry-After": 7, "X-Request-Id": "r1" }, body, store: true };
    sandbox.script(141, [step, { body: "<html>" }]);
    body.error = "changed";
    const first = await post(141, { content: "a" });
    assert.equal(first.headers.get("Retry-After"), "7");
    assert.equal(first.headers.get("X-Request-Id"), "r1");
    assert.equal(first.headers.get("Content-Type"), "application/json; charset=utf-8");
    assert.deepEqual(await first.json(), { error: "File exists" });
    const second = await post(141, { content: "a" });
    assert.equal(second.status, 200);
    assert.equal(second.headers.get("Content-Type"), "text/plain");
    assert.equal(await second.text(), "<html>");
    assert.equal(stored(141).length, 1);
  });
});

describe("a step without a whole answer", () => {
  for (const [step, kept] of [
    [{ cut: "head" }, 1],
    [{ cut: "head", store: false }, 0],
    [{ reset: true }, 1],
    [{ reset: true, store: false }, 0],
    [{ stall: 10 }, 1],
    [{ stall: 10, store: false }, 0],
    [{ refuse: true }, 0],
    ["offline", 0],
  ]) {
    test(`${JSON.stringify(step)} rejects as fetch does, and ${kept} is stored`, async () => {
      const error = await scripted(step).catch((error) => error);
      assert.ok(error instanceof TypeError);
      assert.equal(error.message, "fetch failed");
      assert.ok(error.cause instanceof Error && error.cause.code, String(error.cause));
      assert.equal(stored(141).length, kept);
    });
  }

  test("that refuses has the cause which Node gives", async () => {
    const { cause } = await scripted("offline").catch((error) => error);
    assert.deepEqual([cause.code, cause.syscall], ["ECONNREFUSED", "connect"]);
    const { cause: real } = await fetch("http://127.0.0.1:0").catch((error) => error);
    assert.deepEqual([real.code, real.syscall], [cause.code, cause.syscall]);
  });

  test("rejects in a page as a page's fetch does, without a cause", async (t) => {
    const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
    Object.defineProperty(globalThis, "navigator", {
      value: { userAgent: "Mozilla/5.0 (X11; Linux x86_64)" },
      configurable: true,
    });
    t.after(() => {
      if (before) Object.defineProperty(globalThis, "navigator", before);
      else delete globalThis.navigator;
    });
    const error = await scripted({ refuse: true }).catch((error) => error);
    assert.ok(error instanceof TypeError);
    assert.equal(error.cause, undefined);
  });

  test("cut in its body or stalled there begins with a success", async () => {
    for (const store of [true, false]) {
      sandbox.reset();
      const cut = await scripted({ cut: "body", store });
      assert.equal(cut.status, 200);
      await assert.rejects(cut.text(), TypeError);
      const signal = soon();
      const stalled = await scripted({ stall: "body", store }, { signal });
      assert.equal(stalled.status, 200);
      await assert.rejects(stalled.text(), ENOUGH);
      assert.equal(stored(141).length, store ? 2 : 0);
    }
  });

  for (const stall of [true, "head"]) {
    test(`stalled (${stall}) ends with the caller's signal alone`, async () => {
      const answer = scripted({ stall }, { signal: soon() });
      await assert.rejects(answer, ENOUGH);
      assert.equal(stored(141).length, 1);
    });
  }
});

describe("a step", () => {
  test("with external_error stores a failed message, and fails a retry again", async () => {
    const reason = "131049: not delivered";
    const answer = await (await scripted({ external_error: reason })).json();
    assert.deepEqual(answer, {
      id: answer.id,
      status: "failed",
      content_attributes: { external_error: reason },
    });
    sandbox.script(141, [{ external_error: "131026: Message undeliverable" }]);
    const again = await (await retry(141, answer.id)).json();
    assert.equal(again.status, "failed");
    assert.equal(stored(141)[0].content_attributes.external_error, "131026: Message undeliverable");
    assert.equal((await (await retry(141, answer.id)).json()).status, "sent");
  });

  test("with redirect names where to, and stores nothing", async () => {
    for (const status of [undefined, 307]) {
      const response = await scripted({ redirect: "https://example.com/x", status }, {});
      assert.equal(response.status, status ?? 302);
      assert.equal(response.headers.get("Location"), "https://example.com/x");
    }
    assert.equal(stored(141).length, 0);
  });

  test("with a delay stores at once and answers later", async () => {
    let isAnswered = false;
    const answer = scripted({ delay: 300 }).then((response) => {
      isAnswered = true;
      return response;
    });
    while (stored(141).length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    assert.equal(isAnswered, false);
    assert.equal((await answer).status, 200);
  });

  for (const [steps, sentence] of [
    ["ok", /^steps is a list$/],
    [[null], /^steps\[0\] is "ok", "offline" or an object$/],
    [["ok", "fine"], /^steps\[1\] is /],
    [["ok", { stauts: 500 }], /^steps\[1\]\.stauts is no part of a step$/],
    [[{ status: 99 }], /^steps\[0\]\.status is a whole number from 200 to 599$/],
    [[{ status: "500" }], /^steps\[0\]\.status/],
    [[{ status: 500, cut: "head" }], /^steps\[0\]\.status cannot go with cut$/],
    [[{ refuse: true, store: true }], /^steps\[0\]\.store cannot go with refuse$/],
    [[{ store: true }], /^steps\[0\]\.store cannot go with ok$/],
    [[{ status: 500, store: 1 }], /^steps\[0\]\.store is true or false$/],
    [[{ cut: true }], /^steps\[0\]\.cut is "head" or "body"$/],
    [[{ stall: "tail" }], /^steps\[0\]\.stall is /],
    [[{ stall: -1 }], /^steps\[0\]\.stall is /],
    [[{ delay: "1" }], /^steps\[0\]\.delay is /],
    [[{ external_error: "" }], /^steps\[0\]\.external_error is a text/],
    [[{ redirect: "" }], /^steps\[0\]\.redirect is where to$/],
    [[{ redirect: "/x", status: 200 }], /^steps\[0\]\.status is one of 301/],
    [[{ refuse: false }], /^steps\[0\]\.refuse is true$/],
    [[{ status: 500, headers: { "a b": "1" } }], /^steps\[0\]\.headers\.a b is a header's value$/],
    [[{ body: 1n }], /^steps\[0\]\.body is /],
    [Array(10_001).fill("ok"), /^steps has more than 10000 steps$/],
  ]) {
    test(`is refused when it is ${JSON.stringify(steps, (_, value) => (typeof value === "bigint" ? "1n" : value)).slice(0, 60)}`, async () => {
      assert.throws(() => sandbox.script(141, steps), { name: "TypeError", message: sentence });
      await created(141, { content: "a" });
    });
  }

  test("is refused for what is no conversation", () => {
    for (const id of [0, -1, 1.5, "x", undefined, null, {}, 2 ** 53]) {
      assert.throws(() => sandbox.script(id, ["ok"]), { name: "TypeError", message: /^conversationId/ });
    }
  });

  test("leaves the path of a wrong method or address alone", async () => {
    sandbox.script(141, [{ status: 500 }]);
    const headers = { Authorization: AUTHORIZATION };
    assert.equal((await sandbox.fetch(BASE + pathOf(141), { headers })).status, 404);
    assert.equal((await post(141, { content: "a" })).status, 500);
  });
});
