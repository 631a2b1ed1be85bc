// Wrappers of fetch that send by other means beside their fetch: what those may have stored is never called not_sent or
// rejected, and nothing is repeated.

import assert from "node:assert/strict";
import diagnostics from "node:diagnostics_channel";
import { request } from "node:http";
import { connect } from "node:http2";
import test, { after, before } from "node:test";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { request as undiciRequest } from "undici";
import { assertError } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { closedPort, startServer } from "../lib/servers.mjs";
import { settled, withoutJitter } from "./calls.mjs";
import { startFaultServer } from "./server.mjs";

const HELLO = { content: "Hello" };
const CHANNELS = ["undici:request:create", "http.client.request.start", "http.client.request.created"];
const [MAJOR] = process.versions.node.split(".").map(Number);

withoutJitter({ before, after });

const quiet = () => {};

/** Ways to send the same to `live`, that nobody waits for. */
const MEANS = {
  "node:http": (url, { method, headers, body }) =>
    request(url, { method, headers }).on("error", quiet).end(body),
  "fetch without our dispatcher": (url, { dispatcher: _, ...init }) => fetch(url, init).catch(quiet),
  "undici from npm": (url, { method, headers, body }) =>
    undiciRequest(url, { method, headers, body }).catch(quiet),
};
if (MAJOR >= 22) {
  MEANS["node:http2"] = (url, { body }) => {
    const { origin, pathname } = new URL(url);
    const session = connect(origin).on("error", quiet);
    session.request({ ":method": "POST", ":path": pathname }).on("error", quiet).end(body);
    setTimeout(() => session.destroy(), 100);
  };
}

/** When they do. */
const MOMENTS = {
  beside: (send) => (url, init) => {
    send(url, init);
    return fetch(url, init);
  },
  "as soon as it is called, and waits for both": (send) => (url, init) =>
    Promise.all([fetch(url, init), send(url, init)]).then(([response]) => response),
  "when it has failed, without waiting": (send) => (url, init) =>
    fetch(url, init).then(
      (response) => {
        if (!response.ok) send(url, init);
        return response;
      },
      (error) => {
        send(url, init);
        throw error;
      },
    ),
};

const ENDINGS = {
  "a refused connection": async () => ({ url: await closedPort() }),
  "a 401": (t) => startFaultServer(t, { atEnd: (exchange) => exchange.answer(401) }),
  "a 429": (t) =>
    startFaultServer(t, { atEnd: (exchange) => exchange.answer(429, "", { "Retry-After": "0" }) }),
};

for (const [means, send] of Object.entries(MEANS)) {
  for (const [moment, wrap] of Object.entries(MOMENTS)) {
    for (const [ending, start] of Object.entries(ENDINGS)) {
      test(`a wrapper that sends by ${means}, ${moment}, at ${ending}: once, and unknown`, async (t) => {
        const server = await start(t);
        const live = await startFaultServer(t, { atEnd: (exchange) => exchange.succeed() });
        let calls = 0;
        const wrapped = wrap((url, init) => send(live.url + new URL(url).pathname, init));
        const around = (...all) => {
          calls += 1;
          return wrapped(...all);
        };
        const { error } = await settled(clientOf(server, { fetch: around }).sendText(141, HELLO));
        assert.equal(error.outcome, "unknown", error.stack);
        assert.equal(calls, 1);
        // What nobody waits for takes its time.
        for (let tries = 0; means !== "node:http2" && live.stored === 0 && tries < 200; tries += 1)
          await sleep(20);
        if (means !== "node:http2") assert.equal(live.stored, 1);
      });
    }
  }
}

test("what else a process sends meanwhile, elsewhere and of something else, changes nothing", async (t) => {
  const audit = await startServer(t);
  const around = (url, init) => {
    request(`${audit.url}/log`, { method: "POST" }).on("error", quiet).end("sending");
    fetch(`${audit.url}/spans`, { method: "POST", body: "{}" }).catch(quiet);
    fetch(url).catch(quiet);
    return fetch(url, init);
  };
  const { error } = await settled(clientOf(await closedPort(), { fetch: around }).sendText(141, HELLO));
  assertError(error, "ConnectionError", { outcome: "not_sent", attempts: 3 });
});

test("another client is heard, too, and is believed, however many calls it makes at once", async (t) => {
  const server = await startFaultServer(t, {
    atEnd: (exchange) => (exchange.count <= 4 ? exchange.answer(401) : exchange.succeed()),
  });
  const around = async (url, { method, headers, body }) => {
    const answer = await undiciRequest(url, { method, headers, body });
    return new Response(await answer.body.text(), { status: answer.statusCode });
  };
  const desk = clientOf(server, { fetch: around });
  const calls = Array.from({ length: 4 }, () => settled(desk.sendText(141, HELLO)));
  for (const { error } of await Promise.all(calls)) assertError(error, "ApiError", { outcome: "rejected" });
});

test("many calls at once, by wrappers and without, take each other for none", async () => {
  const url = await closedPort();
  const desks = [clientOf(url, { fetch: (url, init) => fetch(url, init) }), clientOf(url)];
  const calls = Array.from({ length: 40 }, (_, index) => settled(desks[index % 2].sendText(141, HELLO)));
  const outcomes = (await Promise.all(calls)).map(({ error }) => error.outcome);
  assert.deepEqual(new Set(outcomes), new Set(["not_sent"]));
});

test("nobody is listened to when no call of a wrapper is under way", async (t) => {
  const server = await startServer(t);
  const listening = () => CHANNELS.filter((name) => diagnostics.hasSubscribers(name));
  assert.deepEqual(listening(), []);
  let during;
  const around = (url, init) => {
    during = listening();
    return fetch(url, init);
  };
  await clientOf(server, { fetch: around }).sendText(141, HELLO);
  assert.deepEqual(during, CHANNELS);
  // Nothing is waited for but what happens at once: many calls in a row listen as one.
  await setImmediate();
  assert.deepEqual(listening(), []);
  const signal = AbortSignal.timeout(50);
  const never = () => new Promise(() => {});
  await settled(clientOf(server, { fetch: never }).sendText(141, HELLO, { signal }));
  await setImmediate();
  assert.deepEqual(listening(), []);
});
