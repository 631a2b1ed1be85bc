// The demo's page in Chromium: writing and sending messages.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startServer } from "../../www/server.mjs";
import { json, MESSAGES, NO_CHROMIUM, startUpstream, textOf, useBrowser } from "./helpers.mjs";

const idOf = async (bubble) => (await bubble.locator(".bubble-id").textContent()).slice(1);

describe("the demo's page", { skip: NO_CHROMIUM }, () => {
  const open = useBrowser();

  for (const [name, viewport] of [
    ["a desktop", { width: 1280, height: 900 }],
    ["a phone", { width: 390, height: 844 }],
  ]) {
    test(`sends all four kinds on ${name}, and shows the answers`, async () => {
      const { page, problems, sent, bubble, press } = await open(viewport);
      await press("Send text", "Sent.");
      const id = await idOf(bubble(0));
      await page.getByRole("button", { name: `Reply to message ${id}` }).click();
      await textOf(page).fill("Tomorrow before noon.");
      await page.getByLabel("Private note").check();
      await press("Send text", "Sent.");
      assert.match(
        await bubble(1).textContent(),
        new RegExp(`Private note.*Reply to ${id}.*Tomorrow.*sent`, "s"),
      );

      await page.getByRole("tab", { name: "Attachments" }).click();
      await page.getByRole("button", { name: "Use a sample" }).click();
      await page.getByRole("button", { name: "Remove chime.wav" }).waitFor();
      await press("Send files", "Sent.");
      assert.match(await bubble(2).textContent(), /parcel\.png.*chime\.wav.*Stored as image, audio/s);
      assert.equal(
        await bubble(2)
          .locator("img")
          .evaluate((image) => image.decode().then(() => image.naturalWidth)),
        320,
      );

      await page.getByRole("tab", { name: "Template" }).click();
      await press("Send template", "Sent.");
      assert.match(
        await bubble(3).textContent(),
        /order_update · en_US · MARKETING.*track\/12345.*OPT_OUT.*sent/s,
      );

      await page.getByLabel("Try a failure").selectOption("900131");
      await press("Send template", "it was not delivered;");
      assert.match(
        await bubble(0).textContent(),
        /failed131047: Re-engagement message.*check that the template is approved/s,
      );
      const failed = await idOf(bubble(0));
      await page.getByRole("tab", { name: "Retry" }).click();
      await page.getByRole("button", { name: `${failed} (131047)` }).click();
      await press("Retry message", "Retry accepted.");
      assert.doesNotMatch(await bubble(0).textContent(), /failed|131047/);

      const retried = `/api/v2/accounts/conversations/900131/messages/${failed}/retry`;
      assert.deepEqual(sent, [
        MESSAGES,
        MESSAGES,
        MESSAGES,
        MESSAGES,
        MESSAGES.replace("141", "900131"),
        retried,
      ]);
      assert.deepEqual(problems, []);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.equal(width, viewport.width, "the page can be scrolled sideways");
      await page.close();
    });
  }

  test("takes files that are dropped", async () => {
    const { page, bubble, press } = await open();
    await page.getByRole("tab", { name: "Attachments" }).click();
    const dropped = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(["%PDF-1.4"], "invoice.pdf", { type: "application/pdf" }));
      return data;
    });
    await page.dispatchEvent(".drop", "drop", { dataTransfer: dropped });
    await press("Send files", "Sent.");
    assert.match(await bubble(0).textContent(), /invoice\.pdf · 8 B.*Stored as file/s);
    await page.close();
  });

  test("shows what was written as text, never as HTML", async () => {
    const { page, problems, bubble, press } = await open();
    const written = '<img src="x" onerror="document.title = 1"><b>bold</b>';
    await textOf(page).fill(written);
    await press("Send text", "Sent.");
    assert.equal(await bubble(0).locator(".bubble-text").textContent(), written);
    assert.equal(await bubble(0).locator("img, b").count(), 0);
    assert.deepEqual(problems, []);
    await page.close();
  });

  test("lets the keyboard change tabs with the arrows", async () => {
    const { page } = await open();
    await page.getByRole("tab", { name: "Text" }).focus();
    await page.keyboard.press("ArrowLeft");
    assert.ok(await page.getByLabel("Message number").isVisible());
    await page.keyboard.press("Home");
    assert.ok(await textOf(page).isVisible());
    await page.close();
  });

  test("says LIVE, and has no failures to offer, when it reaches LiveDesk", async () => {
    const answer = '{"id":7,"content":"Hello","status":"sent"}';
    const upstream = await startUpstream((outgoing) => outgoing.writeHead(200, json()).end(answer));
    const live = await startServer({
      port: 0,
      live: { apiKey: "key", apiSecret: "secret", baseUrl: upstream.url },
    });
    const { page, problems, bubble, press } = await open(undefined, live.url);
    assert.equal(await page.locator("#mode").textContent(), "LIVE");
    assert.ok(await page.getByLabel("Try a failure").isHidden());
    await press("Send text", "Sent.");
    assert.match(await bubble(0).textContent(), /#7/);
    assert.match(upstream.requests[0].headers.authorization, /^Basic /);
    assert.equal(upstream.requests[0].headers.origin, undefined);
    assert.deepEqual(problems, []);
    await page.close();
    await Promise.all([live.close(), upstream.close()]);
  });
});
