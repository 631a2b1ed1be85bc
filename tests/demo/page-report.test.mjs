// The demo's page in Chromium: what it says when something is wrong, fails or takes long.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { NO_CHROMIUM, textOf, useBrowser } from "./helpers.mjs";

describe("the demo's page", { skip: NO_CHROMIUM }, () => {
  const open = useBrowser();

  test("retries a failed message from its bubble", async () => {
    const { page, report, bubble, press } = await open();
    await page.getByLabel("Try a failure").selectOption("900132");
    await press("Send text", "it was not delivered;");
    assert.match(await report.textContent(), /DeliveryError.*delivery_failed.*failed.*132000/s);
    await bubble(0).getByRole("button", { name: "Retry" }).click();
    await page.locator(".report-title", { hasText: "Retry accepted." }).waitFor();
    assert.match(await bubble(0).textContent(), /sent$/);
    await page.close();
  });

  test("shows the path of everything that is wrong, and sends nothing", async () => {
    const { page, sent, report, press } = await open();
    await page.getByRole("tab", { name: "Template" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Order Update");
    await page.getByLabel("Payload").fill("");
    await page.getByLabel("Value of variable 2").fill("");
    await press("Send template", "Your message was not sent, because");
    const shown = await report.textContent();
    for (const path of [
      "template_params.name",
      'template_params.processed_params["2"]',
      "template_params.button_params[1].payload",
      "ValidationError",
      "invalid_input",
    ]) {
      assert.ok(shown.includes(path), `${path} is missing in: ${shown}`);
    }
    assert.equal(await page.getByLabel("Payload").getAttribute("aria-invalid"), "true");
    await report.getByRole("button", { name: "template_params.name" }).click();
    assert.equal(await page.evaluate(() => document.activeElement.name), "name");
    assert.equal(await page.locator("#thread .bubble").count(), 0);
    assert.deepEqual(sent, []);
    await page.close();
  });

  test("checks a message without sending it", async () => {
    const { page, sent, report, press } = await open();
    await press("Check only", "Checked: nothing is wrong.");
    await textOf(page).fill(" ");
    await press("Check only", "Checked: this would not be sent.");
    assert.match(await report.textContent(), /content.*blank/s);
    assert.deepEqual(sent, []);
    await page.close();
  });

  test("says when nobody can know whether the message went out", async () => {
    const { page, report, bubble, press } = await open();
    for (const [conversation, error] of [
      ["900500", "ApiError"],
      ["900206", "ResponseError"],
    ]) {
      await page.getByLabel("Try a failure").selectOption(conversation);
      await textOf(page).fill("Hello");
      await press("Send text", "Your message may or may not have been sent;");
      assert.match(await report.textContent(), new RegExp(`${error}.*unknown`, "s"));
      assert.match(await bubble(0).textContent(), /not known.*may have stored/s);
    }
    await page.close();
  });

  test("says when LiveDesk refused, and keeps what was written", async () => {
    const { page, report, press } = await open();
    await page.getByLabel("Try a failure").selectOption("900401");
    await press("Send text", "Your message was not sent, because");
    assert.match(await report.textContent(), /ApiError.*401/s);
    assert.equal(await page.locator("#thread .bubble").count(), 0);
    assert.notEqual(await textOf(page).inputValue(), "");
    await page.close();
  });

  test("waits as long as LiveDesk asks, and says so", async () => {
    const { page, press } = await open();
    await page.getByLabel("Try a failure").selectOption("900430");
    await press("Send text", "trying again in");
    await page.locator(".report-title", { hasText: "Sent." }).waitFor();
    await page.close();
  });

  test("cancels a call that gets no answer", async () => {
    const { page, report, press } = await open();
    await page.getByLabel("Try a failure").selectOption("900999");
    const requested = page.waitForRequest(/900999/);
    await press("Send text", "Sending");
    await requested;
    await press("Cancel", "Your message may or may not have been sent;");
    assert.match(await report.textContent(), /AbortError/);
    await page.close();
  });
});
