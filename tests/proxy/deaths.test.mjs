// Processes and pages that die in the middle.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { connect } from "node:net";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { livedesk, proxy } from "../lib/package.mjs";
import { ensureRedis, startRedis } from "../lib/redis.mjs";
import { MESSAGE, reply, startServer } from "../lib/servers.mjs";
import { fromPage, MESSAGES, proxyTo, proxyToSandbox, serveHandler, text, told, withToken } from "./desk.mjs";

const program = await ensureRedis();
const skip = program ? false : "NO REDIS: neither installed, nor to be had with apt-get";
const PROXY = fileURLToPath(new URL("programs/proxy.mjs", import.meta.url));

/** A proxy in a process of its own, to be killed. */
async function startProxy(hooks, ...words) {
  const child = spawn(process.execPath, [PROXY, ...words], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  hooks.after(kill);
  const url = await new Promise((resolve) => child.stdout.setEncoding("utf8").once("data", resolve));
  return { url: url.trim(), kill };
}

const post = (url, key, body = '{"content":"Hello"}') =>
  fetch(url + MESSAGES, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": key },
    body,
  });
const ask = async (url) =>
  (await fetch(url + MESSAGES, { method: "HEAD" })).headers.get("livedesk-proxy").replace("ready;store=", "");

test("a proxy that is killed in the middle leaves what was sent unknown, and sends nothing again", {
  skip,
}, async (t) => {
  const redis = await startRedis(t, program);
  const server = await startServer(t, async () => first.kill());
  const first = await startProxy(t, server.url, redis.url);
  const key = withToken("one", await ask(first.url));
  await assert.rejects(post(first.url, key));
  const second = await startProxy(t, server.url, redis.url);
  const again = await post(second.url, key);
  assert.deepEqual([again.status, told(again)], [409, "running"]);
  assert.equal(server.requests.length, 1);
});

