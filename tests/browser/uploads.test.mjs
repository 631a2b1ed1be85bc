// onUploadProgress in real browsers, by XMLHttpRequest: what is told is honest, and what a call comes to is the same as by
// fetch, whatever the server does.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import test, { after, describe } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { inPackage } from "../lib/package.mjs";
import { MESSAGE, reply } from "../lib/servers.mjs";
import { startChromium } from "../matrix/browsers/chromium.mjs";
import { ensureBrowsers } from "../matrix/browsers/ensure.mjs";
import { startFirefox } from "../matrix/browsers/firefox.mjs";
import { startWebKit } from "../matrix/browsers/webkit.mjs";

const missing = await ensureBrowsers(() => {});
const PAGE_MS = 40_000;
const BYTES = 6_000_000;

/** Sends a file in the way that the address names, and says what came of it. */
const PROGRAM = `
import { LiveDesk } from "/package/index.js";
export async function run({ fault, bytes, shows, abortsAt, options = {}, requestOptions = {} }) {
  const file = new File([new Uint8Array(bytes).map((_, index) => index % 251)], "a.bin");
  const told = [];
  const controller = new AbortController();
  const onUploadProgress = ({ phase, loaded, total }) => {
    told.push({ phase, loaded, total, at: Math.round(performance.now()) });
    if (loaded >= abortsAt) controller.abort("enough");
  };
  const progress = shows === false ? {} : { onUploadProgress };
  try {
    const desk = new LiveDesk({ baseUrl: new URL("/" + fault, location.href), ...options });
    const message = await desk.sendAttachments(141, { attachments: [file] }, { timeout: 1500, maxRetries: 1, signal: controller.signal, ...progress, ...requestOptions });
    return { status: message.status, told };
  } catch (error) {
    const { name, code, outcome, attempts, status, issues } = error;
    return { name, code, outcome, attempts, status, path: issues?.[0].path, told };
  }
}`;
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module">
import { run } from "/program.js";
const asked = JSON.parse(decodeURIComponent(location.search.slice(1)));
let worker;
const inWorker = () => new Promise((resolve) => {
  worker = asked.worker === "shared" ? new SharedWorker("/worker.js", { type: "module" }).port : new Worker("/worker.js", { type: "module" });
  worker.onmessage = ({ data }) => resolve(data);
  worker.postMessage(asked);
});
document.title = JSON.stringify(await (asked.worker ? inWorker() : run(asked)));
</script></html>`;
const WORKER = `
import { run } from "/program.js";
const serve = (port) => { port.onmessage = async ({ data }) => port.postMessage(await run(data)); };
if ("onconnect" in globalThis) onconnect = ({ ports: [port] }) => serve(port);
else serve(globalThis);`;

/** What the server does with a whole form; \`stores\` says whether it keeps it. */
const FAULTS = {
  takes: { answer: (response) => reply(response, 200, MESSAGE) },
  refuses: { answer: (response) => reply(response, 422, { message: "x", attributes: ["content"] }) },
  breaks: { answer: (response) => reply(response, 500, { error: "x" }) },
  limits: {
    answer: (response, count) =>
      count === 1 ? reply(response, 429, "", { "Retry-After": "0" }) : reply(response, 200, MESSAGE),
  },
  cuts: {
    answer: (response) => {
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": 999 });
      response.write('{"id":');
      setTimeout(() => response.destroy(), 50);
    },
  },
  resets: { answer: (response) => response.destroy() },
  hangs: { answer: () => {} },
  floods: { answer: (response) => reply(response, 200, "x".repeat(3_000_000)) },
  redirects: { answer: (response) => reply(response, 307, "", { Location: "/takes/elsewhere" }) },
};

async function startServer(t) {
  const stored = [];
  const server = createServer(async (request, response) => {
    try {
      const [, first, ...rest] = request.url.split("?")[0].split("/");
      if (Object.hasOwn(FAULTS, first)) {
        const chunks = [];
        for await (const chunk of request) {
          chunks.push(chunk);
          if (chunks.length % 8 === 0) await sleep(4);
        }
        stored.push({ path: request.url, headers: request.headers, bytes: Buffer.concat(chunks).length });
        return FAULTS[first].answer(response, stored.length);
      }
      const type = first === "" ? "text/html" : "text/javascript";
      const own = { "": PAGE, "program.js": PROGRAM, "worker.js": WORKER }[first];
      const body = own ?? (await readFile(inPackage(...rest)));
      response.writeHead(200, { "Content-Type": type });
      response.end(body);
    } catch {
      response.destroy();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}`, stored };
}

