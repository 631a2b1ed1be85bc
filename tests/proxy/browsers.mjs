// Real browsers, which repeat a POST by themselves when a connection that was used before breaks without an answer: with
// every fault between page and proxy, one message at most is stored, and the page is told what became of it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test, { after, describe } from "node:test";
import { inPackage } from "../lib/package.mjs";
import { startServer } from "../lib/servers.mjs";
import { ensureBrowsers } from "../matrix/browsers/ensure.mjs";
import { proxyTo, serveHandler } from "./desk.mjs";
import { startMiddleman, WAYS } from "./middleman.mjs";

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

/** `start` starts it. */
export function testBrowser(name, start) {
  const skip = missing[name] ? `NO ${name}: ${missing[name]}` : false;
  describe(`in ${name}`, { timeout: 600_000 }, () => {
    let browser;
    after(() => browser?.close());
    const open = async (url) => {
      browser ??= await start();
      return JSON.parse(await browser.read(url, PAGE_MS));
    };

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
