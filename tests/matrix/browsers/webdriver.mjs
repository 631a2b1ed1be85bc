// What Firefox and WebKitGTK have in common: WebDriver.

import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 100;

/** Opens a page and waits for its title, which is what it has to say. */
export function readTitle(open, title) {
  return (url, timeoutMs) => {
    const late = AbortSignal.timeout(timeoutMs);
    const read = async () => {
      await open(url);
      while (!late.aborted) {
        const said = await title();
        if (said) return said;
        await sleep(POLL_MS);
      }
    };
    return Promise.race([read(), rejection(late, `${url} said nothing within ${timeoutMs} ms`)]);
  };
}

function rejection(signal, message) {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error(message)), { once: true });
  });
}
