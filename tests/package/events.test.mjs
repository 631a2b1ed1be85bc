// What onEvent is told.

import assert from "node:assert/strict";
import test from "node:test";
import { rejection } from "../lib/assertions.mjs";
import { CREDENTIALS, clientOf } from "../lib/package.mjs";
import { MESSAGE, reply, startServer } from "../lib/servers.mjs";

const PATH = "/api/v2/accounts/conversations/141/messages";
const HELLO = { content: "Hello" };
const CONTENT = "Dear Ada, the word is swordfish";

/** Events without their times, which are checked to be some, and without the call's id, which is the same in all. */
function timeless(events) {
  const [{ callId }] = events;
  assert.match(callId, /^\w+-\w+$/);
  return events.map(({ durationMs, delayMs, callId: id, ...event }) => {
    const [ms] = [durationMs, delayMs].filter((ms) => ms !== undefined);
    assert.equal(typeof ms, event.type === "request" ? "undefined" : "number");
    if (ms !== undefined) assert.ok(ms >= 0 && ms < 5000, `${ms}`);
    assert.equal(id, callId);
    return event;
  });
}

test("events tell of every request, response and retry, and of the end, and nothing more", async (t) => {
  const events = [];
  const server = await startServer(t, ({ count }, response) => {
    if (count === 1) reply(response, 429, "Retry later", { "Retry-After": "0" });
    else reply(response, 200, { ...MESSAGE, content: CONTENT });
  });
  const desk = clientOf(`${server.url}/desk`, { onEvent: (event) => events.push(event) });
  await desk.sendText(141, { content: CONTENT, content_attributes: { note: "swordfish" } });

  const call = { kind: "text", conversationId: 141 };
  const common = { ...call, method: "POST", path: PATH };
  assert.deepEqual(timeless(events), [
    { type: "request", ...common, attempt: 1 },
    { type: "response", ...common, attempt: 1, status: 429, outcome: "rejected" },
    { type: "retry", ...common, attempt: 1 },
    { type: "request", ...common, attempt: 2 },
    { type: "response", ...common, attempt: 2, status: 200 },
    { type: "end", ...call, messageId: MESSAGE.id, outcome: "sent", attempts: 2 },
  ]);
  const told = JSON.stringify(events);
  for (const secret of [...Object.values(CREDENTIALS), "swordfish", "Basic"])
    assert.equal(told.includes(secret), false);
});

test("an attempt without an answer has no status", async () => {
  const events = [];
  const fetch = () => Promise.reject(new TypeError("Failed to fetch"));
  const desk = clientOf("https://livedesk.invalid", { fetch, onEvent: (event) => events.push(event) });
  await rejection(desk.retryMessage(141, { id: 29, status: "failed" }), "ConnectionError");
  const call = { kind: "retry", conversationId: 141, messageId: 29 };
  const common = { ...call, method: "POST", path: `${PATH}/29/retry`, attempt: 1 };
  assert.deepEqual(timeless(events), [
    { type: "request", ...common },
    { type: "response", ...common, outcome: "unknown" },
    { type: "end", ...call, outcome: "unknown", attempts: 1, code: "connection_lost" },
  ]);
});

test("of input that is refused only the end is told", async () => {
  const events = [];
  const desk = clientOf("https://livedesk.invalid", { onEvent: (event) => events.push(event) });
  await rejection(desk.sendText(0, { content: "" }), "ValidationError");
  await rejection(desk.sendText(141, HELLO, { timeuot: 1 }), "ValidationError");
  const end = { type: "end", kind: "text", outcome: "not_sent", attempts: 0, code: "invalid_input" };
  assert.deepEqual(timeless(events.slice(0, 1)), [end]);
  assert.deepEqual(timeless(events.slice(1)), [{ ...end, conversationId: 141 }]);
  assert.notEqual(events[0].callId, events[1].callId);
});

test("whoever awaits a call has been told all of it by then, in order", async (t) => {
  const server = await startServer(t);
  const events = [];
  const desk = clientOf(server, { onEvent: ({ type, callId }) => events.push({ type, callId }) });
  for (let call = 1; call <= 20; call += 1) {
    await desk.sendText(141, HELLO);
    assert.deepEqual(
      events.splice(0).map(({ type }) => type),
      ["request", "response", "end"],
    );
  }
  await Promise.all(Array.from({ length: 20 }, () => desk.sendText(141, HELLO)));
  assert.equal(new Set(events.map(({ callId }) => callId)).size, 20);
});

test("ids above 2^53 are strings in events, as in errors", async () => {
  const ends = [];
  const onEvent = (event) => event.type === "end" && ends.push(event);
  const fetch = () => new Response("", { status: 404 });
  const desk = clientOf("https://livedesk.invalid", { fetch, onEvent });
  const error = await rejection(desk.retryMessage(2n ** 60n, "9007199254740993"), "ApiError");
  assert.deepEqual([ends[0].conversationId, ends[0].messageId], ["1152921504606846976", "9007199254740993"]);
  assert.deepEqual([error.conversationId, error.messageId], [ends[0].conversationId, ends[0].messageId]);
});

test("an abort in the event of a request sends nothing", async (t) => {
  const server = await startServer(t);
  const events = [];
  const controller = new AbortController();
  const onEvent = ({ type }) => {
    events.push(type);
    if (type === "request") controller.abort();
  };
  const call = clientOf(server, { onEvent }).sendText(141, HELLO, { signal: controller.signal });
  await rejection(call, "AbortError", { outcome: "not_sent", attempts: 0 });
  assert.equal(server.requests.length, 0);
  assert.deepEqual(events, ["request", "end"]);
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
