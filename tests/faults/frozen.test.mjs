// A process that is stopped past its deadline, as laptops, containers and debuggers do it, and clocks that jump.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { assertError } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { inRoot } from "../lib/root.mjs";
import { MESSAGE, reply, startServer, startTcpServer, startTlsServer } from "../lib/servers.mjs";
import { settled } from "./calls.mjs";

const PROGRAM = inRoot("tests", "faults", "programs", "send.mjs");
const DEADLINE_MS = 3000;
/** Well within the wait, the handshake or the question that the process is stopped in. */
const STOPPED_AFTER_MS = 700;
const AFTERMATH_MS = 1000;

/** Runs a call, stops its process `STOPPED_AFTER_MS` after `begun`, continues it past its deadline; what it tells. */
async function freeze(t, url, options, begun) {
  const child = spawn(process.execPath, [PROGRAM, url, JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  t.after(() => child.kill("SIGKILL"));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const line = async () => (await lines.next()).value;
  for (let told = await line(); told !== begun; told = await line()) assert.equal(told, "begun");
  await sleep(STOPPED_AFTER_MS);
  child.kill("SIGSTOP");
  await sleep(DEADLINE_MS);
  child.kill("SIGCONT");
  const told = JSON.parse(await line());
  await sleep(AFTERMATH_MS);
  return told;
}

/** Begins the TLS handshake only after `ms`. */
async function startLateTls(t, ms) {
  const server = await startTlsServer(t);
  const url = await startTcpServer(t, (socket) => {
    socket.pause();
    setTimeout(() => {
      const onward = connect(Number(new URL(server.url).port), "127.0.0.1").on("error", () => {});
      socket
        .on("close", () => onward.destroy())
        .pipe(onward)
        .pipe(socket);
    }, ms);
  });
  return { url: url.replace("http", "https"), requests: server.requests };
}

describe("a process that is stopped past its deadline", { concurrency: true }, () => {
  test("in a wait between attempts: no other attempt begins", async (t) => {
    const server = await startServer(t, ({ count }, response) =>
      count === 1 ? reply(response, 429, "", { "Retry-After": "2" }) : reply(response, 200, MESSAGE),
    );
    const told = await freeze(t, server.url, { totalTimeout: DEADLINE_MS }, "begun");
    assert.equal(server.requests.length, 1);
    assert.deepEqual(told, { name: "TimeoutError", code: "total_timeout", outcome: "not_sent", attempts: 1 });
  });

  for (const [limit, code, options] of [
    ["totalTimeout", "total_timeout", { totalTimeout: DEADLINE_MS }],
    ["timeout", "timeout", { timeout: DEADLINE_MS, maxRetries: 0 }],
  ]) {
    test(`while the connection comes about, past ${limit}: nothing is sent on it`, async (t) => {
      const server = await startLateTls(t, 2 * STOPPED_AFTER_MS);
      const told = await freeze(t, server.url, options, "begun");
      assert.equal(server.requests.length, 0);
      assert.deepEqual(told, { name: "TimeoutError", code, outcome: "not_sent", attempts: 1 });
    });
  }

  test("while authorization is asked: no request is made", async (t) => {
    const server = await startServer(t);
    const options = { totalTimeout: DEADLINE_MS, authorizationMs: 2 * STOPPED_AFTER_MS };
    const told = await freeze(t, server.url, options, "asked");
    assert.equal(server.requests.length, 0);
    assert.deepEqual(told, { name: "TimeoutError", code: "total_timeout", outcome: "not_sent", attempts: 0 });
  });

  test("while the answer is on its way: its outcome is unknown, or it was sent", async (t) => {
    const server = await startServer(t, (_, response) =>
      setTimeout(() => reply(response, 200, MESSAGE), 2 * STOPPED_AFTER_MS),
    );
    const told = await freeze(t, server.url, { totalTimeout: DEADLINE_MS }, "begun");
    assert.equal(server.requests.length, 1);
    assert.ok(["sent", "unknown"].includes(told.outcome), JSON.stringify(told));
  });
});

test("authorization that keeps the process busy past the deadline: no request is made", async (t) => {
  const server = await startServer(t);
  const authorization = () => {
    for (const end = performance.now() + 300; performance.now() < end; );
    return "Basic a2V5OnNlY3JldA==";
  };
  const options = { apiKey: undefined, apiSecret: undefined, authorization, totalTimeout: 200 };
  const { error } = await settled(clientOf(server, options).sendText(141, { content: "Hello" }));
  assertError(error, "TimeoutError", { code: "total_timeout", outcome: "not_sent", attempts: 0 });
  assert.equal(server.requests.length, 0);
});

test("an event that keeps the process busy past the deadline: no request is made", async (t) => {
  const server = await startServer(t);
  const onEvent = ({ type }) => {
    if (type === "request") for (const end = performance.now() + 300; performance.now() < end; );
  };
  const { error } = await settled(
    clientOf(server, { onEvent, totalTimeout: 200 }).sendText(141, { content: "Hello" }),
  );
  assertError(error, "TimeoutError", { code: "total_timeout", outcome: "not_sent", attempts: 0 });
  assert.equal(server.requests.length, 0);
});

test("an event that keeps the process busy past every attempt's time ends the call", async (t) => {
  const server = await startServer(t);
  const onEvent = ({ type }) => {
    if (type === "request") for (const end = performance.now() + 200; performance.now() < end; );
  };
  const desk = clientOf(server, { onEvent, timeout: 100, totalTimeout: 0 });
  const { error } = await settled(desk.sendText(141, { content: "Hello" }));
  assertError(error, "TimeoutError", { code: "timeout", outcome: "not_sent", attempts: 0 });
  assert.equal(server.requests.length, 0);
});

for (const [where, jump, expected] of [
  ["on, past the deadline", 3_600_000, { requests: 1, name: "TimeoutError" }],
  ["back", -3_600_000, { requests: 2 }],
]) {
  test(`the wall clock jumps ${where}, in a wait between attempts`, async (t) => {
    const { now } = Date;
    t.after(() => {
      Date.now = now;
    });
    const server = await startServer(t, ({ count }, response) =>
      count === 1 ? reply(response, 429, "", { "Retry-After": "1" }) : reply(response, 200, MESSAGE),
    );
    const onEvent = ({ type }) => {
      if (type === "retry") Date.now = () => now() + jump;
    };
    const desk = clientOf(server, { onEvent, totalTimeout: 10_000 });
    const { message, error } = await settled(desk.sendText(141, { content: "Hello" }));
    assert.equal(server.requests.length, expected.requests);
    if (expected.name) assertError(error, expected.name, { outcome: "not_sent", attempts: 1 });
    else assert.deepEqual(message, MESSAGE);
  });
}
