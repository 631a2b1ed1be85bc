// What has to be true of an app that was built or is being served: opened in Chromium, or run.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after } from "node:test";
import { assertCalls } from "../../browser/four-calls.mjs";
import { launchChromium } from "../../lib/chromium.mjs";
import { run } from "../../lib/command.mjs";
import { startSandbox } from "../../lib/servers.mjs";
import { openPage, startSite } from "../../lib/site.mjs";
import { scriptsOf } from "./app.mjs";

const RELOAD_MS = 500;
const NODE_MODULE = /(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*["'`](?:node:|fs["'`]|path["'`])/;

let browser;

after(async () => (await browser)?.close());

/** One browser for all cells of a file. */
export function chromium() {
  browser ??= launchChromium();
  return browser;
}

/** Opens the output of a production build. */
export async function proveBuild(t, output, options) {
  await assertForPages(output);
  const site = await startSite(t, output);
  await provePage(t, site, `${site.url}/`, options);
}

/** Opens a page that sends to `site` below its own /desk; `worker`: whether one of its workers sends too. */
export async function provePage(t, site, url, { worker = true } = {}) {
  const { page, problems } = await openPage(t, await chromium(), url);
  try {
    await page.waitForFunction(() => globalThis.result !== undefined);
    await page.evaluate(() => {
      globalThis.isFirstLoad = true;
    });
  } catch (error) {
    throw new Error(`the page has not started: ${problems.join("; ")}`, { cause: error });
  }
  assertCalls(await page.evaluate(() => globalThis.result), site);
  if (worker) {
    assert.equal(await page.evaluate(() => globalThis.sendFromWorker()), "sent");
    assert.deepEqual(
      site.conversations.get(142).map(({ content }) => content),
      ["From a worker"],
    );
  }
  // A dev server that finds out late what it has to prepare would reload the page about now.
  await page.waitForTimeout(RELOAD_MS);
  assert.equal(site.requests.length, worker ? 7 : 6);
  assert.ok(await page.evaluate(() => globalThis.isFirstLoad), "the page was reloaded");
  assert.deepEqual(problems, []);
}

/** A page has none of Node's modules, so no script of it may ask for one. */
export async function assertForPages(output) {
  const scripts = Object.entries(await scriptsOf(output));
  assert.ok(scripts.length > 0, "the build made no script");
  for (const [name, text] of scripts) assert.doesNotMatch(text, NODE_MODULE, name);
}

/** Runs what was built of app/send-node.js. */
export async function proveProgram(t, command, folder) {
  const sandbox = await startSandbox(t, { apiKey: "key", apiSecret: "secret" });
  const SENT_FILE = join(folder, "sent.txt");
  await writeFile(SENT_FILE, "Hello, file");
  const { code, output } = await run(command, {
    cwd: folder,
    env: { SANDBOX_URL: sandbox.url, SENT_FILE },
  });
  assert.equal(code, 0, output);
  const [, json] = /^RESULT (.+)$/m.exec(output) ?? assert.fail(output);
  assert.equal(output.trim(), `RESULT ${json}`, "it printed more");
  assert.deepEqual(JSON.parse(json), {
    statuses: ["sent", "sent"],
    refused: "not_sent",
    reserved: true,
    server: "function",
  });
  const [text, file] = sandbox.messages(141);
  assert.equal(text.content, "Grüße 👋");
  assert.equal(await file.attachments[0].blob.text(), "Hello, file");
}
