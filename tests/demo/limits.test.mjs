// What the demo's server does with too much, and with a page that goes away.

import assert from "node:assert/strict";
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { startServer } from "../../www/server.mjs";
import { json, MESSAGES, send, startUpstream } from "./helpers.mjs";

const MIB = 1024 * 1024;
const LIMIT = 64 * MIB;
const BLANKS = Buffer.alloc(MIB, " ");
const FORM = Buffer.from(BLANKS);
FORM.write("--x");
const SENT = '{"id":1,"status":"sent"}';

let upstream;
let respond;
let begun = () => {};
before(async () => {
  upstream = await startUpstream(
    (...exchange) => respond(...exchange),
    (...exchange) => begun(...exchange),
  );
});
after(() => upstream.close());

for (const mode of ["live", "in memory"]) {
  describe(`the demo's server, ${mode}`, () => {
    let server;
    before(async () => {
      const live = { apiKey: "key", apiSecret: "secret", baseUrl: upstream.url };
      server = await startServer({ port: 0, live: mode === "live" ? live : undefined });
      respond = (outgoing) => outgoing.writeHead(200, json()).end(SENT);
    });
    after(() => server.close());

    // The proxy streams forms; JSON it holds, up to 16 MiB.
    const [piece, type] =
      mode === "live" ? [FORM, { "Content-Type": "multipart/form-data; boundary=x" }] : [BLANKS, {}];

    /** A request whose body is still to be written. */
    function open(headers) {
      const to = { host: "127.0.0.1", port: server.port, method: "POST", path: MESSAGES, agent: false };
      const outgoing = httpRequest({ ...to, headers: { ...json(headers), ...type } });
      outgoing.on("error", () => {});
      outgoing.flushHeaders();
      return outgoing;
    }

    async function answerTo(outgoing) {
      const [incoming] = await once(outgoing, "response");
      let text = "";
      for await (const chunk of incoming.setEncoding("utf8")) text += chunk;
      return { status: incoming.statusCode, text };
    }

    async function write(outgoing, bytes) {
      for (let left = bytes; left > 0 && !outgoing.destroyed; left -= piece.length) {
        if (outgoing.write(piece.subarray(0, left))) continue;
        await Promise.race([once(outgoing, "drain"), once(outgoing, "close")]);
      }
    }

    test("answers 413 to what says that it is larger than 64 MiB, before any of it is there", async () => {
      const before = upstream.requests.length;
      const outgoing = open({ "Content-Length": 400_000_000 });
      const { status, text } = await answerTo(outgoing);
      assert.equal(status, 413);
      assert.match(text, mode === "live" ? /at most 67108864 bytes/ : /at most 64 MiB/);
      outgoing.destroy();
      assert.equal(upstream.requests.length, before);
    });

    test("answers 413 to what turns out to be larger", async () => {
      const before = upstream.requests.length;
      const outgoing = open({ "Transfer-Encoding": "chunked" });
      const answered = answerTo(outgoing);
      await write(outgoing, LIMIT + MIB);
      assert.equal((await answered).status, 413);
      outgoing.destroy();
      assert.equal(upstream.requests.length, before);
    });

    test("takes what is just as large, and goes on afterwards", async () => {
      const headers = { "Content-Length": LIMIT };
      const outgoing = open(headers);
      const answered = answerTo(outgoing);
      await write(outgoing, LIMIT - 2);
      outgoing.end("{}");
      assert.equal((await answered).status, 200);
      assert.equal((await send({ port: server.port, headers: json() })).status, 200);
    });

    test("prints nothing when a page goes away in the middle of its message, or of the answer", async (t) => {
      const printed = ["error", "warn", "info", "log"].map((name) => t.mock.method(console, name, () => {}));
      const warnings = [];
      const warned = (warning) => warnings.push(warning);
      process.on("warning", warned);
      t.after(() => process.off("warning", warned));
      respond = async (outgoing) => {
        outgoing.on("error", () => {});
        outgoing.writeHead(200, json()).write(SENT);
        await wait(100);
        outgoing.end();
      };
      const before = upstream.requests.length;
      const head = `POST ${MESSAGES} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Type: application/json\r\n`;
      for (const bytes of [
        `${head}Content-Length: 100\r\n\r\n{"content":`,
        `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"con`,
        `${head}Transfer-Encoding: chunked\r\n\r\nnonsense`,
      ]) {
        await leave(bytes, 50);
      }
      assert.equal(upstream.requests.length, before, "a message that was cut off was sent");
      for (const ms of [10, 60, 150]) await leave(`${head}Content-Length: 17\r\n\r\n{"content":"abc"}`, ms);
      await wait(200);
      assert.deepEqual(
        printed.flatMap(({ mock }) => mock.calls.map((call) => call.arguments)),
        [],
      );
      assert.deepEqual(warnings, []);
    });

    async function leave(bytes, ms) {
      const socket = connect(server.port, "127.0.0.1", () => socket.write(bytes));
      socket.on("error", () => {});
      await wait(ms);
      socket.resetAndDestroy();
      await wait(50);
    }

    if (mode === "live") {
      test("passes a message on as it comes, with its length", async () => {
        const beginning = new Promise((resolve) => {
          begun = resolve;
        });
        const outgoing = open({ "Content-Length": 2 * MIB + 2 });
        const answered = answerTo(outgoing);
        await write(outgoing, 2 * MIB);
        const incoming = await beginning;
        assert.equal(incoming.headers["content-length"], String(2 * MIB + 2));
        outgoing.end("{}");
        assert.equal((await answered).status, 200);
        assert.equal(upstream.requests.at(-1).body.length, 2 * MIB + 2);
      });

      test("passes on an answer that comes before the message is whole", async () => {
        begun = (_, outgoing) => outgoing.writeHead(413, json()).end("{}");
        const outgoing = open({ "Content-Length": 10 * MIB });
        // A form of which nothing comes is not passed on.
        outgoing.write(piece.subarray(0, 100));
        assert.equal((await answerTo(outgoing)).status, 413);
        outgoing.destroy();
        begun = () => {};
      });
    }
  });
}
