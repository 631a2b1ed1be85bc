// Keys in a real Redis, by both libraries; it is killed and started again.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import test, { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { createClient } from "redis";
import { proxy } from "../lib/package.mjs";
import { ensureRedis, startRedis } from "../lib/redis.mjs";
import { MESSAGE, reply, startServer } from "../lib/servers.mjs";
import { proxyTo, proxyToSandbox, text, tokenFrom, told, withToken } from "./desk.mjs";
import { testStore } from "./stores.mjs";

const program = await ensureRedis();
const skip = program ? false : "NO REDIS: neither installed, nor to be had with apt-get";
const KEPT = ["--save", "", "--appendonly", "yes", "--appendfsync", "always"];
const FORGETFUL = ["--save", "", "--appendonly", "no"];

const LIBRARIES = {
  ioredis: async (hooks, { port }) => {
    const client = new Redis(port, "127.0.0.1");
    client.on("error", () => {});
    hooks.after(() => client.disconnect());
    return client;
  },
  redis: async (hooks, { url }) => {
    const client = createClient({ url });
    client.on("error", () => {});
    hooks.after(() => client.destroy());
    return client.connect();
  },
};

if (program) {
  const redis = await startRedis({ after }, program, FORGETFUL);
  for (const [name, connect] of Object.entries(LIBRARIES)) {
    const client = await connect({ after }, redis);
    testStore(`in Redis by ${name}`, () => proxy.redisStore(client, { prefix: `{${randomUUID()}}:` }));
  }
}

for (const [name, connect] of Object.entries(LIBRARIES)) {
  test(`${name}: a Redis that was killed gives the kept answer when it is back`, { skip }, async (t) => {
    const redis = await startRedis(t, program, KEPT);
    const store = proxy.redisStore(await connect(t, redis));
    assert.equal(store.durable, true);
    const { handle, stored } = proxyToSandbox({ store });
    const key = withToken("one", await tokenFrom(handle));
    const first = await (await handle(text("Hello", { key }))).json();
    await redis.kill();
    await redis.start();
    const again = await reached(() => handle(text("Hello", { key })));
    assert.equal(again.headers.get("idempotency-replayed"), "true");
    assert.deepEqual(await again.json(), first);
    // It may have lost others, for all it knows.
    const other = withToken("two", key.split('"')[3]);
    assert.equal(told(await handle(text("Hello", { key: other }))), "other_store");
    const fresh = withToken("two", await tokenFrom(handle));
    assert.equal((await handle(text("Hello", { key: fresh }))).status, 200);
    assert.equal(stored(), 2);
  });

  test(`${name}: a Redis that forgot all sends nothing that it was shown`, { skip }, async (t) => {
    const redis = await startRedis(t, program, FORGETFUL);
    const client = await connect(t, redis);
    const { handle, stored } = proxyToSandbox({ store: proxy.redisStore(client) });
    const key = withToken("one", await tokenFrom(handle));
    assert.equal((await handle(text("Hello", { key }))).status, 200);
    await redis.kill();
    await redis.start();
    assert.equal(told(await reached(() => handle(text("Hello", { key })))), "other_store");

    const second = withToken("two", await tokenFrom(handle));
    assert.equal((await handle(text("Hello", { key: second }))).status, 200);
    await (client.flushall ?? client.flushAll).call(client);
    assert.equal(told(await handle(text("Hello", { key: second }))), "other_store");
    assert.equal(stored(), 2);
  });

  test(`${name}: without Redis nothing is sent, and the page is told so`, { skip }, async (t) => {
    const redis = await startRedis(t, program, KEPT);
    const { handle, stored } = proxyToSandbox({ store: proxy.redisStore(await connect(t, redis)) });
    const key = withToken("one", await tokenFrom(handle));
    await redis.kill();
    const response = await handle(text("Hello", { key }));
    assert.deepEqual([response.status, told(response)], [503, "no_store"]);
    assert.equal(stored(), 0);
    await redis.start();
    await reached(async () => {
      const token = await handle(text("Hello", { key: withToken("two", await tokenFrom(handle)) }));
      return token;
    });
    assert.equal(stored(), 1);
  });

  test(`${name}: a Redis that dies before the answer is kept gives the page its answer, and sends nothing again`, {
    skip,
  }, async (t) => {
    const redis = await startRedis(t, program, KEPT);
    const server = await startServer(t, async (_, response) => {
      await redis.kill();
      reply(response, 200, MESSAGE);
    });
    const handle = proxyTo(server, { store: proxy.redisStore(await connect(t, redis)) });
    const key = withToken("one", await tokenFrom(handle));
    assert.equal((await handle(text("Hello", { key }))).status, 200);
    await redis.start();
    const again = await reached(() => handle(text("Hello", { key, attempt: 2 })));
    assert.ok(["running", "forgotten", "answered"].includes(told(again)), told(again));
    assert.equal(server.requests.length, 1);
  });

  test(`${name}: a Redis that hangs keeps nobody waiting for more than some seconds`, { skip }, async (t) => {
    const redis = await startRedis(t, program, KEPT);
    const { handle, stored } = proxyToSandbox({ store: proxy.redisStore(await connect(t, redis)) });
    await tokenFrom(handle);
    redis.signal("SIGSTOP");
    const started = performance.now();
    const response = await handle(text("Hello", { key: "one" }));
    assert.equal(told(response), "no_store");
    assert.ok(performance.now() - started < 10_000);
    redis.signal("SIGCONT");
    // What was in the queue is done late, and is nobody's any more.
    await sleep(200);
    assert.equal(told(await handle(text("Hello", { key: "one" }))), "running");
    assert.equal(stored(), 0);
  });
}

test("refuses what is no client of a Redis", () => {
  for (const client of [undefined, null, {}, "redis://127.0.0.1", { eval() {} }]) {
    assert.throws(() => proxy.redisStore(client), { name: "ValidationError" });
  }
});

/** Until the library has connected again. */
async function reached(ask) {
  for (let left = 40; left > 0; left -= 1) {
    const response = await ask();
    if (told(response) !== "no_store") return response;
    await sleep(250);
  }
  return assert.fail("never connected again");
}
