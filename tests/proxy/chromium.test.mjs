// A page on a proxy, in Chromium.

import { startChromium } from "../matrix/browsers/chromium.mjs";
import { testBrowser } from "./browsers.mjs";

testBrowser("Chromium", startChromium);
