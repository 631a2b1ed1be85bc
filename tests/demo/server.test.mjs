// What the demo's server serves: the page, the package and a LiveDesk in memory.

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

  test("refuses to be asked for messages", async () => {
    for (const method of ["GET", "HEAD", "PUT", "DELETE"]) {
      assert.equal((await send({ port: server.port, method })).status, 405, method);
    }
  });

  test("leaves credentials that were sent as they are", async () => {
    const headers = json({ Authorization: "Basic d3Jvbmc6d3Jvbmc=" });
    assert.equal((await send({ port: server.port, headers })).status, 401);
  });

  test("serves the page and the package, and nothing else of the project", async () => {
    const get = async (path) => (await send({ port: server.port, method: "GET", path })).status;
    for (const path of ["/", "/app.js", "/style.css", "/pkg/index.js", "/assets/parcel.png"]) {
      assert.equal(await get(path), 200, path);
    }
    for (const path of [
      "/server.mjs",
      "/terminal/seeds.mjs",
      "/package.json",
      "/pkg/../package.json",
      "/app/",
    ]) {
      assert.equal(await get(path), 404, path);
    }
  });

  test("breaks off where the sandbox breaks off, instead of answering 500", async () => {
    const path = "/api/v2/accounts/conversations/900206/messages";
    await assert.rejects(send({ port: server.port, path, headers: json() }), { code: "ECONNRESET" });
  });

  test("takes a free port when its own is taken", async () => {
    const second = await startServer({ port: server.port });
    assert.notEqual(second.port, server.port);
    await second.close();
  });
});
