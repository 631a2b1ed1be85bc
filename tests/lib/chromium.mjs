// The machine's own Chromium: playwright-core brings none, and its download needs the internet.

import { install } from "./apt.mjs";
import { which } from "./programs.mjs";

const BROWSERS = ["chromium", "chromium-browser", "google-chrome"];
const DRIVER = "chromedriver";

/** No sandbox since a container's root can have none; the rest keeps a browser without network quiet. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function findChromium() {
  return which(BROWSERS);
}

export function findChromedriver() {
  return which([DRIVER]);
}

/** Makes sure of Chromium and its driver, installing them where that is possible; why not, otherwise. */
export async function ensureChromium(say) {
  if (findChromium() && findChromedriver()) return undefined;
  await install(["chromium", "chromium-driver"], say);
  if (findChromium() && findChromedriver()) return undefined;
  return "Chromium or chromedriver is missing and could not be installed";
}

/** A running Chromium; the caller closes it. */
export async function launchChromium() {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("Chromium is missing: apt-get install chromium chromium-driver");
  const { chromium } = await import("playwright-core");
  return chromium.launch({ executablePath, args: ARGUMENTS });
}
