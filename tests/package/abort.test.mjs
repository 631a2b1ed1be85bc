// The caller's signal: before, during and between the attempts.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import test from "node:test";
import { caught, rejection } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { reply, startServer } from "../lib/servers.mjs";

const HELLO = { content: "Hello" };

/** A server that never answers, and a promise for its first request. */
async function silentServer(t) {
  let arrive;
  const arrived = new Promise((resolve) => {
    arrive = resolve;
  });
  return { ...(await startServer(t, () => arrive())), arrived };
}

const listeners = (signal) => getEventListeners(signal, "abort").length;

for (const reason of [new Error("changed my mind"), "text", { any: "thing" }, null, 0]) {
  test(`aborted before the call with ${JSON.stringify(reason)}: nothing is sent`, async (t) => {
    const server = await startServer(t);
    const controller = new AbortController();
    controller.abort(reason);
    const call = clientOf(server).sendText(141, HELLO, { signal: controller.signal });
    const error = await rejection(call, "AbortError", { code: "aborted", outcome: "not_sent", attempts: 0 });
    assert.ok(Object.is(error.cause, reason));
    assert.equal(server.requests.length, 0);
  });
}

test("aborted without a reason: the cause is the platform's AbortError", async (t) => {
  const server = await startServer(t);
  const error = await rejection(
    clientOf(server).sendText(141, HELLO, { signal: AbortSignal.abort() }),
    "AbortError",
  );
  assert.equal(error.cause.name, "AbortError");
  assert.ok(error.cause instanceof DOMException);
});

test("aborted while bad input waits to be checked: bad input is reported", async (t) => {
  const server = await startServer(t);
  const call = clientOf(server).sendText(141, {}, { signal: AbortSignal.abort() });
  await rejection(call, "ValidationError", { outcome: "not_sent" });
});

test("aborted while the request is under way: it may have been stored", async (t) => {
  const server = await silentServer(t);
  const controller = new AbortController();
  const reason = new Error("too slow");
  const call = clientOf(server).sendText(141, HELLO, { signal: controller.signal });
  server.arrived.then(() => controller.abort(reason));
  const fields = { code: "aborted", outcome: "unknown", attempts: 1, cause: reason };
  const error = await rejection(call, "AbortError", fields);
  assert.match(error.message, /look at the conversation/);
  assert.equal(server.requests.length, 1);
  assert.equal(listeners(controller.signal), 0);
});

test("aborted in the middle of the answer: it may have been stored", async (t) => {
  const controller = new AbortController();
  const server = await startServer(t, (_, response) => {
    response.writeHead(200);
    response.write('{"id":1', () => setTimeout(() => controller.abort("enough"), 30));
  });
  const call = clientOf(server).sendText(141, HELLO, { signal: controller.signal });
  await rejection(call, "AbortError", { outcome: "unknown", attempts: 1, cause: "enough" });
});

test("aborted while it waits for the next attempt: at once, and nothing was created", async (t) => {
  const controller = new AbortController();
  const server = await startServer(t, (_, response) => {
    reply(response, 429, "Retry later", { "Retry-After": "30" });
    setTimeout(() => controller.abort("enough"), 100);
  });
  const started = performance.now();
  const call = clientOf(server).sendText(141, HELLO, { signal: controller.signal });
  await rejection(call, "AbortError", { outcome: "not_sent", attempts: 1, cause: "enough" });
  assert.ok(performance.now() - started < 2000);
  assert.equal(server.requests.length, 1);
  assert.equal(listeners(controller.signal), 0);
});

test("aborted while it waits after an attempt that may have been stored: still unknown", async (t) => {
  const controller = new AbortController();
  const headers = { "Retry-After": "30" };
  const server = await startServer(t, (_, response) => {
    reply(response, 503, "", headers);
    setTimeout(() => controller.abort(), 100);
  });
  const options = { signal: controller.signal, dangerouslyRetryUnknown: true };
  await rejection(clientOf(server).sendText(141, HELLO, options), "AbortError", {
    outcome: "unknown",
    attempts: 1,
  });
});

