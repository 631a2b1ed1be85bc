// nock, which patches fetch and node:http where it is loaded.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import nock from "nock";
import { rejection } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { MESSAGE, startServer } from "../lib/servers.mjs";

const ORIGIN = "https://desk.test";
const PATH = "/api/v2/accounts/conversations/141/messages";
const HELLO = { content: "Hello" };
const TIMEOUT_MS = 150;
const REFUSED = Object.assign(new Error("connect ECONNREFUSED"), {
  code: "ECONNREFUSED",
  syscall: "connect",
});
const RESET = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" });

afterEach(() => nock.cleanAll());

const mock = (body) => nock(ORIGIN).post(PATH, body);

test("nock: its reply is the message", async () => {
  mock().reply(200, MESSAGE);
  assert.deepEqual(await clientOf(ORIGIN).sendText(141, HELLO), MESSAGE);
});

test("nock: its reply is given what was sent", async () => {
  const bodies = [];
  mock((body) => bodies.push(body) > 0).reply(200, MESSAGE);
  await clientOf(ORIGIN).sendText(141, HELLO);
  assert.deepEqual(bodies[0], HELLO);
});

test("nock: its error is unknown, whatever it is called", async () => {
  for (const error of [REFUSED, RESET, "no network"]) {
    mock().replyWithError(error);
    const call = clientOf(ORIGIN).sendText(141, HELLO);
    await rejection(call, "ConnectionError", { outcome: "unknown", attempts: 1 });
  }
});

test("nock: its delay beyond the timeout is unknown", async () => {
  mock()
    .delay(3 * TIMEOUT_MS)
    .reply(200, MESSAGE);
  const call = clientOf(ORIGIN, { timeout: TIMEOUT_MS }).sendText(141, HELLO);
  await rejection(call, "TimeoutError", { outcome: "unknown", attempts: 1 });
});

test("nock: what it lets through is sent once", async (t) => {
  const server = await startServer(t);
  mock();
  nock.enableNetConnect("127.0.0.1");
  assert.deepEqual(await clientOf(server).sendText(141, HELLO), MESSAGE);
  assert.equal(server.requests.length, 1);
});
