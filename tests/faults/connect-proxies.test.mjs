// Proxies that users set for all that their process fetches.

import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import { connect } from "node:net";
import test, { after, before } from "node:test";
import { getGlobalDispatcher, ProxyAgent, setGlobalDispatcher } from "undici";
import { ProxyAgent as ProxyAgent6 } from "undici6";
import { assertError } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { closedPort, MESSAGE, startServer, startTlsServer, TLS } from "../lib/servers.mjs";
import { settled, withoutJitter } from "./calls.mjs";
import { startFaultServer } from "./server.mjs";

const HELLO = { content: "Hello" };
const TIMEOUT_MS = 400;
const ATTEMPTS = 3;

withoutJitter({ before, after });

/** A proxy that treats CONNECT as told: `tunnel(request, socket)`; other requests it passes on. */
async function startProxy(t, tunnel = pass) {
  const seen = { url: "", tunnels: 0, plain: 0 };
  const sockets = new Set();
  const server = createServer((incoming, response) => {
    seen.plain += 1;
    const { method, headers } = incoming;
    const onward = request(incoming.url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onward.on("error", () => response.destroy()));
  });
  server.on("connection", (socket) => sockets.add(socket.on("error", () => {})));
  server.on("connect", (incoming, socket, head) => {
    seen.tunnels += 1;
    tunnel(incoming, socket, head);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  seen.url = `http://127.0.0.1:${server.address().port}`;
  return seen;
}

function pass({ url }, socket, head) {
  const [host, port] = url.split(":");
  const onward = connect(Number(port), host, () => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    onward.write(head);
    onward.pipe(socket).pipe(onward);
  });
  onward.on("error", () => socket.destroy());
  socket.on("close", () => onward.destroy());
}

const refuse = (status) => (_, socket) =>
  socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
const hang = () => {};
const cut = (_, socket) => socket.write("HTTP/1.1 200 OK\r\n\r\n", () => socket.resetAndDestroy());

function use(t, agent) {
  const own = getGlobalDispatcher();
  setGlobalDispatcher(agent);
  t.after(() => {
    setGlobalDispatcher(own);
    return agent.destroy();
  });
}

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
    const [proxy, server] = [await startProxy(t, hang), await startTlsServer(t)];
    use(t, new Agent({ uri: proxy.url, requestTls }));
    const { error } = await send(server, { timeout: TIMEOUT_MS });
    assertError(error, "TimeoutError", NOT_SENT);
    assert.equal(server.requests.length, 0);
  });

  test(`a proxy that cuts after CONNECT, before TLS (${version}): not_sent`, async (t) => {
    const [proxy, server] = [await startProxy(t, cut), await startTlsServer(t)];
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
