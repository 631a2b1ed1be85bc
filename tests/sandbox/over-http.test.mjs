import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { serve } from "../../pkg-template/cli/serve.js";
import { AUTHORIZATION, form, pathOf, post, sandbox, stored } from "./helpers.mjs";

describe("over HTTP", () => {
  let server;
  let over;
  before(async () => {
    // Through a function, since every test has a sandbox of its own.
    server = await serve((request) => sandbox.fetch(request));
    over = { fetch, base: server.url };
  });
  after(() => server.close());

  test("listens on loopback and a free port", () => {
    assert.equal(server.url, `http://127.0.0.1:${server.port}`);
    assert.ok(server.port > 0);
  });

  test("answers JSON", async () => {
    const response = await post(141, { content: "Grüße 😀" }, over);
    assert.equal(response.status, 200);
    assert.equal((await response.json()).content, "Grüße 😀");
    assert.equal(stored(141).length, 1);
  });

  test("takes 8 MB of multipart", async () => {
    const bytes = new Uint8Array(8 * 1024 * 1024).fill(7);
    const file = new File([bytes], "big.mp4", { type: "video/mp4" });
    const message = await (await post(141, form({ "attachments[]": file }), over)).json();
    assert.equal(message.attachments[0].file_size, bytes.length);
    assert.equal(message.attachments[0].file_type, "video");
    assert.deepEqual(new Uint8Array(await stored(141)[0].attachments[0].blob.arrayBuffer()), bytes);
  });

  test("answers a large body without credentials with 401, and stays usable", async () => {
    const file = new File([new Uint8Array(4 * 1024 * 1024)], "big.bin");
    const headers = { Authorization: "" };
    const response = await post(141, form({ "attachments[]": file }), { ...over, headers });
    assert.equal(response.status, 401);
    await response.text();
    assert.equal((await post(141, { content: "a" }, over)).status, 200);
  });

  test("passes on redirects, empty answers and headers", async () => {
    const redirect = await fetch(server.url + pathOf(900302), {
      method: "POST",
      headers: { Authorization: AUTHORIZATION },
      redirect: "manual",
    });
    assert.equal(redirect.status, 302);
    assert.equal(redirect.headers.get("Location"), "/api/v2/elsewhere");
    const empty = await post(900204, { content: "a" }, over);
    assert.equal(empty.status, 204);
    assert.equal((await post(900503, { content: "a" }, over)).headers.get("Retry-After"), "1");
    assert.equal((await fetch(server.url, { method: "HEAD" })).status, 404);
  });

  test("breaks the connection in the middle of a cut answer", async () => {
    const response = await post(900206, { content: "a" }, over);
    assert.equal(response.status, 200);
    await assert.rejects(response.text());
    assert.equal(stored(900206).length, 1);
  });

  test("tells the handler when the client goes away", async () => {
    for (const id of [900207, 900999]) {
      const controller = new AbortController();
      const options = { ...over, signal: controller.signal };
      const work = post(id, { content: "a" }, options).then((response) => response.text());
      const ended = assert.rejects(work, { name: "AbortError" });
      while (stored(id).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      controller.abort();
      await ended;
    }
    const { promise, told } = listenForAbort();
    const deaf = await serve((request) => told(request));
    const socket = connect(deaf.port, "127.0.0.1", () => socket.write("POST / HTTP/1.1\r\nHost: x\r\n\r\n"));
    setTimeout(() => socket.destroy(), 50);
    assert.equal((await promise).name, "AbortError");
    await deaf.close();
  });

  test("survives clients that leave in the middle of a request or speak nonsense", async () => {
    const head = `POST ${pathOf(141)} HTTP/1.1\r\nHost: x\r\nAuthorization: ${AUTHORIZATION}\r\n`;
    const json = "Content-Type: application/json\r\n";
    for (const bytes of [
      `${head}${json}Content-Length: 100\r\n\r\n{"content":`,
      `${head}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 100\r\n\r\n--b\r\nContent-`,
      `${head}${json}Transfer-Encoding: chunked\r\n\r\n5\r\n{"con`,
      "nonsense\r\n\r\n",
      "",
    ]) {
      const socket = connect(server.port, "127.0.0.1", () => socket.write(bytes));
      socket.on("error", () => {});
      setTimeout(() => socket.resetAndDestroy(), 20);
      await once(socket, "close");
    }
    assert.equal((await post(142, { content: "a" }, over)).status, 200);
    assert.equal(stored(141).length, 0);
  });

  test("answers 400 to what no Request can express", async () => {
    for (const head of ["TRACE / HTTP/1.1\r\nHost: x", "POST / HTTP/1.1\r\nHost: a b"]) {
      const socket = connect(server.port, "127.0.0.1", () => socket.end(`${head}\r\n\r\n`));
      const [chunk] = await once(socket, "data");
      assert.match(String(chunk), /^HTTP\/1\.1 400 /);
      socket.destroy();
    }
  });

  test("answers 500 when the handler throws", async () => {
    const broken = await serve(() => {
      throw new Error("private");
    });
    const response = await fetch(broken.url);
    assert.equal(response.status, 500);
    assert.doesNotMatch(await response.text(), /private/);
    await broken.close();
  });

  test("closes while a request is under way", async () => {
    const other = await serve(sandbox.fetch);
    const work = post(900999, { content: "a" }, { fetch, base: other.url });
    const ended = assert.rejects(work);
    while (stored(900999).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await other.close();
    await ended;
  });

  test("rejects when the port is taken", async () => {
    await assert.rejects(serve(sandbox.fetch, { port: server.port }), { code: "EADDRINUSE" });
  });

  function listenForAbort() {
    let told;
    const promise = new Promise((resolve) => {
      told = (request) => {
        request.signal.addEventListener("abort", () => resolve(request.signal.reason));
        return new Promise(() => {});
      };
    });
    return { promise, told };
  }
});
