// What is sent again, and what never is: a message must not reach a customer twice.

import assert from "node:assert/strict";
import test from "node:test";
import { rejection } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { closedPort, MESSAGE, reply, startSandbox, startServer, startTlsServer } from "../lib/servers.mjs";

const HELLO = { content: "Hello" };
const SOON = { "Retry-After": "0" };

/** A server that gives one answer after the other, the last one for ever. */
function startScript(t, ...answers) {
  return startServer(t, ({ count }, response) => {
    reply(response, ...answers[Math.min(count, answers.length) - 1]);
  });
}

test("429, then a success: two requests, one message stored", async (t) => {
  const desk = await startSandbox(t);
  const started = performance.now();
  const message = await clientOf(desk).sendText(900430, HELLO);
  const ms = performance.now() - started;
  assert.equal(message.status, "sent");
  assert.equal(desk.messages(900430).length, 1);
  assert.ok(ms >= 1000, `Retry-After is the least wait: ${ms} ms`);
});

test("425 and 429 are tried again with the same request", async (t) => {
  const server = await startScript(t, [425, "", SOON], [429, "Retry later", SOON], [200, MESSAGE]);
  assert.deepEqual(await clientOf(server).sendText(141, HELLO), MESSAGE);
  assert.equal(server.requests.length, 3);
  const [first, ...others] = server.requests.map(({ path, headers, body }) => ({
    path,
    authorization: headers.authorization,
    body: String(body),
  }));
  for (const other of others) assert.deepEqual(other, first);
});

test("attachments are whole again in the next attempt", async (t) => {
  const server = await startScript(t, [429, "", SOON], [200, MESSAGE]);
  await clientOf(server).sendAttachments(141, { attachments: [new File(["bytes"], "a.txt")] });
  const texts = server.requests.map(async ({ headers, body }) => {
    const form = await new Response(body, {
      headers: { "Content-Type": headers["content-type"] },
    }).formData();
    return form.get("attachments[]").text();
  });
  assert.deepEqual(await Promise.all(texts), ["bytes", "bytes"]);
});

test("a 429 that asks for more than a minute ends at once, and says for how much", async (t) => {
  const server = await startScript(t, [429, "Retry later", { "Retry-After": "120" }]);
  const error = await rejection(clientOf(server).sendText(141, HELLO), "ApiError", {
    ...{ status: 429, code: "rate_limited", outcome: "rejected", attempts: 1, retryAfterMs: 120_000 },
  });
  assert.match(error.message, /wait 120 s/);
  assert.equal(server.requests.length, 1);
});

test("a Retry-After that is a date is understood", async (t) => {
  const date = new Date(Date.now() + 90_000).toUTCString();
  const server = await startScript(t, [429, "", { "Retry-After": date }]);
  const error = await rejection(clientOf(server).sendText(141, HELLO), "ApiError", { attempts: 1 });
  assert.ok(error.retryAfterMs > 85_000 && error.retryAfterMs <= 90_000, `${error.retryAfterMs}`);
});

test("a wait longer than totalTimeout leaves is not begun", async (t) => {
  const server = await startScript(t, [429, "", { "Retry-After": "5" }]);
  const started = performance.now();
  const call = clientOf(server, { totalTimeout: 2000 }).sendText(141, HELLO);
  await rejection(call, "ApiError", { attempts: 1, retryAfterMs: 5000 });
  assert.ok(performance.now() - started < 1500);
});

test("a 429 without Retry-After waits 2.5 to 5 s", async (t) => {
  const events = [];
  const server = await startScript(t, [429, "Retry later"]);
  const desk = clientOf(server, { onEvent: (event) => events.push(event) });
  await rejection(desk.sendText(141, HELLO, { signal: AbortSignal.timeout(200) }), "AbortError");
  const { delayMs } = events.find((event) => event.type === "retry");
  assert.ok(delayMs >= 2500 && delayMs <= 5000, `${delayMs}`);
});

test("maxRetries 0 is one request, and n is n more", async (t) => {
  for (const maxRetries of [0, 1, 3]) {
    const server = await startScript(t, [429, "", SOON]);
    const fields = { status: 429, outcome: "rejected", attempts: maxRetries + 1 };
    await rejection(clientOf(server, { maxRetries }).sendText(141, HELLO), "ApiError", fields);
    assert.equal(server.requests.length, maxRetries + 1);
    await rejection(clientOf(server).sendText(141, HELLO, { maxRetries }), "ApiError", fields);
  }
});

for (const status of [400, 401, 403, 404, 408, 409, 413, 422, 500, 501, 502, 503, 504, 520]) {
  test(`a ${status} is never repeated, even when it asks to be`, async (t) => {
    const server = await startScript(t, [status, "", SOON], [200, MESSAGE]);
    await rejection(clientOf(server).sendText(141, HELLO), "ApiError", { status, attempts: 1 });
    assert.equal(server.requests.length, 1);
  });
}

