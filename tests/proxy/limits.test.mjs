// How much goes through a proxy, and how little of it is held.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request } from "node:http";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { assertLinear } from "../lib/growth.mjs";
import { CREDENTIALS } from "../lib/package.mjs";
import { MESSAGE, startServer } from "../lib/servers.mjs";
import { form, fromPage, MESSAGES, proxyTo, proxyToSandbox, serveHandler, text, told } from "./desk.mjs";

const MIB = 1024 * 1024;
const LARGE_MIB = 300;
const MOST_HELD_MIB = 120;
const LARGE = fileURLToPath(new URL("programs/large.mjs", import.meta.url));

/** A stream of so many bytes, which counts what was asked of it. */
function endless(bytes, asked = { bytes: 0 }, beginning = "") {
  return new ReadableStream({
    pull(controller) {
      if (asked.bytes >= bytes) return controller.close();
      const piece = new Uint8Array(65_536);
      if (asked.bytes === 0) new TextEncoder().encodeInto(beginning, piece);
      asked.bytes += piece.length;
      controller.enqueue(piece);
    },
  });
}

test("refuses what says that it is larger than 42 MiB, without reading it", async () => {
  const { handle, requests } = proxyToSandbox();
  for (const type of ["application/json", "multipart/form-data; boundary=x"]) {
    const asked = { bytes: 0 };
    const headers = { "Content-Type": type, "Content-Length": String(42 * MIB + 1) };
    const response = await handle(fromPage(MESSAGES, { body: endless(43 * MIB, asked), headers }));
    assert.deepEqual([response.status, told(response)], [413, "refused"]);
    assert.ok(asked.bytes <= 65_536, `${asked.bytes} bytes were read`);
  }
  assert.equal(requests.length, 0);
});

test("stops at the limit where no length is given", async (t) => {
  const server = await startServer(t);
  const handle = proxyTo(server, { maxBytes: MIB });
  const asked = { bytes: 0 };
  const json = await handle(
    fromPage(MESSAGES, { body: endless(90 * MIB, asked), headers: { "Content-Type": "application/json" } }),
  );
  assert.deepEqual([json.status, told(json)], [413, "refused"]);
  assert.ok(asked.bytes < 2 * MIB);
  const headers = { "Content-Type": "multipart/form-data; boundary=x", "Idempotency-Key": "one" };
  const sent = await handle(fromPage(MESSAGES, { body: endless(90 * MIB, undefined, "--x"), headers }));
  assert.deepEqual([sent.status, told(sent)], [413, "lost"]);
  assert.equal(server.requests.length, 0);
  const again = await handle(fromPage(MESSAGES, { body: endless(90 * MIB, undefined, "--x"), headers }));
  assert.deepEqual([again.status, told(again)], [413, "refused"]);
  assert.equal(server.requests.length, 0);
});

test("takes what is just as large as it may be", async () => {
  const { handle } = proxyToSandbox({ maxBytes: 1000 });
  const body = JSON.stringify({ content: "x".repeat(1000 - 14) });
  assert.equal(body.length, 1000);
  assert.equal((await handle(fromPage(MESSAGES, { body }))).status, 200);
  assert.equal((await handle(fromPage(MESSAGES, { body: `${body} ` }))).status, 413);
});

test("a page that still uploads sees the 413", async (t) => {
  const { handle } = proxyToSandbox({ maxBytes: MIB });
  const { url } = await serveHandler(t, handle);
  const body = new Uint8Array(8 * MIB);
  const response = await fetch(url + MESSAGES, {
    method: "POST",
    body,
    headers: { "Content-Type": "application/json" },
  });
  assert.equal(response.status, 413);
});

