// A sandbox on a port: who may ask, and the look from outside.

import assert from "node:assert/strict";
import { once } from "node:events";
import { request as ask } from "node:http";
import { connect } from "node:net";
import { after, before, beforeEach, describe, test } from "node:test";
import { serveSandbox } from "../../pkg-template/sandbox/node.js";
import { AUTHORIZATION, pathOf, post as postTo } from "./helpers.mjs";

let served;
let url;
let sandbox;
const ended = [];
before(async () => {
  served = await serveSandbox({ hosts: ["desk.test"], onRequest: (request) => ended.push(request) });
  ({ url, sandbox } = served);
});
after(() => served.close());
beforeEach(() => {
  sandbox.reset();
  ended.length = 0;
});

const post = (conversation, body, base = url) => postTo(conversation, body, { fetch, base });

/** Node's fetch lets nobody choose a Host. */
function send(path, { method = "GET", headers = {}, body, base = url } = {}) {
  return new Promise((resolve, reject) => {
    const outgoing = ask(`${base}${path}`, { method, headers }, async (response) => {
      let text = "";
      for await (const chunk of response.setEncoding("utf8")) text += chunk;
      const isJson = response.headers["content-type"]?.startsWith("application/json");
      resolve({
        status: response.statusCode,
        headers: response.headers,
        body: isJson ? JSON.parse(text) : text,
      });
    });
    outgoing.on("error", reject).end(body);
  });
}

const look = async (path) => (await send(`/__sandbox/${path}`)).body;
const pull = (path, body) => send(`/__sandbox/${path}`, { method: "POST", body: JSON.stringify(body) });

