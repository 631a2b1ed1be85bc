import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BASE, created, post, refused, sandbox } from "./helpers.mjs";

describe("the rate limits", () => {
  test("answer 422 from the 201st message of a minute in one conversation", async (t) => {
    t.mock.timers.enable({ apis: ["Date"], now: 1_800_000_000_000 });
    for (let count = 0; count < 200; count += 1) await created(141, { content: "a" });
    const body = await refused(await post(141, { content: "a" }), 422);
    assert.deepEqual(body, { error: "Validation failed: Too many messages" });
    await created(142, { content: "another conversation" });
    t.mock.timers.setTime(1_800_000_059_999);
    await refused(await post(141, { content: "a" }), 422);
    t.mock.timers.setTime(1_800_000_060_000);
    await created(141, { content: "a" });
  });

  test("answer 429 in plain text from the 3001st request of a minute", async (t) => {
    t.mock.timers.enable({ apis: ["Date"], now: 1_800_000_000_000 });
    const ask = () => sandbox.fetch(BASE);
    for (let count = 0; count < 3000; count += 1) assert.equal((await ask()).status, 404);
    const response = await post(141, { content: "a" });
    assert.equal(response.status, 429);
    assert.equal(response.headers.get("Content-Type"), "text/plain");
    assert.equal(response.headers.get("Retry-After"), null);
    assert.equal(await response.text(), "Retry later");
    t.mock.timers.setTime(1_800_000_060_000);
    assert.equal((await ask()).status, 404);
  });

  test("are forgotten by reset()", async (t) => {
    t.mock.timers.enable({ apis: ["Date"], now: 1_800_000_000_000 });
    for (let count = 0; count < 3001; count += 1) await sandbox.fetch(BASE);
    sandbox.reset();
    await created(141, { content: "a" });
  });
});