test("what was stored and then answered with 500 is stored once", async (t) => {
  const desk = await startSandbox(t);
  await rejection(clientOf(desk, { maxRetries: 5 }).sendText(900500, HELLO), "ApiError", {
    outcome: "unknown",
  });
  assert.equal(desk.messages(900500).length, 1);
});

test("a refused connection was not sent, and is tried again", async () => {
  const events = [];
  const desk = clientOf(await closedPort(), { onEvent: (event) => events.push(event.type) });
  const error = await rejection(desk.sendText(141, HELLO), "ConnectionError", {
    ...{ code: "not_connected", outcome: "not_sent", attempts: 3 },
  });
  assert.match(error.message, /ECONNREFUSED.*sending it again is safe/);
  assert.equal(error.cause.cause.code, "ECONNREFUSED");
  const attempt = ["request", "response"];
  assert.deepEqual(events, [...attempt, "retry", ...attempt, "retry", ...attempt, "end"]);
});

test("an unknown host was not sent", async () => {
  const desk = clientOf("https://livedesk.invalid", { maxRetries: 0 });
  await rejection(desk.sendText(141, HELLO), "ConnectionError", {
    code: "not_connected",
    outcome: "not_sent",
  });
});

test("a certificate that is refused was not sent, and is not tried again", async (t) => {
  const server = await startTlsServer(t);
  const fields = { code: "certificate_refused", outcome: "not_sent", attempts: 1 };
  const error = await rejection(clientOf(server).sendText(141, HELLO), "ConnectionError", fields);
  assert.equal(error.cause.cause.code, "DEPTH_ZERO_SELF_SIGNED_CERT");
  assert.equal(server.requests.length, 0);
});

test("a refused connection after a 429 leaves the outcome not_sent, after a 500 unknown", async () => {
  const refused = await closedPort();
  for (const [status, outcome] of [
    [429, "not_sent"],
    [500, "unknown"],
  ]) {
    let calls = 0;
    const fetch = (...request) => {
      calls += 1;
      return calls === 1 ? new Response("", { status, headers: SOON }) : globalThis.fetch(...request);
    };
    const options = { dangerouslyRetryUnknown: true, maxRetries: 1 };
    const call = clientOf(refused, { fetch }).sendText(141, HELLO, options);
    await rejection(call, "ConnectionError", { outcome, attempts: 2 });
  }
});

test("dangerouslyRetryUnknown repeats a 500, and the message is stored twice", async (t) => {
  const server = await startScript(t, [500, "", SOON], [500, "", SOON], [200, MESSAGE]);
  assert.deepEqual(await clientOf(server).sendText(141, HELLO, { dangerouslyRetryUnknown: true }), MESSAGE);
  assert.equal(server.requests.length, 3);

  const desk = await startSandbox(t);
  const options = { dangerouslyRetryUnknown: true, maxRetries: 1 };
  await rejection(clientOf(desk).sendText(900500, HELLO, options), "ApiError", {
    outcome: "unknown",
    attempts: 2,
  });
  assert.equal(desk.messages(900500).length, 2);
});

test("dangerouslyRetryUnknown repeats a timeout and a cut answer, and still no 422", async (t) => {
  for (const [conversation, name] of [
    [900999, "TimeoutError"],
    [900206, "ResponseError"],
  ]) {
    const desk = await startSandbox(t);
    const options = { dangerouslyRetryUnknown: true, maxRetries: 1, timeout: 600 };
    await rejection(clientOf(desk).sendText(conversation, HELLO, options), name, { attempts: 2 });
    assert.equal(desk.messages(conversation).length, 2);
  }
  const server = await startScript(t, [422, ""]);
  const options = { dangerouslyRetryUnknown: true };
  await rejection(clientOf(server).sendText(141, HELLO, options), "ApiError", { attempts: 1 });
});

test("the wait is as long as onEvent is told, after a timeout too", async (t) => {
  const times = [];
  const delays = [];
  const server = await startServer(t, ({ count }, response) => {
    times.push(performance.now());
    if (count === 4) reply(response, 200, MESSAGE);
  });
  const onEvent = ({ delayMs = 0 }) => delays.push(delayMs);
  const options = { dangerouslyRetryUnknown: true, maxRetries: 3, timeout: 50 };
  await clientOf(server, { onEvent }).sendText(141, HELLO, options);
  const waited = times.at(-1) - times[0] - 3 * 50;
  const told = delays.reduce((sum, delay) => sum + delay);
  assert.ok(waited > told - 30 && waited < told + 1000, `${waited} ms of ${told}`);
});

test("a refusal after an attempt that may have been stored stays unknown", async (t) => {
  const server = await startScript(t, [500, "", SOON], [422, ""]);
  const options = { dangerouslyRetryUnknown: true };
  const fields = { status: 422, outcome: "unknown", attempts: 2 };
  await rejection(clientOf(server).sendText(141, HELLO, options), "ApiError", fields);
});
