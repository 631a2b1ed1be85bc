// A sandbox that runs for long keeps no more than it may.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createSandbox } from "../../pkg-template/sandbox.js";
import { created, form, post, refused, replaceSandbox, sandbox, stored } from "./helpers.mjs";

const contents = () => [...sandbox.conversations.values()].flat().map(({ content }) => content);

test("keeps the newest messages and requests, of all conversations together", async () => {
  replaceSandbox({ keep: { messages: 3 } });
  for (const [id, content] of [
    [141, "a"],
    [142, "b"],
    [141, "c"],
    [143, "d"],
    [141, "e"],
  ]) {
    await created(id, { content });
  }
  assert.deepEqual(contents().sort(), ["c", "d", "e"]);
  assert.equal(sandbox.conversations.has(142), false);
  assert.deepEqual(
    sandbox.requests.map(({ number }) => number),
    [3, 4, 5],
  );
});

test("takes a number for that of messages", async () => {
  replaceSandbox({ keep: 1 });
  await created(141, { content: "a" });
  await created(141, { content: "b" });
  assert.deepEqual(contents(), ["b"]);
});

test("is reset after it has forgotten some", async () => {
  replaceSandbox({ keep: 1 });
  await created(141, { content: "a" });
  await created(141, { content: "b" });
  sandbox.reset();
  await created(141, { content: "c" });
  assert.deepEqual(contents(), ["c"]);
});

test("counts the bytes of files, texts and fields", async () => {
  for (const send of [
    () => post(141, form({ "attachments[]": new File([new Uint8Array(40_000)], "a.bin") })),
    () => created(141, { content: "x".repeat(40_000) }),
    () => created(141, { content: "x", content_attributes: { x: Array(500).fill([]) } }),
  ]) {
    replaceSandbox({ keep: { bytes: 100_000 } });
    for (let count = 0; count < 10; count += 1) await send();
    assert.ok(stored(141).length > 0 && stored(141).length < 3, `${stored(141).length} messages`);
    assert.ok(sandbox.requests.length > 0 && sandbox.requests.length <= 10);
  }
});

test("answers also what is larger than all it may keep, and forgets it", async () => {
  replaceSandbox({ keep: { bytes: 5000 } });
  const message = await created(141, { content: "x".repeat(20_000) });
  assert.equal(message.status, "sent");
  assert.deepEqual(contents(), []);
});

test("stands it when a test takes messages out by itself", async () => {
  replaceSandbox({ keep: 2 });
  await created(141, { content: "a" });
  sandbox.conversations.clear();
  for (const content of ["b", "c", "d"]) await created(142, { content });
  assert.deepEqual(contents(), ["c", "d"]);
  stored(142).reverse();
  await created(142, { content: "e" });
  assert.deepEqual(contents(), ["d", "e"]);
});

test("answers 413 to a body of more than 256 MiB, and reads no further", async () => {
  let given = 0;
  const chunk = new Uint8Array(4 * 1024 * 1024);
  const body = new ReadableStream({
    pull(controller) {
      given += 1;
      controller.enqueue(chunk);
    },
  });
  const request = new Request("https://livedesk.test/api/v2/accounts/conversations/141/messages", {
    method: "POST",
    headers: { Authorization: "Basic a2V5OnNlY3JldA==", "Content-Type": "application/json" },
    body,
    duplex: "half",
  });
  assert.equal((await sandbox.fetch(request)).status, 413);
  assert.ok(given < 70, `${given} chunks`);
});

test("refuses a bound that is none", () => {
  for (const keep of [0, -1, 1.5, "5", null, { messages: 0 }, { bytes: Number.NaN }, { message: 5 }]) {
    assert.throws(() => createSandbox({ keep }), { name: "TypeError" });
  }
});

test("has flat memory over 3,000 messages, with files, scripts and failures among them", async () => {
  setFlagsFromString("--expose_gc");
  const collectGarbage = runInNewContext("gc");
  replaceSandbox({ keep: { messages: 200, bytes: 2_000_000 }, webhook: () => {} });
  await sandbox.advance(0);
  const heap = async () => {
    for (let round = 0; round < 3; round += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      collectGarbage();
    }
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const round = async () => {
    for (let count = 0; count < 500; count += 1) {
      const id = 1000 + (count % 500);
      if (count % 10 === 0) {
        await post(id, form({ "attachments[]": new File([new Uint8Array(5000)], "a.bin") }));
      } else if (count % 10 === 1) {
        sandbox.script(id, [{ cut: "head" }]);
        await post(id, { content: "a" }).catch(() => {});
      } else {
        const message = await created(id, { content: "x".repeat(500) });
        if (count % 10 === 2) sandbox.failLater(message.id, "131049: x", { afterMs: 1000 });
      }
    }
    await sandbox.advance(60_000);
  };
  await round();
  const before = await heap();
  for (let count = 0; count < 5; count += 1) await round();
  const grown = (await heap()) - before;
  assert.ok(grown < 2_000_000, `${Math.round(grown / 1000)} kB more`);
  await refused(await post(0, { content: "a" }), 404);
});
