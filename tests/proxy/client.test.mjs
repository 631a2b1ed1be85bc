// What else the client with `proxy: true` does.

import assert from "node:assert/strict";
import test from "node:test";
import { settled } from "../faults/calls.mjs";
import { livedesk } from "../lib/package.mjs";
import { closedPort, MESSAGE, reply, startServer } from "../lib/servers.mjs";
import { clientTo, proxyTo, proxyToSandbox, serveHandler } from "./desk.mjs";

test("a backend that cannot be reached is not_sent", async () => {
  const { error } = await settled(clientTo(await closedPort()).sendText(141, { content: "Hello" }));
  assert.deepEqual([error.name, error.outcome], ["ConnectionError", "not_sent"]);
});

test("a backend that went away since the last call is not_sent, where the runtime says so", async (t) => {
  const server = await startServer(t);
  const close = [];
  const { url } = await serveHandler({ after: (end) => close.push(end) }, proxyTo(server));
  const desk = clientTo(url);
  await desk.sendText(141, { content: "Hello" });
  for (const end of close) await end();
  const { error } = await settled(desk.sendText(141, { content: "Hello" }));
  assert.deepEqual([error.name, error.outcome, error.attempts], ["ConnectionError", "not_sent", 3]);
});

test("a handler that is called without a network sends once, too", async () => {
  const { handle, stored } = proxyToSandbox();
  let isLost = true;
  const fetch = async (url, init) => {
    const response = await handle(new Request(url, init));
    if (init.method === "POST" && isLost) {
      isLost = false;
      throw new TypeError("fetch failed");
    }
    return response;
  };
  const desk = clientTo("https://app.example.com/livedesk", { fetch });
  await desk.sendText(141, { content: "Hello" });
  isLost = true;
  await desk.sendAttachments(141, { attachments: [new File(["x"], "x.txt")] });
  assert.equal(stored(), 2);
});

test("a backend that is none of this package's is sent to once", async (t) => {
  const server = await startServer(t, ({ method }, response) => {
    if (method === "HEAD") return response.writeHead(404).end();
    response.destroy();
  });
  const { error } = await settled(clientTo(server.url).sendText(141, { content: "Hello" }));
  assert.equal(error.outcome, "unknown");
  assert.equal(server.requests.filter(({ method }) => method === "POST").length, 1);
});

test("sends one key a call, and no other header but it", async (t) => {
  const server = await startServer(t);
  const handle = proxyTo(server);
  const seen = [];
  const { url } = await serveHandler(t, (request) => {
    seen.push([request.method, Object.fromEntries(request.headers)]);
    return handle(request);
  });
  const desk = clientTo(url);
  for (const _ of [1, 2, 3]) await desk.sendText(141, { content: "Hello" });
  assert.deepEqual(
    seen.map(([method]) => method),
    ["HEAD", "POST", "POST", "POST"],
  );
  const keys = seen.slice(1).map(([, headers]) => headers["idempotency-key"]);
  assert.equal(new Set(keys).size, 3);
  for (const key of keys) assert.match(key, /^"[\da-f]{32}";store="[\w.-]+";try=1$/);
  const plain = seen[1][1];
  for (const name of Object.keys(plain)) assert.doesNotMatch(name, /^x-|livedesk/);
});

test("what the proxy refuses by itself is rejected, and nothing was sent", async (t) => {
  const server = await startServer(t);
  const cases = [
    [{ allow: () => false }, 403],
    [{ maxBytes: 10 }, 413],
    [{ prefix: "/elsewhere" }, 404],
    [{ allow: () => new Response("no", { status: 401 }) }, 401],
  ];
  for (const [options, status] of cases) {
    const { url } = await serveHandler(t, proxyTo(server, options));
    const { error } = await settled(clientTo(url).sendText(141, { content: "Hello" }));
    assert.deepEqual([error.name, error.status, error.outcome], ["ApiError", status, "rejected"]);
  }
  for (const response of [
    () => new Response("{}"),
    () => new Response("", { status: 500 }),
    () => Response.redirect("https://x.example"),
  ]) {
    const { url } = await serveHandler(t, proxyTo(server, { allow: response }));
    const { error } = await settled(clientTo(url).sendText(141, { content: "Hello" }));
    assert.equal(error.outcome, "not_sent");
  }
  assert.equal(server.requests.length, 0);
});

test("waits for a request of the same key that is still under way", async (t) => {
  const server = await startServer(t, async (_, response) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    reply(response, 200, MESSAGE);
  });
  const { url } = await serveHandler(t, proxyTo(server));
  const message = await clientTo(url, { timeout: 700, maxRetries: 5 }).sendText(141, { content: "Hello" });
  assert.deepEqual(message, MESSAGE);
  assert.equal(server.requests.length, 1);
});

test("a proxy that was restarted between two calls is asked which store it has", async (t) => {
  const server = await startServer(t);
  let handle = proxyTo(server);
  const { url } = await serveHandler(t, (request) => handle(request));
  const desk = clientTo(url);
  await desk.sendText(141, { content: "Hello" });
  handle = proxyTo(server);
  const { error } = await settled(desk.sendText(141, { content: "Hello" }));
  assert.equal(error.outcome, "unknown");
  await desk.sendText(141, { content: "Hello" });
  assert.equal(server.requests.length, 2);
});

test("refuses proxy: true without a backend, or with the credentials that the backend adds", () => {
  for (const options of [
    { proxy: true, apiKey: "k", apiSecret: "s" },
    { proxy: true, authorization: "Bearer x" },
    { proxy: true, apiKey: "k", apiSecret: "s", baseUrl: "https://desk.example" },
    { proxy: "yes", baseUrl: "https://desk.example" },
  ]) {
    assert.throws(() => new livedesk.LiveDesk(options), { name: "ValidationError" });
  }
});
