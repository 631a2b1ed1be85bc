// Built apps whose engine comes later, or cannot: pages that are offline at their first call, and service workers.

import assert from "node:assert/strict";
import { join } from "node:path";
import { openPage, startSite } from "../../lib/site.mjs";
import { makeApp, writeHtml } from "./app.mjs";
import { bundlerCell } from "./cell.mjs";
import { MODULE_SCRIPT } from "./entries.mjs";
import { chromium } from "./prove.mjs";

/** `build(folder, output, entry)` builds a page of one entry, as `page.js` or by its `index.html`. */
export function offlineCell(name, version, build, { script = MODULE_SCRIPT, inCi = true } = {}) {
  bundlerCell({ in: name, how: "a page that is offline at its first call", inCi }, async (t) => {
    const folder = await makeApp(t);
    const output = join(folder, "dist");
    await writeHtml(folder, '<script type="module" src="./send-later.js"></script>');
    await build(folder, output, "send-later.js");
    if (script) await writeHtml(output, script);
    const site = await startSite(t, output);
    const { page } = await openPage(t, await chromium(), `${site.url}/`);
    await page.waitForFunction(() => globalThis.send !== undefined);
    const send = () => page.evaluate(() => globalThis.send());
    await page.context().setOffline(true);
    assert.deepEqual([await send(), await send()], ["LoadError not_sent", "LoadError not_sent"]);
    await page.context().setOffline(false);
    assert.equal(await send(), "sent");
    assert.equal(site.conversations.get(142).length, 1);
    return { version: await version() };
  });
}

/** `build(folder, output, entry)` builds the worker as `page.js`. */
export function serviceWorkerCell(name, how, version, build, { entry, type }) {
  bundlerCell({ in: name, how, inCi: true }, async (t) => {
    const folder = await makeApp(t);
    const output = join(folder, "dist");
    await build(folder, output, entry);
    await writeHtml(output, "");
    const site = await startSite(t, output);
    const { page } = await openPage(t, await chromium(), `${site.url}/`);
    const told = await page.evaluate(async (type) => {
      const { serviceWorker } = navigator;
      await serviceWorker.register("/page.js", { type });
      const { active } = await serviceWorker.ready;
      const { port1, port2 } = new MessageChannel();
      const answer = new Promise((resolve) => {
        port1.onmessage = ({ data }) => resolve(data);
      });
      active.postMessage("send", [port2]);
      return answer;
    }, type);
    assert.equal(told, "sent");
    assert.equal(site.conversations.get(142).length, 1);
    return { version: await version() };
  });
}