test("aborted while the authorization function is asked: nothing was sent", async (t) => {
  const server = await startServer(t);
  const controller = new AbortController();
  const authorization = () => {
    setTimeout(() => controller.abort("enough"), 20);
    return new Promise(() => {});
  };
  const desk = clientOf(server, { apiKey: undefined, apiSecret: undefined, authorization });
  const call = desk.sendText(141, HELLO, { signal: controller.signal });
  await rejection(call, "AbortError", { outcome: "not_sent", attempts: 0, cause: "enough" });
  assert.equal(server.requests.length, 0);
});

test("aborted after the answer: nothing happens", async (t) => {
  const server = await startServer(t);
  const controller = new AbortController();
  const message = await clientOf(server).sendText(141, HELLO, { signal: controller.signal });
  controller.abort();
  assert.equal(message.status, "sent");
});

test("AbortSignal.timeout ends a call as an abort, its reason the cause", async (t) => {
  const server = await silentServer(t);
  const call = clientOf(server).sendText(141, HELLO, { signal: AbortSignal.timeout(50) });
  const error = await rejection(call, "AbortError", { outcome: "unknown" });
  assert.equal(error.cause.name, "TimeoutError");
});

test("a signal of 100 calls at once has one listener, which ends all of them", async (t) => {
  const warnings = [];
  const note = (warning) => warnings.push(warning.message);
  process.on("warning", note);
  t.after(() => process.off("warning", note));
  const server = await silentServer(t);
  const desk = clientOf(server);
  const controller = new AbortController();
  const { signal } = controller;
  const calls = Array.from({ length: 100 }, () => caught(desk.sendText(141, HELLO, { signal })));
  await server.arrived;
  assert.equal(listeners(signal), 1);
  controller.abort();
  for (const error of await Promise.all(calls)) assert.equal(error.name, "AbortError");
  assert.equal(listeners(signal), 0);
  assert.deepEqual(warnings, []);
});

test("a signal used for many calls keeps none of their listeners", async (t) => {
  const server = await startServer(t, ({ count }, response) => {
    const [status, body] = [
      [200, { id: 1, status: "sent" }],
      [404, ""],
      [500, ""],
      [200, "no message"],
    ][count % 4];
    reply(response, status, body);
  });
  const { signal } = new AbortController();
  const desk = clientOf(server);
  await Promise.allSettled(Array.from({ length: 40 }, () => desk.sendText(141, HELLO, { signal })));
  await desk.sendText(141, {}, { signal }).catch(() => {});
  await desk.sendText(141, HELLO, { signal, timeout: 0.01 }).catch(() => {});
  assert.equal(listeners(signal), 0);
});

test("a signal of another make is taken, and one that misbehaves ends no process", async (t) => {
  const server = await silentServer(t);
  const target = new EventTarget();
  const foreign = {
    aborted: false,
    reason: "foreign",
    addEventListener: (...call) => target.addEventListener(...call),
    removeEventListener: (...call) => target.removeEventListener(...call),
  };
  const call = clientOf(server).sendText(141, HELLO, { signal: foreign });
  server.arrived.then(() => target.dispatchEvent(new Event("abort")));
  await rejection(call, "AbortError", { outcome: "unknown", cause: "foreign" });

  const throws = () => {
    throw new Error("x");
  };
  const deaf = { aborted: false, addEventListener: throws, removeEventListener: throws };
  const other = caught(clientOf(server).sendText(141, HELLO, { timeout: 50 }));
  await rejection(clientOf(server).sendText(141, HELLO, { signal: deaf }), "AbortError", {
    outcome: "not_sent",
  });
  assert.equal((await other).name, "TimeoutError");
  const clinging = { aborted: false, addEventListener() {}, removeEventListener: throws };
  const held = clientOf(server).sendText(141, HELLO, { signal: clinging, timeout: 50 });
  await rejection(held, "TimeoutError");
});
