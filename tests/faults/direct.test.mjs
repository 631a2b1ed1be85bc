// The runtime's own fetch is spared much in Node: a signal, a copy of the body, an answer's streams. Nobody can tell, but by
// the time: every answer comes to the same as through a wrapper, and what is given up is given up at once.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { assertError } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { MESSAGE, reply, startServer } from "../lib/servers.mjs";
import { settled, withoutJitter } from "./calls.mjs";
import { startFaultServer } from "./server.mjs";

const HELLO = { content: "Hello" };
const AT_ONCE_MS = 150;
const NAMED = JSON.stringify({ ...MESSAGE, content: "Grüße, 世界 🎉" });

withoutJitter({ before, after });
// From the second call of a process on, no signal is made.
before(async () => {
  const server = await startServer({ after });
  await clientOf(server).sendText(141, HELLO);
});

/** Bytes, one by one. */
async function trickle(response, text, headers = {}) {
  response.writeHead(200, { "Content-Type": "application/json", ...headers });
  for (const byte of Buffer.from(text)) {
    response.write(Buffer.of(byte));
    await new Promise(setImmediate);
  }
  response.end();
}

const json = { "Content-Type": "application/json" };
const ANSWERS = {
  "a message": (response) => reply(response, 200, MESSAGE),
  "a 201": (response) => reply(response, 201, MESSAGE),
  "a message byte by byte": (response) => trickle(response, NAMED),
  "a message with a byte order mark": (response) => reply(response, 200, `\uFEFF${NAMED}`, json),
  "a message in gzip": (response) => reply(response, 200, gzipSync(NAMED), { "Content-Encoding": "gzip" }),
  "a message in brotli": (response) =>
    reply(response, 200, brotliCompressSync(NAMED), { "Content-Encoding": "br" }),
  "a message that is not UTF-8": (response) => reply(response, 200, Buffer.from(NAMED, "latin1"), json),
  "an early hint and a message": (response) => {
    response.writeEarlyHints({ link: "</style.css>; rel=preload; as=style" });
    reply(response, 200, MESSAGE);
  },
  "a 204": (response) => reply(response, 204),
  "a 205": (response) => reply(response, 205),
  "an empty 200": (response) => reply(response, 200),
  "an HTML page": (response) => reply(response, 200, "<html></html>"),
  "a message of 1 MiB": (response) =>
    reply(response, 200, { ...MESSAGE, more: "x".repeat(1024 * 1024 - 200) }),
  "a message of 3 MiB": (response) => reply(response, 200, { ...MESSAGE, more: "x".repeat(3 * 1024 * 1024) }),
  "a message that breaks off": (response) => {
    response.writeHead(200, { "Content-Length": 1000 });
    response.write(NAMED);
    setTimeout(() => response.destroy(), 20);
  },
  "a head that breaks off": (response) => {
    response.writeHead(200, { "Content-Length": 1000 }).flushHeaders();
    setTimeout(() => response.destroy(), 20);
  },
  "a redirect with a body": (response) =>
    reply(response, 307, { error: "moved" }, { Location: "https://example.com/x", "X-Request-Id": "r-1" }),
  "a redirect to nowhere": (response) => reply(response, 302, "elsewhere"),
  "a redirect in gzip": (response) =>
    reply(response, 301, gzipSync("moved"), { Location: "/y", "Content-Encoding": "gzip" }),
  "a 300": (response) => reply(response, 300, "choose"),
  "a 304": (response) => reply(response, 304),
  "a 399": (response) => reply(response, 399, "what?"),
  "a 401": (response) => reply(response, 401, { error: "no" }),
  "a 421": (response) => reply(response, 421, "not here"),
  "a 500": (response) => reply(response, 500, { status: 500 }),
};

/** All that a caller is told. */
async function told(desk) {
  const { message, error } = await settled(desk.sendText(141, HELLO, { maxRetries: 0 }));
  if (message) return { message };
  const { name, code, outcome, status, body, requestId, attempts } = error;
  const headers = [...(error.headers ?? [])].filter(([key]) => key !== "date");
  const causes = [];
  for (let { cause } = error; cause; cause = cause.cause) causes.push(`${cause.name}: ${cause.message}`);
  return { name, code, outcome, status, body, requestId, attempts, headers, causes, text: error.message };
}

for (const [what, answer] of Object.entries(ANSWERS)) {
  test(`${what} comes to the same as through a wrapper`, async (t) => {
    const server = await startServer(t, (_, response) => answer(response));
    const wrapped = await told(clientOf(server, { fetch: (url, init) => fetch(url, init) }));
    assert.deepEqual(await told(clientOf(server)), wrapped);
    assert.ok(wrapped.message || wrapped.outcome);
  });
}

for (const [what, how, options] of [
  ["an abort", "AbortError", {}],
  ["a timeout", "TimeoutError", { timeout: 200, maxRetries: 0 }],
]) {
  for (const [when, begin] of [
    ["before an answer", () => {}],
    ["in an answer", (exchange) => exchange.answer(200, '{"id":', { length: 100 })],
    ["in an error", (exchange) => exchange.answer(500, "<html>", { length: 100 })],
  ]) {
    test(`${what} ${when} closes the connection at once`, async (t) => {
      let closed;
      const seen = await startFaultServer(t, {
        atConnect: (socket) => socket.on("close", () => (closed = performance.now())),
        atEnd: begin,
      });
      const abort = new AbortController();
      const calling = settled(clientOf(seen).sendText(141, HELLO, { ...options, signal: abort.signal }));
      let ended = performance.now() + 200;
      if (how === "AbortError") {
        await sleep(200);
        ended = performance.now();
        abort.abort();
      }
      const { error } = await calling;
      assertError(error, when === "in an error" ? "ApiError" : how, { outcome: "unknown" });
      await sleep(AT_ONCE_MS);
      assert.ok(closed - ended < AT_ONCE_MS, `${closed - ended} ms`);
      assert.equal(seen.requests.length, 1);
    });
  }
}

test("an answer that was given up is not taken for that of the next attempt", async (t) => {
  const seen = await startFaultServer(t, {
    atEnd: (exchange) => {
      if (exchange.count === 1) setTimeout(() => exchange.succeed(), 400);
      else exchange.answer(401, "{}");
    },
  });
  const options = { timeout: 200, maxRetries: 1, dangerouslyRetryUnknown: true };
  const { error } = await settled(clientOf(seen).sendText(141, HELLO, options));
  assertError(error, "ApiError", { status: 401, outcome: "unknown", attempts: 2 });
});
