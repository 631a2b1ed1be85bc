// Wrappers of fetch that send more than once, or later than they say.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import test, { after, before } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fetch as otherFetch } from "undici";
import { assertError } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { closedPort, MESSAGE, reply } from "../lib/servers.mjs";
import { settled, withoutJitter } from "./calls.mjs";
import { startFaultServer } from "./server.mjs";

const HELLO = { content: "Hello" };
const NOW = { "Retry-After": "0" };

withoutJitter({ before, after });

/** Sends through `fetch`; what came of it, and how often that was called. */
async function send(server, fetch, options) {
  let calls = 0;
  const counted = (...all) => {
    calls += 1;
    return fetch(...all);
  };
  const result = await settled(clientOf(server, { fetch: counted, ...options }).sendText(141, HELLO));
  return { ...result, calls };
}

/** Begins to listen at an address that was refused before; counts what it stored. */
async function startAt(t, url) {
  const seen = { stored: 0 };
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      seen.stored += 1;
      reply(response, 200, MESSAGE);
    });
  });
  await new Promise((resolve) => server.listen(Number(new URL(url).port), "127.0.0.1", resolve));
  t.after(() => server.close());
  return seen;
}

for (const [status, answer] of [
  [429, ["Retry later", NOW]],
  [422, ['{"message":"Content is too long","attributes":["content"]}']],
]) {
  test(`sent twice, lost and then a ${status}: its outcome is unknown, and nothing is repeated`, async (t) => {
    const seen = await startFaultServer(t, {
      atEnd: (exchange) =>
        exchange.count === 1 ? exchange.store().reset() : exchange.answer(status, ...answer),
    });
    const { error, calls } = await send(seen, (url, init) => fetch(url, init).catch(() => fetch(url, init)));
    assertError(error, "ApiError", { status, outcome: "unknown", attempts: 1 });
    assert.deepEqual([calls, seen.requests.length, seen.stored], [1, 2, 1]);
  });

  test(`sent twice, a ${status} and then lost: what it answers with is unknown`, async (t) => {
    const seen = await startFaultServer(t, {
      atEnd: (exchange) =>
        exchange.count === 1 ? exchange.answer(status, ...answer) : exchange.store().reset(),
    });
    const { error, calls } = await send(seen, async (url, init) => {
      const first = await fetch(url, init);
      await fetch(url, init).catch(() => {});
      return first;
    });
    assertError(error, "ApiError", { status, outcome: "unknown", attempts: 1 });
    assert.deepEqual([calls, seen.stored], [1, 1]);
  });

  test(`lost, and a ${status} of the wrapper's own: its outcome is unknown`, async (t) => {
    const seen = await startFaultServer(t, { atEnd: (exchange) => exchange.store().reset() });
    const { error, calls } = await send(seen, (url, init) =>
      fetch(url, init).catch(() => new Response(answer[0], { status, headers: answer[1] })),
    );
    assertError(error, "ApiError", { status, outcome: "unknown", attempts: 1 });
    assert.deepEqual([calls, seen.stored], [1, 1]);
  });
}

test("what a wrapper tries again behind our back, after a refused connection, is not sent any more", async (t) => {
  const url = await closedPort();
  const late = [];
  const { error } = await send(
    url,
    (url, init) =>
      fetch(url, init).catch((error) => {
        late.push(Promise.allSettled([sleep(50).then(() => fetch(url, init))]));
        throw error;
      }),
    { maxRetries: 0 },
  );
  assertError(error, "ConnectionError", { outcome: "not_sent", attempts: 1 });
  const seen = await startAt(t, url);
  const [[{ status }]] = await Promise.all(late);
  assert.deepEqual([status, seen.stored], ["rejected", 0]);
});

test("what a wrapper tries again behind our back, after a 429, is not sent any more", async (t) => {
  const seen = await startFaultServer(t, {
    atEnd: (exchange) => (exchange.count === 1 ? exchange.answer(429, "", NOW) : exchange.succeed()),
  });
  const late = [];
  const { error } = await send(
    seen,
    async (url, init) => {
      const response = await fetch(url, init);
      if (!response.ok) late.push(Promise.allSettled([sleep(50).then(() => fetch(url, init))]));
      return response;
    },
    { maxRetries: 0 },
  );
  assertError(error, "ApiError", { outcome: "rejected", attempts: 1 });
  const [[{ status }]] = await Promise.all(late);
  assert.deepEqual([status, seen.stored], ["rejected", 0]);
});

