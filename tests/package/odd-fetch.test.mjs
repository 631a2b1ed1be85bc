// fetch functions that do not behave: a LiveDeskError comes of it, always.

import assert from "node:assert/strict";
import test from "node:test";
import { caught, rejection } from "../lib/assertions.mjs";
import { clientOf, livedesk } from "../lib/package.mjs";
import { MESSAGE } from "../lib/servers.mjs";

const URL = "https://livedesk.invalid";
const send = (fetch, options) => clientOf(URL, { fetch, ...options }).sendText(141, { content: "Hello" });

/** A Response of another implementation. */
class ForeignResponse {
  constructor(status, body, headers = {}) {
    this.status = status;
    this.headers = new Map(Object.entries(headers));
    this.text = async () => body;
  }
}

const NO_RESPONSES = {
  null: null,
  undefined: undefined,
  "a number": 200,
  text: "ok",
  "an empty object": {},
  "an object with a status alone": { status: 200 },
  "a status that is text": { status: "200", text: async () => JSON.stringify(MESSAGE) },
  "a status that is none": { status: 7, text: async () => JSON.stringify(MESSAGE) },
  "a text that is no function": { status: 200, text: "{}" },
  "a text of another type": { status: 200, text: async () => MESSAGE },
  "a Response.error()": Response.error(),
  "a function": () => new Response(),
};

for (const [what, value] of Object.entries(NO_RESPONSES)) {
  test(`a fetch that gives ${what} is unknown`, async () => {
    await rejection(
      send(() => value),
      "ResponseError",
      { outcome: "unknown", attempts: 1 },
    );
    await rejection(
      send(async () => value),
      "ResponseError",
      { outcome: "unknown", attempts: 1 },
    );
  });
}

test("a Response of another class is read like any other", async () => {
  const good = new ForeignResponse(200, JSON.stringify(MESSAGE));
  assert.deepEqual(await send(() => good), MESSAGE);
  const bad = new ForeignResponse(404, '{"error":"Resource could not be found"}', { "x-request-id": "r-1" });
  await rejection(
    send(() => bad),
    "ApiError",
    {
      status: 404,
      outcome: "rejected",
      body: { error: "Resource could not be found" },
      requestId: "r-1",
    },
  );
});

test("a plain object that has what is needed of a Response is one", async () => {
  const response = { status: 200, headers: new Headers(), text: async () => JSON.stringify(MESSAGE) };
  assert.deepEqual(await send(async () => response), MESSAGE);
});

const THROWN = {
  "an Error": new Error("broken"),
  text: "broken",
  undefined: undefined,
  null: null,
  "a number": 7,
  "an object": { code: "E" },
  "an Error that says connect in words": new Error("connect ECONNREFUSED"),
  "an error whose getters throw": Object.defineProperty({}, "code", {
    get() {
      throw new Error("getter");
    },
  }),
  "a Proxy that throws": new Proxy(
    {},
    {
      get() {
        throw new Error("trap");
      },
    },
  ),
  "an error that causes itself": Object.assign(new Error("loop"), {
    get cause() {
      return this;
    },
  }),
};

for (const [what, thrown] of Object.entries(THROWN)) {
  const fields = { code: "connection_lost", outcome: "unknown", attempts: 1 };

  test(`a fetch that throws ${what} at once is unknown, and the cause is kept`, async () => {
    const error = await rejection(
      send(() => {
        throw thrown;
      }),
      "ConnectionError",
      fields,
    );
    assert.ok(Object.is(error.cause, thrown));
    assert.ok(Object.hasOwn(error, "cause"));
  });

  test(`a fetch that rejects with ${what} is unknown, and the cause is kept`, async () => {
    const error = await rejection(
      send(() => Promise.reject(thrown)),
      "ConnectionError",
      fields,
    );
    assert.ok(Object.is(error.cause, thrown));
  });
}

test("outside of a page, nothing is said of what pages may not do", async () => {
  const error = await caught(send(() => Promise.reject(new TypeError("Failed to fetch"))));
  assert.match(error.message, /^The request failed without an answer; see the cause\. The message may/);
  assert.doesNotMatch(error.message, /page|cross-origin/);
});

