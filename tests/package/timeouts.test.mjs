// Time limits of one attempt and of the whole call.

import assert from "node:assert/strict";
import test from "node:test";
import { rejection } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { MESSAGE, reply, startServer } from "../lib/servers.mjs";

const silent = (t) => startServer(t, () => {});
const stalling = (t) =>
  startServer(t, (_, response) => {
    response.writeHead(200, { "Content-Type": "application/json" });
    response.write('{"id":1,"status":"se');
  });

/** How long a call took until it was rejected, and with what. */
async function timed(promise, fields) {
  const started = performance.now();
  const error = await rejection(promise, "TimeoutError", { outcome: "unknown", ...fields });
  return { error, ms: performance.now() - started };
}

for (const [what, start] of [
  ["never answers", silent],
  ["stalls in the body", stalling],
]) {
  test(`timeout ends an attempt at a server that ${what}, which is not repeated`, async (t) => {
    const server = await start(t);
    const call = clientOf(server, { timeout: 100 }).sendText(141, { content: "Hello" });
    const { error, ms } = await timed(call, { code: "timeout", attempts: 1 });
    assert.ok(ms >= 95 && ms < 2000, `${ms} ms`);
    assert.match(
      error.message,
      /longer than 100 ms \(timeout\).*look at the conversation before you send it again/,
    );
    assert.equal(server.requests.length, 1);
  });

  test(`totalTimeout ends a call at a server that ${what}`, async (t) => {
    const server = await start(t);
    const call = clientOf(server, { totalTimeout: 100 }).sendText(141, { content: "Hello" });
    const { error, ms } = await timed(call, { code: "total_timeout", attempts: 1 });
    assert.ok(ms >= 95 && ms < 2000, `${ms} ms`);
    assert.match(error.message, /longer than 100 ms \(totalTimeout\)/);
  });
}

test("a request's own limits take the place of the client's", async (t) => {
  const server = await silent(t);
  const desk = clientOf(server, { timeout: 60_000, totalTimeout: 60_000 });
  await timed(desk.sendText(141, { content: "Hello" }, { timeout: 50 }), { code: "timeout" });
  await timed(desk.sendText(141, { content: "Hello" }, { totalTimeout: 50 }), { code: "total_timeout" });
});

test("the server sees the connection go when time is up", async (t) => {
  let gone;
  const closed = new Promise((resolve) => {
    gone = resolve;
  });
  const server = await startServer(t, (_, response) => response.on("close", gone));
  await timed(clientOf(server, { timeout: 50 }).sendText(141, { content: "Hello" }));
  await closed;
});

test("0 is no limit, for both, and a fraction is a limit", async (t) => {
  const server = await startServer(t, (_, response) => setTimeout(reply, 150, response, 200, MESSAGE));
  const send = (options) => clientOf(server, options).sendText(141, { content: "Hello" });
  assert.equal((await send({ timeout: 0, totalTimeout: 0 })).status, "sent");
  // Whether it had a connection by then is chance.
  await rejection(send({ timeout: 0.5 }), "TimeoutError", { code: "timeout" });
});

test("a limit beyond what timers can hold does not fire at once", async (t) => {
  const server = await startServer(t, (_, response) => setTimeout(reply, 50, response, 200, MESSAGE));
  const desk = clientOf(server, { timeout: 2 ** 40, totalTimeout: 2 ** 45 });
  assert.equal((await desk.sendText(141, { content: "Hello" })).status, "sent");
});

test("attachments extend the limits by a second for 128 KiB", async (t) => {
  const server = await startServer(t, (_, response) => setTimeout(reply, 400, response, 200, MESSAGE));
  const desk = clientOf(server, { timeout: 100, totalTimeout: 100 });
  const send = (bytes) => desk.sendAttachments(141, { attachments: [new Blob([new Uint8Array(bytes)])] });
  assert.equal((await send(128 * 1024)).status, "sent");
  const { error } = await timed(send(1024), {});
  // A kilobyte is worth 7.8 ms.
  assert.match(error.message, /longer than 108 ms/);
});

test("time also runs while the authorization function is asked, and then nothing was sent", async (t) => {
  const server = await startServer(t);
  const options = {
    apiKey: undefined,
    apiSecret: undefined,
    authorization: () => new Promise(() => {}),
    timeout: 50,
  };
  const call = clientOf(server, options).sendText(141, { content: "Hello" });
  await timed(call, { code: "timeout", outcome: "not_sent", attempts: 0 });
  assert.equal(server.requests.length, 0);
});

test("an error status whose body stalls is that status's error", async (t) => {
  const server = await startServer(t, (_, response) => {
    response.writeHead(422, { "Content-Type": "application/json" });
    response.write('{"error":"Valid');
  });
  const call = clientOf(server, { timeout: 100 }).sendText(141, { content: "Hello" });
  await rejection(call, "ApiError", { status: 422, outcome: "unknown" });
});
