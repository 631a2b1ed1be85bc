// A whole program that uses the package: many calls at once, and how it ends.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { run } from "../lib/command.mjs";
import { makeConsumerFolder } from "../lib/installed.mjs";
import { clientOf } from "../lib/package.mjs";
import { reply, startSandbox, startServer } from "../lib/servers.mjs";

test("100 sends at once are 100 messages, each answered with its own", async (t) => {
  const desk = await startSandbox(t);
  const client = clientOf(desk);
  const texts = Array.from({ length: 100 }, (_, index) => `message ${index}`);
  const answers = await Promise.all(texts.map((content) => client.sendText(141, { content })));
  assert.deepEqual(
    answers.map((answer) => answer.content),
    texts,
  );
  assert.equal(new Set(answers.map((answer) => answer.id)).size, 100);
  assert.deepEqual(new Set(desk.messages(141).map((message) => message.content)), new Set(texts));
  assert.equal(desk.messages(141).length, 100);
});

test("100 failures at once are 100 errors, each about its own conversation", async (t) => {
  const server = await startServer(t, (_, response) => reply(response, 422, ""));
  const client = clientOf(server);
  const calls = Array.from({ length: 100 }, (_, index) => client.sendText(index + 1, { content: "Hello" }));
  const settled = await Promise.allSettled(calls);
  assert.deepEqual(
    settled.map(({ reason }) => reason.conversationId),
    settled.map((_, index) => index + 1),
  );
});

/** [what the program does, its code, what it prints last] */
const PROGRAMS = [
  ["sends", "await desk.sendText(141, { content: 'Hello' })", "sent"],
  ["sends a file", "await desk.sendAttachments(141, { attachments: [new Blob(['x'])] })", "sent"],
  ["is refused", "await desk.sendText(141, {})", "ValidationError"],
  ["meets a timeout", "await desk.sendText(900999, { content: 'Hello' }, { timeout: 100 })", "TimeoutError"],
  [
    "meets a stalled body",
    "await desk.sendText(900207, { content: 'Hello' }, { timeout: 100 })",
    "TimeoutError",
  ],
  [
    "aborts during a wait",
    "await desk.sendText(900429, { content: 'Hello' }, { signal: AbortSignal.timeout(100) })",
    "AbortError",
  ],
  [
    "has a fetch that never settles",
    "await sendText({ baseUrl, fetch: () => new Promise(() => {}), timeout: 100 }, 141, { content: 'x' })",
    "TimeoutError",
  ],
];

for (const [what, call, expected] of PROGRAMS) {
  test(`a program that ${what} ends by itself, with nothing left to keep it`, async (t) => {
    const desk = await startSandbox(t);
    const folder = await makeConsumerFolder(t);
    const program = `
      import { LiveDesk, sendText } from "engagelab-livedesk";
      const baseUrl = ${JSON.stringify(desk.url)};
      const desk = new LiveDesk({ apiKey: "key", apiSecret: "secret", baseUrl });
      try {
        const message = ${call};
        console.log(message.status);
      } catch (error) {
        console.log(error.name);
      }
      process.on("exit", () => console.log("after", Math.round(performance.now() - last), "ms"));
      const last = performance.now();`;
    await writeFile(join(folder, "program.mjs"), program);
    const { code, output, timedOut } = await run([process.execPath, "program.mjs"], {
      cwd: folder,
      timeoutMs: 20_000,
    });
    assert.equal(timedOut, false);
    assert.equal(code, 0, output);
    const [, printed, ms] = /^(\w+)\nafter (\d+) ms\n$/.exec(output) ?? assert.fail(output);
    assert.equal(printed, expected);
    assert.ok(Number(ms) < 3000, `${ms} ms after the last call`);
  });
}

test("a program that handles no rejection hears of it", async (t) => {
  const folder = await makeConsumerFolder(t);
  const program = `
    import { sendText } from "engagelab-livedesk";
    sendText({ apiKey: "key", apiSecret: "secret" }, 141, {});`;
  await writeFile(join(folder, "program.mjs"), program);
  const { code, output } = await run([process.execPath, "program.mjs"], { cwd: folder });
  assert.equal(code, 1);
  assert.match(output, /ValidationError: Nothing was sent: content is required/);
});
