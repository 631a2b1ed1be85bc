import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { createSandbox } from "../../pkg-template/sandbox.js";
import { AUTHORIZATION, BASE, created, pathOf, post, replaceSandbox, sandbox, stored } from "./helpers.mjs";

describe("the sandbox itself", () => {
  test("takes a Request as well as fetch's two arguments, and needs no this", async () => {
    const { fetch } = sandbox;
    const request = new Request(BASE + pathOf(141), {
      method: "POST",
      headers: { Authorization: AUTHORIZATION, "Content-Type": "application/json" },
      body: '{"content":"a"}',
    });
    assert.equal((await (await fetch(request)).json()).content, "a");
    assert.equal((await fetch(new URL(BASE), { method: "POST" })).status, 404);
  });

  test("forgets everything on reset()", async () => {
    await created(141, { content: "a" });
    const { conversations } = sandbox;
    sandbox.reset();
    assert.equal(sandbox.conversations, conversations);
    assert.equal(conversations.size, 0);
    assert.equal((await created(141, { content: "a" })).id, 17629000000001);
  });

  test("keeps two sandboxes apart", async () => {
    const other = createSandbox();
    await created(141, { content: "a" });
    assert.equal(other.conversations.size, 0);
  });

  test("answers after its latency, having done the work before", async () => {
    replaceSandbox({ latency: 60 });
    const start = performance.now();
    const answer = post(141, { content: "a" });
    while (stored(141).length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    assert.equal((await answer).status, 200);
    assert.ok(performance.now() - start >= 55);
  });

  test("refuses a latency that is none", () => {
    for (const latency of [-1, Number.NaN, Number.POSITIVE_INFINITY, "5", null]) {
      assert.throws(() => createSandbox({ latency }), TypeError);
    }
  });

  test("rejects with the reason when aborted before or while it waits", async () => {
    replaceSandbox({ latency: 10_000 });
    const reason = new Error("enough");
    await assert.rejects(post(141, { content: "a" }, { signal: AbortSignal.abort(reason) }), reason);
    assert.equal(stored(141).length, 0);
    const controller = new AbortController();
    const answer = post(141, { content: "a" }, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 20);
    await assert.rejects(answer, reason);
    assert.equal(stored(141).length, 1);
  });

  test("uses Web APIs only, no code of the client, and one library", async () => {
    const folder = new URL("../../pkg-template/", import.meta.url);
    const all = await readdir(new URL("sandbox/", folder));
    // The entry for runtimes that have more.
    const names = all.filter((name) => name !== "node.js" && name.endsWith(".js"));
    for (const name of ["sandbox.js", ...names.map((part) => `sandbox/${part}`)]) {
      const source = await readFile(new URL(name, folder), "utf8");
      // Types are none of its code.
      for (const [, from] of source.matchAll(/^(?!\/\*\* @import).*from "(.*?)"/gm)) {
        if (name === "sandbox/liquid.js" && from === "liquidjs") continue;
        const target = new URL(from, new URL(name, folder)).href;
        assert.ok(target.startsWith(`${folder.href}sandbox/`), `${name} imports ${from}`);
      }
      assert.doesNotMatch(source, /\b(?:process|Buffer|require)\b/);
    }
  });
});