function assertHonest(told, bytes = BYTES) {
  const order = ["sending", "waiting", "done"];
  for (const [index, now] of told.entries()) {
    assert.equal(now.total, bytes);
    assert.ok(now.loaded >= 0 && now.loaded <= bytes, JSON.stringify(now));
    const before = told[index - 1];
    if (!before) continue;
    assert.ok(now.loaded >= before.loaded && order.indexOf(now.phase) >= order.indexOf(before.phase));
    assert.ok(told.filter(({ at }) => at > now.at - 1000 && at <= now.at).length <= 20);
  }
}

function testUploads(name, start) {
  const skip = missing[name] ? `NO ${name}: ${missing[name]}` : false;
  describe(`in ${name}`, { timeout: 600_000 }, () => {
    let browser;
    after(() => browser?.close());
    const open = async (server, asked) => {
      browser ??= await start();
      const about = encodeURIComponent(JSON.stringify({ bytes: BYTES, ...asked }));
      return JSON.parse(await browser.read(`${server.url}/?${about}`, PAGE_MS));
    };

    for (const worker of [undefined, "dedicated", "shared"]) {
      test(`tells of an upload from ${worker ? `a ${worker} worker` : "a page"}`, { skip }, async (t) => {
        const server = await startServer(t);
        const { status, told, ...error } = await open(server, { fault: "takes", worker });
        assert.equal(status, "sent", JSON.stringify(error));
        assertHonest(told);
        assert.deepEqual([told[0].phase, told[0].loaded], ["sending", 0]);
        assert.deepEqual(
          told.slice(-2).map(({ phase, loaded }) => [phase, loaded]),
          [
            ["waiting", BYTES],
            ["done", BYTES],
          ],
        );
        assert.equal(server.stored.length, 1);
        assert.match(server.stored[0].headers["content-type"], /^multipart\/form-data; boundary=/);
        assert.equal(server.stored[0].headers.accept, "application/json");
      });
    }

    for (const fault of Object.keys(FAULTS).filter((fault) => fault !== "redirects")) {
      test(`where the server ${fault}, a call comes to the same with it as without`, { skip }, async (t) => {
        const ends = [];
        // A large file is given more time.
        const bytes = fault === "hangs" ? 1000 : BYTES;
        for (const shows of [true, false]) {
          const server = await startServer(t);
          const { told, ...end } = await open(server, { fault, shows, bytes });
          if (shows) assertHonest(told, bytes);
          assert.equal(
            told.some(({ phase }) => phase === "done"),
            shows && end.status === "sent",
          );
          ends.push({ ...end, requests: server.stored.length });
        }
        assert.deepEqual(ends[0], ends[1]);
      });
    }

    test("a redirect that it follows leaves it unknown what became of the message", { skip }, async (t) => {
      const server = await startServer(t);
      const { outcome, told } = await open(server, { fault: "redirects" });
      assert.equal(outcome, "unknown");
      assertHonest(told);
    });

    test("the caller's abort ends it in the middle", { skip }, async (t) => {
      const server = await startServer(t);
      const end = await open(server, { fault: "takes", abortsAt: 1 });
      assert.deepEqual([end.name, end.attempts, end.status], ["AbortError", 1, undefined]);
    });

    test("with credentials in the page it is refused, and nothing is sent", { skip }, async (t) => {
      const server = await startServer(t);
      const options = { apiKey: "key", apiSecret: "secret", dangerouslyAllowBrowser: true };
      const end = await open(server, { fault: "takes", options });
      assert.deepEqual([end.name, end.path], ["ValidationError", "requestOptions.onUploadProgress"]);
      assert.equal(server.stored.length, 0);
    });
  });
}

testUploads("Chromium", startChromium);
testUploads("Firefox", startFirefox);
testUploads("WebKitGTK", startWebKit);
