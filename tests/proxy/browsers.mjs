// Real browsers, which repeat a POST by themselves when a connection that was used before breaks without an answer: with
// every fault between page and proxy, one message at most is stored, and the page is told what became of it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import test, { after, describe } from "node:test";
import { fileURLToPath } from "node:url";
import { FAULTS } from "../faults/faults.mjs";
import { startFaultServer } from "../faults/server.mjs";
import { inPackage } from "../lib/package.mjs";
import { closedPort, startServer } from "../lib/servers.mjs";
import { ensureBrowsers } from "../matrix/browsers/ensure.mjs";
import { proxyTo, serveHandler } from "./desk.mjs";
import { startMiddleman, WAYS } from "./middleman.mjs";

const PROXY = fileURLToPath(new URL("programs/proxy.mjs", import.meta.url));
const missing = await ensureBrowsers(() => {});
const PAGE_MS = 40_000;

/** Sends a text and a file, and says what came of them. */
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module">
import { LiveDesk, outcomeText } from "/package/index.js";
const desk = new LiveDesk({ baseUrl: "/livedesk", proxy: true, timeout: 2_500, totalTimeout: 30_000, maxRetries: 5 });
const end = (call) => call.then(
  (message) => ({ status: message.status }),
  (error) => ({ name: error.name, outcome: error.outcome, shown: outcomeText(error) }),
);
const is = location.search.slice(1);
const file = new File([new Uint8Array(200_000)], "a.bin");
const call = is === "file" ? desk.sendAttachments(141, { attachments: [file] }) : desk.sendText(141, { content: "Hello" });
document.title = JSON.stringify(await end(call));
</script></html>`;

/** A site with the page, the package and a proxy. */
function siteOf(handle, page = PAGE) {
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/livedesk/")) return handle(request);
    if (pathname === "/") return new Response(page, { headers: { "Content-Type": "text/html" } });
    const bytes = await readFile(inPackage(...pathname.split("/").slice(2)));
    return new Response(bytes, { headers: { "Content-Type": "text/javascript" } });
  };
}

/** Hands a request on, as what stands in front of a site's processes does. */
function passTo(place) {
  return async ({ method, url, headers, body }) => {
    const { pathname, host } = new URL(url);
    const sent = new Headers(headers);
    sent.set("X-Forwarded-Host", host);
    return fetch(place() + pathname, { method, headers: sent, body, duplex: "half", redirect: "manual" });
  };
}

/** One browser for all tests of a name: gives what a page says in the end. */
function browserOf(start) {
  let browser;
  after(() => browser?.close());
  return async (url) => {
    browser ??= await start();
    return JSON.parse(await browser.read(url, PAGE_MS));
  };
}

/** `start` starts it. */
export function testBrowser(name, start) {
  const skip = missing[name] ? `NO ${name}: ${missing[name]}` : false;
  describe(`in ${name}`, { timeout: 600_000 }, () => {
    const open = browserOf(start);

    for (const [fault, way] of Object.entries(WAYS)) {
      for (const what of way.breaks || way.twice ? ["text"] : ["text", "file"]) {
        test(`${fault}: a ${what} is sent once, and the page has its answer`, { skip }, async (t) => {
          const server = await startServer(t);
          const site = await serveHandler(t, siteOf(proxyTo(server)));
          const middle = await startMiddleman(t, site.url, way);
          const told = await open(`${middle.url}/?${what}`);
          assert.equal(server.requests.length, 1);
          assert.deepEqual(told, { status: "sent" });
        });

        test(`${fault}, then a second proxy: a ${what} is sent once at most, and the page is told`, {
          skip,
        }, async (t) => {
          const server = await startServer(t);
          const sites = [];
          for (const _ of [1, 2]) sites.push(await serveHandler(t, siteOf(proxyTo(server))));
          const middle = await startMiddleman(t, sites[0].url, way, sites[1].url);
          const told = await open(`${middle.url}/?${what}`);
          assert.ok(server.requests.length <= 1);
          if (told.status) assert.equal(server.requests.length, 1);
          else assert.equal(told.outcome, "unknown", JSON.stringify(told));
        });
      }
    }

    test("a page of another site may send only where it is listed", { skip }, async (t) => {
      const server = await startServer(t);
      for (const isListed of [true, false]) {
        let handle;
        const desk = await serveHandler(t, (request) => handle(request));
        const text = PAGE.replace('"/livedesk"', `"${desk.url}/livedesk"`);
        const page = await serveHandler(t, (request) => siteOf(undefined, text)(request));
        handle = proxyTo(server, { origins: [isListed ? page.url : "https://app.example.com"] });
        const before = server.requests.length;
        const told = await open(`${page.url}/?text`);
        assert.equal(told.status, isListed ? "sent" : undefined, JSON.stringify(told));
        assert.equal(server.requests.length - before, isListed ? 1 : 0);
      }
    });
  });
}

/** The same for what breaks behind a proxy. */
export function testBehind(name, start) {
  const skip = missing[name] ? `NO ${name}: ${missing[name]}` : false;
  describe(`in ${name}`, { timeout: 600_000 }, () => {
    const open = browserOf(start);

    for (const fault of FAULTS.filter(({ error }) => error !== "TimeoutError")) {
      test(`${fault.name} between proxy and LiveDesk: stored once at most, and the page is told the truth`, {
        skip,
      }, async (t) => {
        const seen = await startFaultServer(t, fault);
        const other = await startFaultServer(t, { atEnd: (exchange) => exchange.succeed() });
        seen.elsewhere = other.url;
        const site = await serveHandler(t, siteOf(proxyTo(fault.refuses ? await closedPort() : seen)));
        const told = await open(`${site.url}/?text`);
        assert.ok(seen.stored <= 1, `stored ${seen.stored} times`);
        assert.equal(other.connections, 0);
        const outcome = told.status ? "sent" : told.outcome;
        const stored = { sent: [1], failed: [1], rejected: [0], not_sent: [0], unknown: [0, 1] }[outcome];
        assert.ok(stored.includes(seen.stored), `${outcome}, but stored ${seen.stored}`);
      });
    }

    test("a proxy killed in the middle: the page is told unknown, and the next one sends nothing again", {
      skip,
    }, async (t) => {
      let child;
      const server = await startServer(t, async () => child.kill("SIGKILL"));
      child = spawn(process.execPath, [PROXY, server.url], { stdio: ["ignore", "pipe", "inherit"] });
      t.after(() => child.kill("SIGKILL"));
      const [own] = await once(child.stdout.setEncoding("utf8"), "data");
      const second = await serveHandler(t, siteOf(proxyTo(server)));
      const page = await serveHandler(t, siteOf(passTo(() => (child.killed ? second.url : own.trim()))));
      const told = await open(`${page.url}/?text`);
      assert.equal(told.outcome, "unknown", JSON.stringify(told));
      assert.equal(server.requests.length, 1);
    });
  });
}