test(`${LARGE_MIB} MiB go through it, and it holds less than ${MOST_HELD_MIB} MiB more`, {
  timeout: 110_000,
}, async (t) => {
  let received = 0;
  const desk = createServer((incoming, response) => {
    incoming.on("data", (piece) => {
      received += piece.length;
    });
    incoming.on("end", () => response.end(JSON.stringify(MESSAGE)));
  });
  await new Promise((resolve) => desk.listen(0, "127.0.0.1", resolve));
  t.after(() => desk.close());
  const child = spawn(process.execPath, [LARGE, `http://127.0.0.1:${desk.address().port}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(() => child.kill());
  const lines = child.stdout.setEncoding("utf8");
  const [first] = await once(lines, "data");
  const send = async (mib, key) => {
    const bytes = mib * MIB;
    const head = '--x\r\nContent-Disposition: form-data; name="attachments[]"; filename="a.bin"\r\n\r\n';
    const tail = "\r\n--x--\r\n";
    const outgoing = request(first.trim() + MESSAGES, {
      method: "POST",
      headers: {
        "Content-Type": "multipart/form-data; boundary=x",
        "Content-Length": head.length + bytes + tail.length,
        "Idempotency-Key": key,
      },
    });
    outgoing.write(head);
    const piece = Buffer.alloc(MIB, 13);
    for (let sent = 0; sent < mib; sent += 1) {
      if (!outgoing.write(piece)) await once(outgoing, "drain");
    }
    outgoing.end(tail);
    const [response] = await once(outgoing, "response");
    response.resume();
    return response;
  };
  const memory = async () => {
    const response = await fetch(`${first.trim()}/memory`);
    return Number(await response.text()) / MIB;
  };
  await send(20, "warm");
  const before = await memory();
  assert.equal((await send(LARGE_MIB, "large")).statusCode, 200);
  const after = await memory();
  assert.ok(received > LARGE_MIB * MIB);
  assert.ok(after - before < MOST_HELD_MIB, `${before} MiB before, ${after} MiB at most`);
  // Repeated, it is read for its fingerprint and goes nowhere.
  const again = await send(LARGE_MIB, "large");
  assert.equal(again.headers["idempotency-replayed"], "true");
  assert.ok(received < 2 * LARGE_MIB * MIB);
  assert.ok((await memory()) - before < MOST_HELD_MIB);
});

test("an answer without an end is given up", async () => {
  const { handle } = proxyToSandbox({
    fetch: async () =>
      new Response(endless(Number.POSITIVE_INFINITY), { headers: { "Content-Type": "application/json" } }),
  });
  const response = await handle(text("Hello", { key: "one" }));
  assert.deepEqual([response.status, told(response)], [502, "too_long;status=200"]);
  const page = proxyToSandbox({
    fetch: async () => new Response(endless(Number.POSITIVE_INFINITY), { status: 500 }),
  });
  const error = await page.handle(text("Hello"));
  assert.deepEqual([error.status, (await error.text()).length], [500, 65_536]);
});

test("a fingerprint and a search for credentials take time in proportion", async (t) => {
  const server = await startServer(t);
  const handle = proxyTo(server);
  let count = 0;
  for (const unit of ["\r", "\r\n--x", "\r\n-"]) {
    await assertLinear(async (size) => {
      const body = `--xx\r\n\r\n${unit.repeat(size)}\r\n--xx--\r\n`;
      count += 1;
      const headers = {
        "Content-Type": "multipart/form-data; boundary=xx",
        "Idempotency-Key": `key-${count}`,
      };
      await (await handle(fromPage(MESSAGES, { body: new TextEncoder().encode(body), headers }))).text();
    }, 20_000);
  }
  const { apiSecret } = CREDENTIALS;
  for (const unit of [apiSecret, apiSecret.slice(0, -1), '\\"', "%"]) {
    const desk = proxyToSandbox({ fetch: async () => Response.json({ id: 1, status: "sent", content }) });
    let content;
    await assertLinear(async (size) => {
      content = unit.repeat(Math.ceil(size / unit.length));
      await (await desk.handle(text("Hello"))).text();
    }, 15_000);
  }
});

test("a file of many small pieces goes through as it is", async () => {
  const { handle, conversations } = proxyToSandbox();
  const whole = form([new File(["a\r\n\r\nb\r\n--"], "a.txt", { type: "text/plain" })]);
  const bytes = new Uint8Array(await whole.clone().arrayBuffer());
  let at = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (at === bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + 1));
      at += 1;
    },
  });
  const headers = { "Content-Type": whole.headers.get("content-type"), "Idempotency-Key": "one" };
  assert.equal((await handle(fromPage(MESSAGES, { body, headers }))).status, 200);
  assert.equal(await conversations.get(141)[0].attachments[0].blob.text(), "a\r\n\r\nb\r\n--");
  const again = form([new File(["a\r\n\r\nb\r\n--"], "a.txt", { type: "text/plain" })], { key: "one" });
  assert.equal((await handle(again)).headers.get("idempotency-replayed"), "true");
});