test("of two addresses at once, the slower is not sent any more when the first was refused", async (t) => {
  const closed = await closedPort();
  const seen = await startFaultServer(t, { atEnd: (exchange) => exchange.succeed() });
  const { error } = await send(
    seen,
    (url, init) => Promise.race([fetch(`${closed}/first`, init), sleep(30).then(() => fetch(url, init))]),
    { maxRetries: 0 },
  );
  assertError(error, "ConnectionError", { outcome: "not_sent" });
  await sleep(100);
  assert.equal(seen.stored, 0);
});

test("a fallback to node:http that hears our signal, stored then never answered: its outcome is unknown", async (t) => {
  const { request } = await import("node:http");
  const seen = await startFaultServer(t, { atEnd: (exchange) => exchange.store() });
  const { error, calls } = await send(
    await closedPort(),
    (url, init) =>
      fetch(url, init).catch(
        () =>
          new Promise((_, reject) => {
            const { method, signal, body } = init;
            request(`${seen.url}/second`, { method, signal }).on("error", reject).end(body);
          }),
      ),
    { timeout: 300 },
  );
  assertError(error, "TimeoutError", { outcome: "unknown", attempts: 1 });
  assert.deepEqual([calls, seen.stored], [1, 1]);
});

test("a form that is refused after it has been sent by other means is unknown", async (t) => {
  const seen = await startFaultServer(t, { atEnd: (exchange) => exchange.succeed() });
  const desk = clientOf(seen, {
    fetch: async (url, init) => {
      const { dispatcher: _, ...rest } = init;
      await fetch(url, rest);
      return otherFetch(url, init);
    },
  });
  const { error } = await settled(desk.sendAttachments(141, { attachments: [new File(["x"], "x.txt")] }));
  assertError(error, "ConnectionError", { outcome: "unknown", attempts: 1 });
  assert.match(error.cause.message, /does not know this FormData/);
  assert.equal(seen.stored, 1);
});

test("a log line about a form, before, between and after, breaks no call", async (t) => {
  const seen = await startFaultServer(t, { atEnd: (exchange) => exchange.succeed() });
  const lines = [];
  const desk = clientOf(seen, {
    fetch: async (url, init) => {
      lines.push(`${init.body}`);
      const sending = fetch(url, init);
      lines.push(String(init.body));
      const response = await sending;
      lines.push(`${init.body}`, JSON.stringify(init.body));
      return response;
    },
  });
  const { message } = await settled(desk.sendAttachments(141, { attachments: [new File(["x"], "x.txt")] }));
  assert.deepEqual([message, seen.stored], [MESSAGE, 1]);
  assert.deepEqual(new Set(lines), new Set(["[object FormData]", "{}"]));
});

/** What stores the message at `live` by other means, and ends in the given fetch at an address that refuses. */
const ELSEWHERE_FIRST = {
  "by an init of its own": async (url, { dispatcher, ...init }, live) => {
    await otherFetch(live.url + new URL(url).pathname, init);
    return fetch(url, { ...init, dispatcher });
  },
  "and loses the answer": async (url, { dispatcher, ...init }, live) => {
    try {
      await otherFetch(live.url + new URL(url).pathname, init);
      throw new Error("lost");
    } catch {
      return fetch(url, { ...init, dispatcher });
    }
  },
};

for (const [how, wrapper] of Object.entries(ELSEWHERE_FIRST)) {
  test(`a wrapper that sends elsewhere first, ${how}, proves nothing: once, and unknown`, async (t) => {
    const live = await startFaultServer(t, { atEnd: (exchange) => exchange.succeed() });
    const around = (url, init) => wrapper(url, init, live);
    const { error, calls } = await send(await closedPort(), around, { maxRetries: 3 });
    assertError(error, "ConnectionError", { outcome: "unknown", attempts: 1 });
    assert.deepEqual([calls, live.stored], [1, 1]);
  });
}

test("a log line in a class called Request, or a method of that name, breaks nothing", async (t) => {
  const server = await startFaultServer(t, { atEnd: (exchange) => exchange.succeed() });
  class Request {
    constructor(url, init) {
      Object.assign(this, { url, init });
    }
    async send() {
      const response = await fetch(this.url, this.init);
      void `${this.init.body}`;
      return response;
    }
  }
  const logs = { Request: (init) => `${init.body}` };
  const around = (url, init) => {
    logs.Request(init);
    return new Request(url, init).send();
  };
  const desk = clientOf(server, { fetch: around });
  const attachments = [new File(["x"], "x.txt")];
  assert.deepEqual((await settled(desk.sendAttachments(141, { attachments }))).message, MESSAGE);
  assert.equal(server.stored, 1);
});
