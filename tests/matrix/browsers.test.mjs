// The conformance suite in real browsers: in a page and in every kind of worker that they have.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startConformanceServer } from "../conformance/server.mjs";
import { startChromium } from "./browsers/chromium.mjs";
import { ensureBrowsers } from "./browsers/ensure.mjs";
import { startFirefox } from "./browsers/firefox.mjs";
import { pages } from "./browsers/pages.mjs";
import { startWebKit } from "./browsers/webkit.mjs";
import { cell } from "./lib/cell.mjs";
import { checkResult } from "./lib/check-result.mjs";
import { Unavailable } from "./lib/tools.mjs";

const STARTS = { Chromium: startChromium, Firefox: startFirefox, WebKitGTK: startWebKit };
/** What the global object of each says that it is: nothing runs elsewhere unnoticed. */
const REALMS = {
  window: "[object Window]",
  "dedicated worker": "[object DedicatedWorkerGlobalScope]",
  "shared worker": "[object SharedWorkerGlobalScope]",
  "service worker": "[object ServiceWorkerGlobalScope]",
};
const SUITE_MS = 60_000;
const PAGE_MS = 20_000;

const reasons = await ensureBrowsers(console.log);
const server = await startConformanceServer({ after }, { pages });

for (const [name, start] of Object.entries(STARTS)) {
  let starting;
  after(async () => (await starting?.catch(() => {}))?.close());

  /** What a page says in the end; the first that asks starts the browser. */
  const open = async (page, ms) => {
    if (reasons[name]) throw new Unavailable(reasons[name]);
    starting ??= start();
    const { version, read } = await starting;
    return { version, said: JSON.parse(await read(`${server.url}/browsers/${page}/`, ms)) };
  };

  for (const [how, realm] of Object.entries(REALMS)) {
    cell({ group: "browser", in: name, how, inCi: true }, async () => {
      const { version, said } = await open(how.replace(" ", "-"), SUITE_MS);
      if (said.lack) throw new Unavailable(`${name} ${version} has no ${said.lack}`);
      assert.equal(said.broken, undefined);
      assert.equal(said.realm, realm);
      return checkResult({ ...said, version });
    });
  }

  cell({ group: "browser", in: name, how: "strict Content-Security-Policy", inCi: true }, async () => {
    const { version, said } = await open("with-wasm", PAGE_MS);
    const sent = { status: "sent", requests: 1 };
    assert.deepEqual(said, { page: sent, worker: sent });
    return { version };
  });

  for (const how of ["cut off", "not found"]) {
    test(`${name} tries the engine again that was ${how}, by an address that it does not remember`, async (t) => {
      if (reasons[name]) return t.skip(reasons[name]);
      const { said } = await open(`engine-${how.replace(" ", "-")}`, PAGE_MS);
      assert.equal(said.broken, undefined);
      const endings = said.sent.map(({ name, outcome, status, requests }) => [
        name ?? status,
        outcome,
        requests,
      ]);
      const lost = ["LoadError", "not_sent", 0];
      const sent = ["sent", undefined, 1];
      assert.deepEqual(endings, [lost, lost, sent, sent]);
    });
  }

  test(`${name}'s service worker without the engine is a LoadError that says what to import`, async (t) => {
    if (reasons[name]) return t.skip(reasons[name]);
    const { said } = await open("alone-in-service-worker", PAGE_MS);
    assert.equal(said.broken, undefined);
    assert.deepEqual([said.name, said.outcome, said.requests], ["LoadError", "not_sent", 0]);
    assert.match(said.message, /a service worker has to import "engagelab-livedesk\/engine" too/);
  });

  test(`${name}'s refusal of WebAssembly is a LoadError that says what to add to the policy`, async (t) => {
    if (reasons[name]) return t.skip(reasons[name]);
    const { said } = await open("without-wasm", PAGE_MS);
    for (const { message, ...fields } of [said.page, said.worker]) {
      const expected = { name: "LoadError", code: "load_failed", outcome: "not_sent", requests: 0 };
      assert.deepEqual(fields, expected);
      assert.match(message, /policy forbids WebAssembly; add 'wasm-unsafe-eval' to its script-src\./i);
    }
  });
}
