// The signal that a caller's own fetch finds in its second argument: it is made when somebody asks for it.

import assert from "node:assert/strict";
import test from "node:test";
import { rejection } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { MESSAGE, reply, startServer } from "../lib/servers.mjs";

const HELLO = { content: "Hello" };
const stored = (_, response) => reply(response, 200, MESSAGE);
const never = () => new Promise(() => {});

test("a wrapper that asks for it after its attempt timed out finds that attempt's end, though another runs", async (t) => {
  const server = await startServer(t, stored);
  const inits = [];
  let late;
  const client = clientOf(server, {
    fetch: (url, init) => {
      if (inits.push(init) === 1) return never();
      late = inits[0].signal;
      return fetch(url, init);
    },
  });
  await client.sendText(141, HELLO, { timeout: 50, maxRetries: 1, dangerouslyRetryUnknown: true });
  assert.equal(late.aborted, true);
  assert.equal(inits[1].signal.aborted, false);
  assert.notEqual(late, inits[1].signal);
});

test("a wrapper that never asked, and fetches after the time is over, sends nothing", async (t) => {
  const server = await startServer(t, stored);
  let sent;
  const client = clientOf(server, {
    fetch: (url, init) => {
      sent = new Promise((resolve) => setTimeout(resolve, 120)).then(() => fetch(url, { ...init }));
      return sent;
    },
  });
  await rejection(client.sendText(141, HELLO, { timeout: 50, maxRetries: 0 }), "TimeoutError", {});
  await assert.rejects(sent, { name: "AbortError" });
  assert.equal(server.requests.length, 0);
});

const WAYS = {
  "spreads the argument": (url, init) => fetch(url, { ...init }),
  "makes a Request of it": (url, init) => fetch(new Request(url, init)),
  "adds one of its own": (url, init) => {
    init.signal = AbortSignal.any([init.signal, new AbortController().signal]);
    return fetch(url, init);
  },
  "inherits from it": (url, init) => {
    const own = Object.create(init);
    own.signal = AbortSignal.any([init.signal, AbortSignal.timeout(60_000)]);
    return fetch(url, Object.assign({}, init, { signal: own.signal }));
  },
  "freezes it": (url, init) => fetch(url, Object.freeze(init)),
};

for (const [way, wrapper] of Object.entries(WAYS)) {
  test(`the caller's abort reaches a wrapper that ${way}`, async (t) => {
    const controller = new AbortController();
    const server = await startServer(t, () => controller.abort());
    let sending;
    const client = clientOf(server, {
      fetch: (url, init) => {
        sending = wrapper(url, init);
        return sending;
      },
    });
    const call = client.sendText(141, HELLO, { signal: controller.signal });
    await rejection(call, "AbortError", { outcome: "unknown", attempts: 1 });
    await assert.rejects(sending, { name: "AbortError" });
  });
}

test("asked for twice, it is the same", async (t) => {
  const server = await startServer(t, stored);
  let isSame;
  const client = clientOf(server, {
    fetch: (url, init) => {
      const first = init.signal;
      isSame = first === init.signal && Object.keys(init).includes("signal");
      return fetch(url, init);
    },
  });
  await client.sendText(141, HELLO);
  assert.equal(isSame, true);
});
