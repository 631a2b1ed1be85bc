// An app that takes the package from node_modules, built by Vite for production, in Chromium.

import assert from "node:assert/strict";
import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { build, createLogger } from "vite";
import { launchChromium } from "../lib/chromium.mjs";
import { makeConsumerFolder } from "../lib/installed.mjs";
import { inRoot } from "../lib/root.mjs";
import { openPage, startSite } from "../lib/site.mjs";
import { assertCalls } from "./four-calls.mjs";

const folder = await makeConsumerFolder({ after });
const output = join(folder, "dist");
const warnings = [];
await cp(inRoot("tests", "browser", "app"), folder, { recursive: true });
const logger = createLogger("warn");
logger.warn = logger.warnOnce = (text) => warnings.push(text);
await build({ root: folder, configFile: false, customLogger: logger, build: { outDir: output } });

const browser = await launchChromium();
after(() => browser.close());

test("the build warns of nothing, and takes none of Node's modules along", async () => {
  assert.deepEqual(warnings, []);
  const files = await readdir(output, { recursive: true });
  const scripts = files.filter((file) => file.endsWith(".js"));
  assert.ok(scripts.length > 0);
  for (const script of scripts) {
    assert.doesNotMatch(await readFile(join(output, script), "utf8"), /(import|from|require\()\s*["'`]node:/);
  }
});

test("the built app makes the four calls, without an error in the console or a failed request", async (t) => {
  const site = await startSite(t, output);
  const { page, problems } = await openPage(t, browser, site.url);
  await page.waitForFunction(() => globalThis.result !== undefined);
  assertCalls(await page.evaluate(() => globalThis.result), site);
  assert.deepEqual(problems, []);
});
