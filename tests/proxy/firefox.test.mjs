// A page on a proxy, in Firefox.

import { startFirefox } from "../matrix/browsers/firefox.mjs";
import { testBrowser } from "./browsers.mjs";

testBrowser("Firefox", startFirefox);
