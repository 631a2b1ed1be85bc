// Whom the demo's server answers, and what it lets a browser do.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startServer } from "../../www/server.mjs";
import { json, send } from "./helpers.mjs";

describe("the demo's server", () => {
  let server;
  before(async () => {
    server = await startServer({ port: 0 });
  });
  after(() => server.close());

  test("answers a request of the terminal, which has neither Origin nor Sec-Fetch-Site", async () => {
    const { status, text } = await send({ port: server.port, headers: json() });
    assert.equal(status, 200);
    assert.equal(JSON.parse(text).content, "Hello");
  });

  test("answers its own page under both names of this machine", async () => {
    for (const host of [`127.0.0.1:${server.port}`, `localhost:${server.port}`]) {
      const headers = json({ Host: host, Origin: `http://${host}`, "Sec-Fetch-Site": "same-origin" });
      assert.equal((await send({ port: server.port, headers })).status, 200, host);
    }
  });

  test("refuses every other Host, for a page as for a message", async () => {
    for (const host of ["evil.example", `evil.example:${server.port}`, "127.0.0.1", "localhost:1"]) {
      for (const request of [{ method: "GET", path: "/" }, { headers: json() }]) {
        const headers = { ...request.headers, Host: host };
        assert.equal((await send({ port: server.port, ...request, headers })).status, 403, host);
      }
    }
  });

  test("refuses to send for any other site", async () => {
    const foreign = [
      { Origin: "https://evil.example" },
      { Origin: "null" },
      { Origin: "http://127.0.0.1:1" },
      { Origin: `https://127.0.0.1:${server.port}` },
      { Origin: `http://localhost:${server.port}` },
      { Origin: "https://evil.example", "Sec-Fetch-Site": "same-origin" },
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
    ];
    for (const headers of foreign) {
      const answer = await send({ port: server.port, headers: json(headers) });
      assert.equal(answer.status, 403, JSON.stringify(headers));
    }
  });

  test("protects the page by its headers", async () => {
    const { headers } = await send({ port: server.port, method: "GET", path: "/" });
    assert.match(
      headers["content-security-policy"],
      /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/,
    );
    assert.match(headers["content-security-policy"], /frame-ancestors 'none'/);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["referrer-policy"], "no-referrer");
  });
});
