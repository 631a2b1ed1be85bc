// Makes sure of the browsers, installing them where that is possible.

import { install } from "../../lib/apt.mjs";
import { findChromium } from "../../lib/chromium.mjs";
import { findFirefox, findMiniBrowser, findWebKitDriver, findXvfb } from "./programs.mjs";

/** What each browser needs: Debian's packages by what they bring. */
const NEEDS = {
  Chromium: { chromium: findChromium },
  Firefox: { "firefox-esr": findFirefox },
  WebKitGTK: {
    "webkit2gtk-driver": () => findWebKitDriver() && findMiniBrowser(),
    xvfb: findXvfb,
  },
};

/**
 * @param {(text: string) => void} say
 * @returns {Promise<Record<string, string>>} by browser, why it cannot be had; empty where all are there
 */
export async function ensureBrowsers(say) {
  const packages = Object.keys(NEEDS).flatMap(missing);
  if (packages.length > 0) await install(packages, say);
  const reasons = Object.keys(NEEDS).map((browser) => [browser, missing(browser)]);
  return Object.fromEntries(
    reasons
      .filter(([, lacking]) => lacking.length > 0)
      .map(([browser, lacking]) => [browser, `${lacking.join(" and ")} missing and could not be installed`]),
  );
}

/** The packages a browser still needs. */
function missing(browser) {
  return Object.entries(NEEDS[browser]).flatMap(([name, find]) => (find() ? [] : [name]));
}
