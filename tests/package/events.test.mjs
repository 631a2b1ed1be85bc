// What onEvent is told.

import assert from "node:assert/strict";
import test from "node:test";
import { rejection } from "../lib/assertions.mjs";
import { CREDENTIALS, clientOf } from "../lib/package.mjs";
import { MESSAGE, reply, startServer } from "../lib/servers.mjs";

const PATH = "/api/v2/accounts/conversations/141/messages";
const CONTENT = "Dear Ada, your code is 5519";

test("events tell of every request, response and retry, and nothing more", async (t) => {
  const events = [];
  const server = await startServer(t, ({ count }, response) => {
    if (count === 1) reply(response, 429, "Retry later", { "Retry-After": "0" });
    else reply(response, 200, { ...MESSAGE, content: CONTENT });
  });
  const desk = clientOf(`${server.url}/desk`, { onEvent: (event) => events.push(event) });
  await desk.sendText(141, { content: CONTENT, content_attributes: { note: "5519" } });

  const common = { method: "POST", path: PATH };
  const times = events.map(({ durationMs, delayMs }) => durationMs ?? delayMs);
  const rest = events.map(({ durationMs, delayMs, ...event }) => event);
  assert.deepEqual(rest, [
    { type: "request", ...common, attempt: 1 },
    { type: "response", ...common, attempt: 1, status: 429, outcome: "rejected" },
    { type: "retry", ...common, attempt: 1 },
    { type: "request", ...common, attempt: 2 },
    { type: "response", ...common, attempt: 2, status: 200 },
  ]);
  assert.deepEqual(
    times.map((ms) => typeof ms),
    ["undefined", "number", "number", "undefined", "number"],
  );
  for (const ms of times.filter((ms) => ms !== undefined)) assert.ok(ms >= 0 && ms < 1000, `${ms}`);
  const told = JSON.stringify(events);
  for (const secret of [...Object.values(CREDENTIALS), "5519", "Basic"])
    assert.equal(told.includes(secret), false);
});

test("an attempt without an answer has no status", async () => {
  const events = [];
  const fetch = () => Promise.reject(new TypeError("Failed to fetch"));
  const desk = clientOf("https://livedesk.invalid", { fetch, onEvent: (event) => events.push(event) });
  await rejection(desk.retryMessage(141, { id: 29, status: "failed" }), "ConnectionError");
  const [request, { durationMs, ...response }, ...others] = events;
  const common = { method: "POST", path: `${PATH}/29/retry`, attempt: 1 };
  assert.deepEqual(request, { type: "request", ...common });
  assert.deepEqual(response, { type: "response", ...common, outcome: "unknown" });
  assert.deepEqual(others, []);
  assert.ok(durationMs >= 0);
});

test("input that is refused is no event", async () => {
  const events = [];
  const desk = clientOf("https://livedesk.invalid", { onEvent: (event) => events.push(event) });
  await rejection(desk.sendText(0, { content: "" }), "ValidationError");
  assert.deepEqual(events, []);
});

const TROUBLE = {
  "that throws": () => {
    throw new Error("broken");
  },
  "that throws undefined": () => {
    throw undefined;
  },
  "that rejects": async () => {
    throw new Error("broken");
  },
  "that gives a thenable that throws": () => ({
    get then() {
      throw new Error("broken");
    },
  }),
  "that never settles": () => new Promise(() => {}),
  "that empties the event": (event) => {
    for (const key of Object.keys(event)) delete event[key];
  },
};

for (const [what, onEvent] of Object.entries(TROUBLE)) {
  test(`an onEvent ${what} changes nothing`, async (t) => {
    const unhandled = [];
    const listener = (reason) => unhandled.push(reason);
    process.on("unhandledRejection", listener);
    t.after(() => process.off("unhandledRejection", listener));
    const server = await startServer(t);
    assert.deepEqual(await clientOf(server, { onEvent }).sendText(141, { content: "Hello" }), MESSAGE);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(server.requests.length, 1);
    assert.deepEqual(unhandled, []);
  });
}

test("an onEvent may send by itself", async (t) => {
  const server = await startServer(t);
  const inner = clientOf(server);
  const sent = [];
  const onEvent = ({ type }) => {
    if (type === "response") sent.push(inner.sendText(142, { content: "A copy" }));
  };
  await clientOf(server, { onEvent }).sendText(141, { content: "Hello" });
  assert.deepEqual(await Promise.all(sent), [MESSAGE]);
  assert.equal(server.requests.length, 2);
});
