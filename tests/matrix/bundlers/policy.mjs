// A built page under a Content-Security-Policy; its worker too, which its own file's headers put under it.

import assert from "node:assert/strict";
import { join } from "node:path";
import { openPage, startSite } from "../../lib/site.mjs";
import { makeApp, writeHtml } from "./app.mjs";
import { bundlerCell } from "./cell.mjs";
import { MODULE_SCRIPT } from "./entries.mjs";
import { buildPage, version } from "./esbuild.mjs";
import { chromium, provePage } from "./prove.mjs";

const BACKEND = "connect-src 'self'";
const WHAT_TO_ADD =
  "the page's Content-Security-Policy forbids WebAssembly; add 'wasm-unsafe-eval' to its script-src";
const WHAT_BECAME = "Nothing was sent; the next call tries again.";
const FORBIDDEN = `The engine could not be loaded: ${WHAT_TO_ADD}. ${WHAT_BECAME}`;

export function policyCells() {
  bundlerCell({ in: "esbuild", how: "esm, with the README's policy", inCi: true }, async (t) => {
    const site = await startPage(t, `script-src 'self' 'wasm-unsafe-eval'; ${BACKEND}`);
    await provePage(t, site, site.url);
    return { version: await version() };
  });

  bundlerCell({ in: "esbuild", how: "esm, with a policy that forbids it", inCi: true }, async (t) => {
    const site = await startPage(t, `script-src 'self'; ${BACKEND}`);
    const { page } = await openPage(t, await chromium(), site.url);
    const told = await page.evaluate(() =>
      globalThis.result.catch(({ name, code, outcome, message }) => [name, code, outcome, message]),
    );
    assert.deepEqual(told, ["LoadError", "load_failed", "not_sent", FORBIDDEN]);
    assert.equal(await page.evaluate(() => globalThis.sendFromWorker()), `LoadError: ${FORBIDDEN}`);
    assert.deepEqual(site.requests, []);
    return { version: await version(), note: "a LoadError that says what to add" };
  });
}

async function startPage(t, policy) {
  const folder = await makeApp(t);
  const output = join(folder, "dist");
  await buildPage(folder, output);
  await writeHtml(output, MODULE_SCRIPT);
  return startSite(t, output, { "Content-Security-Policy": policy });
}
