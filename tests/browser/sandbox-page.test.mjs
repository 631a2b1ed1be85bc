// The page at /__sandbox, in Chromium.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launchChromium } from "../lib/chromium.mjs";
import { clientOf, sandboxOnPort } from "../lib/package.mjs";
import { openPage } from "../lib/site.mjs";

const browser = await launchChromium();
after(() => browser.close());
const served = await sandboxOnPort.serveSandbox();
after(served.close);
const desk = clientOf(served, { maxRetries: 0 });
const MARKUP = "<img src=x onerror=\"document.title='broken in'\">";

const open = (t) => openPage(t, browser, `${served.url}/__sandbox`);
const shown = (page, text) =>
  page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: 10_000 });

/** Some of everything that the page can show. */
async function fill() {
  served.sandbox.reset();
  await desk.sendText(141, { content: `Hello ${MARKUP}` });
  const file = new File(["Size,Price\n"], "prices.csv", { type: "text/csv" });
  await desk.sendAttachments(141, { content: "Our prices", attachments: [file] });
  served.sandbox.script(142, [{ status: 503 }, { external_error: "131049: not delivered" }]);
  await desk.sendText(142, { content: "a" }).catch(() => {});
  await desk.sendText(142, { content: "Are you still there?" }).catch(() => {});
}

for (const width of [1440, 360]) {
  test(`shows what came in and what is stored as it comes, ${width} pixels wide`, async (t) => {
    served.sandbox.reset();
    const { page, problems } = await open(t);
    await page.setViewportSize({ width, height: 900 });
    await shown(page, "None yet.");
    await shown(page, "No message is stored.");
    await fill();
    await shown(page, "Conversation 142");
    await shown(page, "131049: not delivered");
    await shown(page, "file, 11 bytes");
    assert.equal(await page.locator("#requests details").count(), 4);
    assert.equal(await page.locator("#requests .bad").count(), 1);
    await page.locator("#requests details").last().locator("summary").click();
    await shown(page, '"authorization": "Basic [masked]"');
    // What others wrote stays text.
    assert.equal(await page.title(), "LiveDesk sandbox");
    assert.equal(await page.locator("img").count(), 0);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(overflow, 0);
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/sandbox-${width}.png` });
    await page.getByRole("button").click();
    await shown(page, "No message is stored.");
    assert.equal(served.sandbox.requests.length, 0);
    assert.deepEqual(problems, []);
  });
}
