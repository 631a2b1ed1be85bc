// Chromium, by playwright-core.

import { launchChromium } from "../../lib/chromium.mjs";

export async function startChromium() {
  const browser = await launchChromium();
  return {
    version: browser.version(),
    async read(url, timeoutMs) {
      const context = await browser.newContext();
      try {
        const page = await context.newPage();
        await page.goto(url);
        await page.waitForFunction(() => document.title !== "", undefined, { timeout: timeoutMs });
        return await page.title();
      } finally {
        await context.close();
      }
    },
    close: () => browser.close(),
  };
}