describe("serveSandbox", () => {
  test("gives an address on loopback, the sandbox behind it, and a way to end it", async () => {
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    const message = await (await post(141, { content: "a" })).json();
    assert.equal(sandbox.conversations.get(141)[0].id, message.id);
    assert.equal(ended[0], sandbox.requests[0]);
    const other = await serveSandbox();
    assert.notEqual(other.url, url);
    await other.close();
    await assert.rejects(fetch(other.url), TypeError);
  });

  test("takes what createSandbox takes", async (t) => {
    const other = await serveSandbox({ apiKey: "k", apiSecret: "s", keep: 1 });
    t.after(other.close);
    assert.equal((await post(141, { content: "a" }, other.url)).status, 401);
    await assert.rejects(serveSandbox({ latency: -1 }), { name: "TypeError", message: /^latency/ });
  });

  test("refuses options that are none, and a port that is taken", async () => {
    for (const [options, sentence] of [
      [{ port: -1 }, /^port is/],
      [{ port: "80" }, /^port is/],
      [{ port: 65_536 }, /^port is/],
      [{ host: "" }, /^host is/],
      [{ host: 5 }, /^host is/],
      [{ hosts: "desk.test" }, /^hosts is/],
      [{ hosts: ["desk.test:80"] }, /^hosts is/],
      [{ hosts: ["a b"] }, /^hosts is/],
      [{ hosts: [5] }, /^hosts is/],
      [{ onRequest: 5 }, /^onRequest is/],
    ]) {
      await assert.rejects(serveSandbox(options), { name: "TypeError", message: sentence });
    }
    await assert.rejects(serveSandbox({ port: Number(new URL(url).port) }), { code: "EADDRINUSE" });
  });

  test("answers to the names it was given, with any port, and to no other", async () => {
    for (const name of ["127.0.0.1", "localhost", "[::1]", "desk.test", "DESK.test"]) {
      for (const host of [name, `${name}:1234`]) {
        assert.equal((await send("/x", { headers: { Host: host } })).status, 404, host);
        assert.equal((await send("/__sandbox/requests", { headers: { Host: host } })).status, 200, host);
      }
    }
    for (const host of [
      "evil.test",
      "desk.test.evil.test",
      "127.0.0.1.evil.test",
      "x@desk.test",
      "desk.test/",
    ]) {
      for (const path of ["/__sandbox", "/__sandbox/requests", pathOf(141)]) {
        assert.ok(
          [400, 403].includes((await send(path, { headers: { Host: host } })).status),
          `${host} ${path}`,
        );
      }
    }
    assert.equal(sandbox.requests.length, 10);
  });

  test("believes no address in the request line that its Host does not have", async () => {
    for (const [target, host] of [
      ["http://evil.test/__sandbox/requests", "localhost"],
      ["http://localhost/__sandbox/requests", "evil.test"],
    ]) {
      const socket = connect(new URL(url).port, "127.0.0.1");
      socket.write(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      const [answer] = await once(socket, "data");
      assert.match(String(answer), /^HTTP\/1\.1 403 /);
      socket.destroy();
    }
  });

  test("on every address answers to what it is called there", async (t) => {
    const other = await serveSandbox({ host: "0.0.0.0", hosts: ["desk"] });
    t.after(other.close);
    assert.match(other.url, /^http:\/\/127\.0\.0\.1:/);
    const status = async (Host) => (await send("/x", { headers: { Host }, base: other.url })).status;
    assert.equal(await status("desk:3900"), 404);
    assert.equal(await status("10.1.2.3"), 403);
  });

  for (const [step, code] of [
    [{ reset: true }, "ECONNRESET"],
    [{ refuse: true }, "UND_ERR_SOCKET"],
    ["offline", "UND_ERR_SOCKET"],
    [{ cut: "head" }, "UND_ERR_SOCKET"],
    [{ stall: 20 }, "UND_ERR_SOCKET"],
  ]) {
    test(`breaks the connection of ${JSON.stringify(step)}`, async () => {
      sandbox.script(141, [step]);
      const error = await post(141, { content: "a" }).catch((error) => error);
      assert.equal(error.cause?.code, code);
      assert.equal((await post(141, { content: "a" })).status, 200);
    });
  }
});

describe("the look from outside", () => {
  test("shows requests, all or the last ones, and conversations", async () => {
    for (const content of ["a", "b", "c"]) await post(141, { content });
    await post(142, { content: "d" });
    const numbers = async (path) => (await look(path)).map(({ number }) => number);
    assert.deepEqual(await look("requests"), JSON.parse(JSON.stringify(sandbox.requests)));
    assert.deepEqual(await numbers("requests?after=2"), [3, 4]);
    assert.deepEqual(await numbers("requests?last=1"), [4]);
    assert.deepEqual(await numbers("requests?after=x&last=-3"), [1, 2, 3, 4]);
    assert.deepEqual(await look("conversations"), [
      { id: 141, messages: 3 },
      { id: 142, messages: 1 },
    ]);
    assert.deepEqual(
      await look("conversations/141"),
      JSON.parse(JSON.stringify(sandbox.conversations.get(141))),
    );
    assert.deepEqual(await look("conversations/5"), []);
    // A look is no request.
    assert.equal(sandbox.requests.length, 4);
  });

  test("scripts, fails, delivers, advances and resets", async () => {
    assert.deepEqual(
      await pull("script", { conversationId: 141, steps: [{ status: 429 }] }).then(({ body }) => body),
      {
        ok: true,
      },
    );
    assert.equal((await post(141, { content: "a" })).status, 429);
    const { id } = await (await post(141, { content: "a" })).json();
    await pull("fail", { messageId: id, externalError: "131049: x", afterMs: 300_000 });
    assert.equal((await look("conversations/141"))[0].status, "sent");
    await pull("advance", { ms: 300_000 });
    assert.equal((await look("conversations/141"))[0].status, "failed");
    await pull("deliver", { messageId: id, status: "read" });
    assert.equal((await look("conversations/141"))[0].status, "read");
    assert.equal((await send("/__sandbox/reset", { method: "POST" })).status, 200);
    assert.deepEqual(await look("requests"), []);
  });

  test("says what is wrong, in JSON", async () => {
    for (const [path, body, status, sentence] of [
      ["script", { conversationId: 141, steps: [{ stauts: 1 }] }, 400, /^steps\[0\]\.stauts/],
      ["fail", { messageId: 5, externalError: "x" }, 400, /^messageId is 5/],
      ["advance", {}, 400, /^ms is/],
      ["nothing", {}, 404, /^There is no \/__sandbox\/nothing\.$/],
      ["__proto__", {}, 404, /^There is no/],
      ["requests", {}, 405, /^It takes GET\.$/],
    ]) {
      const answer = await pull(path, body);
      assert.equal(answer.status, status, path);
      assert.match(answer.body.error, sentence);
    }
    assert.equal((await send("/__sandbox/advance")).status, 405);
    for (const body of ["{", "5", "null"]) {
      assert.equal((await send("/__sandbox/script", { method: "POST", body })).status, 400, body);
    }
    const long = await send("/__sandbox/script", { method: "POST", body: " ".repeat(1024 * 1024 + 1) });
    assert.equal(long.status, 413);
  });

  test("is not for a web page of another origin", async () => {
    const port = new URL(url).port;
    for (const headers of [
      { Origin: "http://evil.test" },
      { Origin: "null" },
      { Origin: `http://localhost:${port}`, Host: `127.0.0.1:${port}` },
      { Origin: `https://127.0.0.1:${port}` },
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
    ]) {
      for (const [path, method] of [
        ["/__sandbox", "GET"],
        ["/__sandbox/requests", "GET"],
        ["/__sandbox/reset", "POST"],
      ]) {
        assert.equal((await send(path, { method, headers })).status, 403, JSON.stringify(headers));
      }
    }
    for (const headers of [
      { Origin: url, "Sec-Fetch-Site": "same-origin" },
      { "Sec-Fetch-Site": "none" },
      {},
    ]) {
      assert.equal((await send("/__sandbox/reset", { method: "POST", headers })).status, 200);
    }
  });

  test("has a page that brings everything along, under a policy that allows nothing else", async () => {
    const page = await send("/__sandbox");
    assert.equal(page.status, 200);
    assert.match(page.headers["content-security-policy"], /^default-src 'none'; script-src 'self'; /);
    const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source);
    for (const source of sources.filter((source) => source !== "data:,")) {
      assert.match(source, /^\/__sandbox\//);
      assert.equal((await send(source)).status, 200);
    }
    assert.doesNotMatch(page.body, /<script>|<style| on\w+=|style="/);
  });

  test("leaves LiveDesk's own paths alone", async () => {
    assert.equal((await send("/__sandboxed")).status, 404);
    const { status } = await send(pathOf(141), { method: "POST", headers: { Authorization: AUTHORIZATION } });
    assert.equal(status, 200);
  });
});
