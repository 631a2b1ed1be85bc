// A page on a proxy behind which things break, in Chromium.

import { startChromium } from "../matrix/browsers/chromium.mjs";
import { testBehind } from "./browsers.mjs";

testBehind("Chromium", startChromium);