test("two proxies in processes of their own send each key once, also when one is killed among them", {
  skip,
}, async (t) => {
  const redis = await startRedis(t, program);
  const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`);
  const stored = new Map(keys.map((key) => [key, 0]));
  const server = await startServer(t, async ({ body }, response) => {
    const { content } = JSON.parse(body);
    stored.set(content, stored.get(content) + 1);
    await sleep(50);
    reply(response, 200, MESSAGE);
  });
  const proxies = [
    await startProxy(t, server.url, redis.url),
    await startProxy(t, server.url, redis.url),
    await startProxy(t, server.url, redis.url),
  ];
  const token = await ask(proxies[0].url);
  const send = (key, index) =>
    post(proxies[index].url, withToken(key, token), JSON.stringify({ content: key })).then(
      ({ status }) => status,
      () => 0,
    );
  const first = keys.flatMap((key) => [send(key, 0), send(key, 1), send(key, 2)]);
  await sleep(70);
  await proxies[2].kill();
  await Promise.all(first);
  const again = await Promise.all(keys.map((key) => send(key, 0)));
  for (const [index, key] of keys.entries()) {
    assert.ok(stored.get(key) <= 1, `${key} was stored ${stored.get(key)} times`);
    // What the killed one had under way is not known yet; all else is answered.
    assert.ok([200, 409].includes(again[index]), `${again[index]}`);
    if (again[index] === 200) assert.equal(stored.get(key), 1);
  }
  assert.ok(again.filter((status) => status === 200).length >= keys.length / 2);
});

test("each answer to a request with a key names the store, so that calls in a row ask once", async (t) => {
  const server = await startServer(t);
  const methods = [];
  const handle = proxyTo(server);
  const { url } = await serveHandler(t, (request) => {
    methods.push(request.method);
    return handle(request);
  });
  const first = await post(url, "plain");
  assert.match(told(first), /^answered/);
  assert.match(first.headers.get("livedesk-proxy"), /;store=[\w.-]+$/);
  const desk = new livedesk.LiveDesk({ baseUrl: url, proxy: true });
  for (const _ of [1, 2, 3]) await desk.sendText(141, { content: "Hello" });
  assert.deepEqual(methods, ["POST", "HEAD", "POST", "POST", "POST"]);
});

test("a proxy with its keys in memory sends nothing that the one before it was shown", async (t) => {
  const server = await startServer(t, async () => first.kill());
  const first = await startProxy(t, server.url);
  const key = withToken("one", await ask(first.url));
  await assert.rejects(post(first.url, key));
  const second = await startProxy(t, server.url);
  assert.equal(told(await post(second.url, key)), "other_store");
  assert.equal(server.requests.length, 1);
});

test("a lease that has passed is unknown, and lets nobody send", async () => {
  const inner = proxy.memoryStore();
  const store = {
    durable: false,
    token: () => inner.token(),
    swap: async (...call) => {
      const swapped = await inner.swap(...call);
      return { ...swapped, age: swapped.age + 31_000 };
    },
  };
  let answer;
  const fetch = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  const { handle } = proxyToSandbox({ store, fetch });
  const first = handle(text("Hello", { key: "one" }));
  await sleep(50);
  for (const _ of [1, 2]) {
    const response = await handle(text("Hello", { key: "one" }));
    assert.deepEqual([response.status, told(response)], [502, "forgotten"]);
  }
  // It only slept: whoever asks now gets the truth.
  answer(Response.json(MESSAGE));
  assert.equal((await first).status, 200);
  assert.deepEqual(await (await handle(text("Hello", { key: "one" }))).json(), MESSAGE);
});

test("a page that leaves before the answer gets it when it asks again", async (t) => {
  const server = await startServer(t, async (_, response) => {
    await sleep(300);
    reply(response, 200, MESSAGE);
  });
  const { url } = await serveHandler(t, proxyTo(server));
  const body = '{"content":"Hello"}';
  const head = `POST ${MESSAGES} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: one\r\nContent-Length: ${body.length}\r\n\r\n`;
  const socket = connect(new URL(url).port, "127.0.0.1", () => socket.write(head + body));
  await sleep(150);
  socket.resetAndDestroy();
  assert.equal((await post(url, "one")).status, 409);
  await sleep(400);
  const again = await post(url, "one");
  assert.deepEqual([await again.json(), again.headers.get("idempotency-replayed")], [MESSAGE, "true"]);
  assert.equal(server.requests.length, 1);
});

test("a page that dies in its upload leaves it unknown where its beginning was passed on, and unsent where not", async (t) => {
  const server = await startServer(t);
  const { url } = await serveHandler(t, proxyTo(server));
  const send = async (type, key, part) => {
    const head = `POST ${MESSAGES} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nIdempotency-Key: ${key}\r\nContent-Length: 500\r\n\r\n`;
    const socket = connect(new URL(url).port, "127.0.0.1", () => socket.write(head + part));
    await sleep(200);
    socket.resetAndDestroy();
    await sleep(200);
  };
  await send("application/json", "json", '{"content":"Hel');
  assert.equal((await post(url, "json")).status, 200);
  await send(
    "multipart/form-data; boundary=x",
    "form",
    '--x\r\nContent-Disposition: form-data; name="content"\r\n\r\nHel',
  );
  const again = await post(url, "form");
  assert.deepEqual([again.status, told(again)], [502, "lost"]);
  assert.equal(server.requests.length, 1);
});

test("a store that fails lets nothing be sent, and one that fails in the end still lets the page have its answer", async () => {
  const inner = proxy.memoryStore();
  let isBroken = true;
  const swap = async (...call) => {
    if (isBroken) throw new Error("redis://:password@host is gone");
    return inner.swap(...call);
  };
  const { handle, stored } = proxyToSandbox({ store: { durable: false, token: swap, swap } });
  const refused = await handle(text("Hello", { key: "one" }));
  assert.deepEqual([refused.status, told(refused)], [503, "no_store"]);
  assert.doesNotMatch(await refused.text(), /password/);
  const asked = await handle(fromPage(MESSAGES, { method: "HEAD" }));
  assert.equal(told(asked), "no_store");
  isBroken = false;
  const sending = handle(text("Hello", { key: "one" }));
  isBroken = true;
  const answered = await sending;
  assert.equal(stored(), answered.status === 200 ? 1 : 0);
});
