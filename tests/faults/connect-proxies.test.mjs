// Proxies that users set for all that their process fetches.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { ProxyAgent } from "undici";
import { ProxyAgent as ProxyAgent6 } from "undici6";
import { assertError } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { closedPort, MESSAGE, startServer, startTlsServer, TLS } from "../lib/servers.mjs";
import { settled, withoutJitter } from "./calls.mjs";
import { use } from "./global-dispatcher.mjs";
import { CUT, HANG, refuse, startProxy } from "./proxy.mjs";
import { startFaultServer } from "./server.mjs";

const HELLO = { content: "Hello" };
const TIMEOUT_MS = 400;
const ATTEMPTS = 3;

withoutJitter({ before, after });

const requestTls = { ca: TLS.cert };
const NOT_SENT = { outcome: "not_sent", attempts: ATTEMPTS };

for (const [version, Agent] of [
  ["undici 7", ProxyAgent],
  ["undici 6", ProxyAgent6],
]) {
  const send = (server, options) => settled(clientOf(server, options).sendText(141, HELLO));

  for (const status of [403, 407, 502]) {
    test(`a proxy that refuses CONNECT with ${status} (${version}): not_sent`, async (t) => {
      const [proxy, server] = [await startProxy(t, refuse(status)), await startTlsServer(t)];
      use(t, new Agent({ uri: proxy.url, requestTls }));
      const { error } = await send(server);
      assertError(error, "ConnectionError", NOT_SENT);
      assert.deepEqual([proxy.tunnels, server.requests.length], [ATTEMPTS, 0]);
    });
  }

  test(`a proxy that is not there (${version}): not_sent`, async (t) => {
    const server = await startTlsServer(t);
    use(t, new Agent({ uri: await closedPort(), requestTls }));
    assertError((await send(server)).error, "ConnectionError", NOT_SENT);
    assert.equal(server.requests.length, 0);
  });

  test(`a proxy that hangs at CONNECT (${version}): not_sent when time is up`, async (t) => {
    const [proxy, server] = [await startProxy(t, HANG), await startTlsServer(t)];
    use(t, new Agent({ uri: proxy.url, requestTls }));
    const { error } = await send(server, { timeout: TIMEOUT_MS });
    assertError(error, "TimeoutError", NOT_SENT);
    assert.equal(server.requests.length, 0);
  });

  test(`a proxy that cuts after CONNECT, before TLS (${version}): not_sent`, async (t) => {
    const [proxy, server] = [await startProxy(t, CUT), await startTlsServer(t)];
    use(t, new Agent({ uri: proxy.url, requestTls }));
    const { error } = await send(server, { timeout: 5000 });
    assertError(error, "ConnectionError", NOT_SENT);
    assert.equal(server.requests.length, 0);
  });

  test(`a proxy that tunnels (${version}): sent once`, async (t) => {
    const [proxy, server] = [await startProxy(t), await startTlsServer(t)];
    use(t, new Agent({ uri: proxy.url, requestTls }));
    assert.deepEqual((await send(server)).message, MESSAGE);
    assert.deepEqual([proxy.tunnels, server.requests.length], [1, 1]);
  });

  test(`a tunnel, and stored then reset (${version}): unknown`, async (t) => {
    const proxy = await startProxy(t);
    const server = await startTlsServer(t, (_, response) => response.socket.destroy());
    use(t, new Agent({ uri: proxy.url, requestTls }));
    assertError((await send(server)).error, "ConnectionError", { outcome: "unknown", attempts: 1 });
    assert.equal(server.requests.length, 1);
  });

  test(`a proxy for plain HTTP (${version}): sent once`, async (t) => {
    const [proxy, server] = [await startProxy(t), await startServer(t)];
    use(t, new Agent({ uri: proxy.url }));
    assert.deepEqual((await send(server)).message, MESSAGE);
    assert.deepEqual([proxy.tunnels + proxy.plain, server.requests.length], [1, 1]);
  });

  test(`a proxy for plain HTTP, and stored then reset (${version}): unknown`, async (t) => {
    const proxy = await startProxy(t);
    const seen = await startFaultServer(t, { atEnd: (exchange) => exchange.store().reset() });
    use(t, new Agent({ uri: proxy.url }));
    assertError((await send(seen)).error, "ConnectionError", { outcome: "unknown", attempts: 1 });
    assert.equal(seen.stored, 1);
  });
}

test("a proxy for plain HTTP without tunnels: sent once, and what is lost is unknown", async (t) => {
  const proxy = await startProxy(t);
  const seen = await startFaultServer(t, {
    atEnd: (exchange) => (exchange.count === 1 ? exchange.succeed() : exchange.store().reset()),
  });
  use(t, new ProxyAgent({ uri: proxy.url, proxyTunnel: false }));
  const desk = clientOf(seen);
  assert.deepEqual((await settled(desk.sendText(141, HELLO))).message, MESSAGE);
  const { error } = await settled(desk.sendText(141, HELLO));
  assertError(error, "ConnectionError", { outcome: "unknown", attempts: 1 });
  assert.deepEqual([proxy.tunnels, proxy.plain, seen.stored], [0, 2, 2]);
});
