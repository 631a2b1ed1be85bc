// What was thrown underneath: useful, and without what a server has said.

import assert from "node:assert/strict";
import test from "node:test";
import { inspect } from "node:util";
import { caught, rejection } from "../lib/assertions.mjs";
import { CREDENTIALS, clientOf, importInternal, livedesk } from "../lib/package.mjs";
import { closedPort, startTcpServer } from "../lib/servers.mjs";

const CONTENT = "Dear Lovelace, your code is Kx5519";
const AUTHORIZATION = btoa(`${CREDENTIALS.apiKey}:${CREDENTIALS.apiSecret}`);
const SECRETS = [CREDENTIALS.apiSecret, AUTHORIZATION, "Kx5519", "Lovelace"];

/** Every way in which a program prints an error. */
function allShown(error) {
  const forms = [
    inspect(error, { showHidden: true, depth: Infinity, getters: true }),
    JSON.stringify(error),
    JSON.stringify(error.cause, Object.getOwnPropertyNames(error.cause ?? {})),
    String(error.cause),
    inspect(structuredClone(error), { showHidden: true, depth: Infinity }),
    error.stack,
  ];
  for (let cause = error.cause; cause; cause = cause.cause) forms.push(cause.stack, inspect({ ...cause }));
  return forms.join("\n");
}

/** Answers that are not HTTP, from a server that repeats what it got. */
const ANSWERS = {
  "as the first line": (echo) => `${echo}\r\n\r\n`,
  "in a header": (echo) => `HTTP/1.1 200 OK\r\nX-Echo: \u0001${echo.replaceAll("\r\n", " ")}\r\n\r\n`,
  "in a chunk's length": (echo) => `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${echo}\r\n`,
};

for (const [where, answer] of Object.entries(ANSWERS)) {
  test(`an answer that is not HTTP and repeats the request ${where} shows none of it`, async (t) => {
    const url = await startTcpServer(t, (socket) => {
      socket.on("data", (data) => socket.end(answer(String(data))));
    });
    const desk = clientOf(url, { maxRetries: 0, timeout: 5000 });
    const error = await caught(desk.sendText(141, { content: CONTENT }));
    assert.ok(error instanceof livedesk.LiveDeskError);
    assert.ok(error.cause instanceof Error);
    const shown = allShown(error);
    for (const secret of SECRETS) {
      assert.equal(
        shown.split("\n").find((line) => line.includes(secret)),
        undefined,
      );
    }
  });
}

test("a refused connection keeps the code, the system call, the class and the frames of what was thrown", async () => {
  const url = await closedPort();
  const error = await rejection(
    clientOf(url, { maxRetries: 0 }).sendText(141, { content: "Hello" }),
    "ConnectionError",
  );
  assert.ok(error.cause instanceof TypeError);
  assert.equal(error.cause.message, "fetch failed");
  assert.match(error.cause.stack, /^TypeError: fetch failed\n +at /);
  const { cause } = error.cause;
  assert.deepEqual({ ...cause }, { code: "ECONNREFUSED", syscall: "connect" });
  assert.match(String(cause), /^Error: connect ECONNREFUSED 127\.0\.0\.1:\d+$/);
  assert.match(inspect(error), /\[cause\]: Error: connect ECONNREFUSED/);
});

test("what the caller's own fetch, authorization or signal gave stays as it was", async () => {
  const thrown = Object.assign(new TypeError("mine"), { data: CONTENT, response: {} });
  const fail = () => Promise.reject(thrown);
  const send = (options, requestOptions) =>
    caught(clientOf("https://livedesk.invalid", options).sendText(141, { content: "x" }, requestOptions));
  assert.equal((await send({ fetch: fail })).cause, thrown);
  const asking = new livedesk.LiveDesk({ authorization: fail, baseUrl: "https://livedesk.invalid" });
  assert.equal((await caught(asking.sendText(141, { content: "x" }))).cause, thrown);
  assert.equal((await send({}, { signal: AbortSignal.abort(thrown) })).cause, thrown);
});

const { cleanCopy } = await importInternal("redaction/cause.js");
const hide = (text) => text.replaceAll("5519", "[redacted]");

test("a copy has class, name, message, code, system call and causes, and nothing else", () => {
  class SocketError extends Error {
    name = "SocketError";
    code = "UND_ERR_SOCKET";
    socket = { bytes: "5519" };
  }
  const inner = new SocketError("closed at 5519", { cause: "5519" });
  const errors = [Object.assign(new Error("5519"), { code: "E5519", syscall: "read", errno: -5519 })];
  const outer = Object.assign(new AggregateError(errors, "all 5519", { cause: inner }), { request: "5519" });
  const copy = cleanCopy(outer, hide);
  assert.ok(copy instanceof AggregateError && copy.cause instanceof SocketError);
  assert.equal(copy.message, "all [redacted]");
  assert.equal(copy.cause.name, "SocketError");
  assert.equal(copy.cause.code, "UND_ERR_SOCKET");
  assert.equal(copy.cause.cause, "[redacted]");
  assert.deepEqual({ ...copy.errors[0] }, { code: "E[redacted]", syscall: "read" });
  assert.doesNotMatch(inspect(copy, { showHidden: true, depth: Infinity }), /5519/);
  assert.match(copy.stack, /^AggregateError: all \[redacted\]\n +at /);
  assert.equal(structuredClone(copy.cause).message, "closed at [redacted]");
});

/** [what may be thrown, what a copy of it says] */
const ODD = [
  ["text with 5519", "text with [redacted]"],
  [undefined, undefined],
  [null, null],
  [7, 7],
  [Symbol("5519"), undefined],
  [() => "5519", undefined],
  [{ code: "E" }, "Error"],
  [new DOMException("no 5519", "DataCloneError"), "DataCloneError: no [redacted]"],
  [new Proxy({}, { get: () => assert.fail() }), "Error: It cannot be read"],
  [Object.assign(new Error("loop"), { name: "5519\n" }), "[redacted]\n: loop"],
];

for (const [thrown, shown] of ODD) {
  test(`a copy of ${inspect(thrown).split("\n")[0]} says ${inspect(shown)}`, () => {
    const copy = cleanCopy(thrown, hide);
    assert.equal(copy instanceof Error ? String(copy) : copy, shown);
    inspect(copy, { showHidden: true });
    structuredClone(copy);
  });
}

test("a chain of causes without an end has one", () => {
  const error = new Error("loop");
  error.cause = error;
  let links = 0;
  for (let copy = cleanCopy(error, hide); copy; copy = copy.cause) links += 1;
  assert.equal(links, 5);
});
