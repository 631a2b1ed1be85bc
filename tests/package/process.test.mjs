// A whole program that uses the package: many calls at once, how it ends, and what a breakdown leaves.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { rejection } from "../lib/assertions.mjs";
import { run } from "../lib/command.mjs";
import { makeConsumerFolder } from "../lib/installed.mjs";
import { clientOf, livedesk } from "../lib/package.mjs";
import { MESSAGE, reply, startSandbox, startServer } from "../lib/servers.mjs";

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

/** Makes the engine break down: it asks for a random number after a failure, and nothing may throw there. */
function breakRandom(t) {
  const { random } = Math;
  Math.random = () => {
    throw new Error("no entropy");
  };
  const mend = () => {
    Math.random = random;
  };
  t.after(mend);
  return mend;
}

test("a breakdown of the engine settles every call as unknown, and the next call works", async (t) => {
  const silent = await startServer(t, () => {});
  const refusing = await startServer(t, (_, response) => reply(response, 429, "", { "Retry-After": "0" }));
  const working = await startServer(t);
  // Short, since the timer of a call that a breakdown ended still runs.
  const bystander = clientOf(silent, { timeout: 2000 }).sendText(141, { content: "Hello" });
  const mend = breakRandom(t);
  const fields = { code: "internal_error", outcome: "unknown" };
  const broken = clientOf(refusing, { timeout: 2000 }).sendText(141, { content: "Hello" });
  const [error] = await Promise.all([
    rejection(broken, "LiveDeskError", fields),
    rejection(bystander, "LiveDeskError", fields),
  ]);
  assert.equal(error.cause.message, "no entropy");
  mend();
  assert.equal((await livedesk.validate("text", {})).length, 1);
  assert.equal((await livedesk.explainFailure("131047: x")).class, "use_template");
  assert.deepEqual(await clientOf(working).sendText(141, { content: "Hello" }), MESSAGE);
});

test("calls under way in a broken engine do not disturb the one that follows it", async (t) => {
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  const slow = await startServer(t, async (_, response) => {
    await held;
    reply(response, 200, MESSAGE);
  });
  const refusing = await startServer(t, (_, response) => reply(response, 429, "", { "Retry-After": "0" }));
  const bystander = clientOf(slow, { timeout: 2000 }).sendText(141, { content: "Hello" });
  const mend = breakRandom(t);
  await rejection(
    clientOf(refusing, { timeout: 2000 }).sendText(141, { content: "Hello" }),
    "LiveDeskError",
    { outcome: "unknown" },
  );
  await rejection(bystander, "LiveDeskError", { outcome: "unknown" });
  mend();
  const later = clientOf(slow).sendText(141, { content: "Again" });
  release();
  assert.deepEqual(await later, MESSAGE);
  assert.deepEqual(await clientOf(slow).sendText(141, { content: "And again" }), MESSAGE);
});
