// The demo with credentials: what its server forwards to LiveDesk, and what it keeps to itself.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startServer } from "../../www/server.mjs";
import { HELLO, json, MESSAGES, runDemo, send, startUpstream } from "./helpers.mjs";

describe("the demo's server in live mode", () => {
  const CREDENTIALS = { apiKey: "key", apiSecret: "sécret:x" };
  const AUTHORIZATION = `Basic ${Buffer.from("key:sécret:x").toString("base64")}`;
  const SENT = '{"id":1,"status":"sent"}';
  let upstream;
  let server;
  let respond;
  before(async () => {
    upstream = await startUpstream((...exchange) => respond(...exchange));
    server = await startServer({ port: 0, live: { ...CREDENTIALS, baseUrl: `${upstream.url}/base/` } });
  });
  after(() => Promise.all([server.close(), upstream.close()]));

  test("adds the credentials, and passes on nothing that says who asked", async () => {
    respond = (outgoing) => outgoing.writeHead(200, json()).end(SENT);
    const headers = json({
      Accept: "application/json",
      Cookie: "session=1",
      Origin: server.url,
      Referer: server.url,
      Authorization: "Basic b3RoZXI6b3RoZXI=",
      "X-Other": "1",
    });
    const { status, text } = await send({ port: server.port, headers });
    assert.deepEqual([status, text], [200, SENT]);
    const request = upstream.requests.at(-1);
    assert.equal(request.path, `/base${MESSAGES}`);
    assert.equal(request.body, HELLO);
    assert.equal(request.headers.authorization, AUTHORIZATION);
    assert.equal(request.headers["content-type"], "application/json");
    assert.equal(request.headers.accept, "application/json");
    assert.equal(request.headers["content-length"], String(HELLO.length));
    for (const name of ["cookie", "origin", "referer", "x-other"])
      assert.equal(request.headers[name], undefined);
  });

  test("brings back the status, the type, Retry-After and the body, and no other header", async () => {
    const theirs = { "Content-Type": "text/html", "Retry-After": "7", "Set-Cookie": "a=b", "X-Other": "1" };
    respond = (outgoing) => outgoing.writeHead(429, theirs).end("Retry later");
    const { status, headers, text } = await send({ port: server.port, headers: json() });
    assert.deepEqual(
      [status, headers["content-type"], headers["retry-after"], text],
      [429, "text/plain; charset=utf-8", "7", "Retry later"],
    );
    assert.equal(headers["set-cookie"], undefined);
    assert.equal(headers["x-other"], undefined);
  });

  test("does not follow a redirect", async () => {
    respond = (outgoing) => outgoing.writeHead(307, { Location: `${upstream.url}/elsewhere` }).end();
    const before = upstream.requests.length;
    const { status, headers } = await send({ port: server.port, headers: json() });
    assert.deepEqual([status, headers["livedesk-proxy"]], [502, "answered;status=307"]);
    assert.equal(headers.location, undefined);
    assert.equal(upstream.requests.length, before + 1);
  });

  test("forwards the two documented paths and no other", async () => {
    respond = (outgoing) => outgoing.writeHead(200, json()).end(SENT);
    const before = upstream.requests.length;
    const retry = { port: server.port, path: `${MESSAGES}/29/retry?a=b`, body: "" };
    assert.equal((await send(retry)).status, 200);
    assert.equal(upstream.requests.at(-1).path, `/base${MESSAGES}/29/retry`);
    for (const path of [
      "/api/v2/accounts",
      `${MESSAGES}/`,
      `${MESSAGES}/29`,
      "/api/v2/accounts/conversations/x/messages",
    ]) {
      assert.equal((await send({ port: server.port, path })).status, 404, path);
    }
    assert.equal(upstream.requests.length, before + 1);
  });

  test("says that there was no answer when LiveDesk cannot be reached", async () => {
    respond = (outgoing) => outgoing.destroy();
    const { status, text } = await send({ port: server.port, headers: json() });
    assert.equal(status, 502);
    assert.doesNotMatch(text, /sécret|key/);
  });

  test("offers no sandbox failures", async () => {
    const { text } = await send({ port: server.port, method: "GET", path: "/sandbox.json" });
    assert.deepEqual(JSON.parse(text), { live: true, upstream: new URL(upstream.url).host, reserved: [] });
  });

  test("never sends the examples", async () => {
    const before = upstream.requests.length;
    const env = { LIVEDESK_API_KEY: "key", LIVEDESK_API_SECRET: "secret", LIVEDESK_BASE_URL: upstream.url };
    const { child, output, ended } = await runDemo([], env, "Serving until Ctrl-C");
    child.kill("SIGINT");
    assert.equal(await ended, 0);
    assert.match(output, /LIVE[\s\S]*NOT sent/);
    assert.doesNotMatch(output, /secret\b(?! stay)/);
    assert.equal(await (await runDemo(["--once"], env)).ended, 1);
    assert.equal(upstream.requests.length, before);
  });

  test("is refused when only half of it is set", async () => {
    const { output, ended } = await runDemo(["--once"], { LIVEDESK_API_KEY: "key" });
    assert.equal(await ended, 1);
    assert.match(output, /Set both LIVEDESK_API_KEY and LIVEDESK_API_SECRET/);
  });
});
