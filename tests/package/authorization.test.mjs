// `authorization` in place of a key and secret, and no credentials at all.

import assert from "node:assert/strict";
import test from "node:test";
import { rejection } from "../lib/assertions.mjs";
import { livedesk } from "../lib/package.mjs";
import { MESSAGE, reply, startSandbox, startServer } from "../lib/servers.mjs";

const HELLO = { content: "Hello" };
const deskOf = (server, authorization, options) =>
  new livedesk.LiveDesk({ baseUrl: server.url, authorization, ...options });

const SOURCES = {
  "a string": "Bearer t0ken",
  "a function": () => "Bearer t0ken",
  "an async function": async () => "Bearer t0ken",
  "a function that gives a thenable": () => ({ then: (resolve) => resolve("Bearer t0ken") }),
};

for (const [what, authorization] of Object.entries(SOURCES)) {
  test(`authorization may be ${what}`, async (t) => {
    const server = await startServer(t);
    await deskOf(server, authorization).sendText(141, HELLO);
    assert.equal(server.requests[0].headers.authorization, "Bearer t0ken");
  });
}

test("the function is asked anew before every attempt", async (t) => {
  let asked = 0;
  const server = await startServer(t, ({ headers }, response) => {
    if (headers.authorization === "Bearer 1") reply(response, 429, "", { "Retry-After": "0" });
    else reply(response, 200, MESSAGE);
  });
  const desk = deskOf(server, () => {
    asked += 1;
    return `Bearer ${asked}`;
  });
  await desk.sendText(141, HELLO);
  await desk.sendText(141, HELLO);
  const sent = server.requests.map((request) => request.headers.authorization);
  assert.deepEqual(sent, ["Bearer 1", "Bearer 2", "Bearer 3"]);
});

test("the function is given nothing, and not asked for input that is refused", async (t) => {
  const server = await startServer(t);
  const calls = [];
  const desk = deskOf(server, (...given) => {
    calls.push(given);
    return "Bearer t0ken";
  });
  await rejection(desk.sendText(141, {}), "ValidationError");
  await desk.sendText(141, HELLO);
  assert.deepEqual(calls, [[]]);
});

const reason = new Error("the vault is shut");
const THROWING = {
  "throws at once": () => {
    throw reason;
  },
  rejects: () => Promise.reject(reason),
};

for (const [what, authorization] of Object.entries(THROWING)) {
  test(`a function that ${what}: nothing was sent, and its error is the cause`, async (t) => {
    const server = await startServer(t);
    const fields = { code: "authorization_failed", outcome: "not_sent", attempts: 0, cause: reason };
    await rejection(deskOf(server, authorization).sendText(141, HELLO), "ConnectionError", fields);
    assert.equal(server.requests.length, 0);
  });
}

for (const value of [
  undefined,
  null,
  7,
  "",
  "  ",
  {},
  ["Bearer t0ken"],
  "Bearer\r\nX-Evil: 1",
  "Bearer ☂",
  "a\u0000b",
]) {
  test(`a function that gives ${JSON.stringify(value)}: nothing was sent`, async (t) => {
    const server = await startServer(t);
    const error = await rejection(deskOf(server, () => value).sendText(141, HELLO), "ValidationError", {
      code: "invalid_input",
      outcome: "not_sent",
    });
    assert.deepEqual(
      error.issues.map((issue) => issue.path),
      ["options.authorization"],
    );
    assert.equal(server.requests.length, 0);
  });
}

test("without credentials no Authorization is sent: a backend adds it", async (t) => {
  const server = await startServer(t);
  await new livedesk.LiveDesk({ baseUrl: server.url }).sendText(141, HELLO);
  assert.equal("authorization" in server.requests[0].headers, false);
});

test("wrong credentials are told from missing ones by what LiveDesk says", async (t) => {
  const desk = await startSandbox(t, { apiKey: "key", apiSecret: "secret" });
  const fields = { status: 401, code: "unauthorized", outcome: "rejected" };
  const wrong = new livedesk.LiveDesk({ baseUrl: desk.url, apiKey: "key", apiSecret: "wrong" });
  const error = await rejection(wrong.sendText(141, HELLO), "ApiError", fields);
  assert.match(error.message, /Invalid Access Token.*Check apiKey and apiSecret/);
  await rejection(new livedesk.LiveDesk({ baseUrl: desk.url }).sendText(141, HELLO), "ApiError", fields);
  assert.equal(desk.conversations.size, 0);
});