test("a text() that throws, at once or later, is unknown, and the cause is kept", async () => {
  const thrown = new Error("broken");
  const bodies = [
    () => {
      throw thrown;
    },
    () => Promise.reject(thrown),
  ];
  for (const text of bodies) {
    const error = await rejection(
      send(() => ({ status: 200, text })),
      "ResponseError",
      { outcome: "unknown" },
    );
    assert.equal(error.cause, thrown);
  }
});

test("a fetch that never settles ends with the timeout", async () => {
  const fields = { code: "timeout", outcome: "unknown", attempts: 1 };
  await rejection(
    send(() => new Promise(() => {}), { timeout: 50 }),
    "TimeoutError",
    fields,
  );
  const stalled = { status: 200, headers: new Headers(), text: () => new Promise(() => {}) };
  await rejection(
    send(() => stalled, { timeout: 50 }),
    "TimeoutError",
    fields,
  );
});

test("a fetch that settles after the timeout changes nothing, and is no unhandled rejection", async (t) => {
  const unhandled = [];
  const listener = (reason) => unhandled.push(reason);
  process.on("unhandledRejection", listener);
  t.after(() => process.off("unhandledRejection", listener));
  const late = (settle) => () => new Promise((...settlers) => setTimeout(settle, 30, settlers));
  await rejection(
    send(
      late(([, reject]) => reject(new Error("late"))),
      { timeout: 5 },
    ),
    "TimeoutError",
  );
  await rejection(
    send(
      late(([resolve]) => resolve(Response.json(MESSAGE))),
      { timeout: 5 },
    ),
    "TimeoutError",
  );
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.deepEqual(unhandled, []);
});

test("a thenable is a promise", async () => {
  const thenable = { then: (resolve) => resolve(Response.json(MESSAGE)) };
  assert.deepEqual(await send(() => thenable), MESSAGE);
});

test("fetch is called as a plain function with an address and an init", async () => {
  let call;
  function fetch(...given) {
    call = { self: this, given };
    return Response.json(MESSAGE);
  }
  await send(fetch);
  const [address, init, ...others] = call.given;
  assert.equal(call.self, undefined);
  assert.deepEqual(others, []);
  assert.equal(address, `${URL}/api/v2/accounts/conversations/141/messages`);
  assert.equal(init.method, "POST");
  assert.equal(init.redirect, "manual");
  assert.ok(init.signal instanceof AbortSignal);
});

test("the global fetch is looked up at each call", async (t) => {
  const original = globalThis.fetch;
  t.after(() => {
    globalThis.fetch = original;
  });
  const desk = clientOf(URL);
  for (const id of [1, 2]) {
    globalThis.fetch = () => Response.json({ ...MESSAGE, id });
    assert.equal((await desk.sendText(141, { content: "Hello" })).id, id);
  }
  globalThis.fetch = undefined;
  const error = await caught(desk.sendText(141, { content: "Hello" }));
  assert.ok(error instanceof livedesk.ValidationError);
  assert.equal(error.outcome, "not_sent");
});

test("an answer whose parts throw as if nothing had been connected is unknown, and never sent again", async () => {
  const connect = () => {
    throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" });
  };
  const parts = [
    Object.defineProperty({}, "status", { get: connect }),
    Object.defineProperty({ status: 200 }, "text", { get: connect }),
    { status: 200, text: async () => connect() },
  ];
  for (const response of parts) {
    let requests = 0;
    const fetch = () => {
      requests += 1;
      return response;
    };
    const error = await caught(send(fetch, { maxRetries: 2 }));
    assert.equal(error.outcome, "unknown");
    assert.equal(requests, 1);
  }
});

test("an error whose body yields nothing for ever settles", async () => {
  const reader = { read: async () => ({ done: false, value: new Uint8Array() }), cancel: async () => {} };
  const response = { status: 500, headers: new Headers(), body: { getReader: () => reader } };
  await rejection(
    send(() => response),
    "ApiError",
    { status: 500, outcome: "unknown", body: "" },
  );
});

test("headers without an end are read as far as anyone needs them", async () => {
  const endless = (item) => ({ [Symbol.iterator]: () => ({ next: () => ({ done: false, value: item }) }) });
  for (const headers of [
    endless(["x-a", "b"]),
    [endless("x-a")],
    [["x-request-id", "r-1"], endless("x-a")],
  ]) {
    const response = { status: 422, headers, text: async () => "" };
    const error = await rejection(
      send(() => response),
      "ApiError",
      { status: 422, outcome: "unknown" },
    );
    assert.ok(error.headers instanceof Headers);
  }
});
