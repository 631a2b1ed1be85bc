// A page on a proxy behind which things break, in Firefox.

import { startFirefox } from "../matrix/browsers/firefox.mjs";
import { testBehind } from "./browsers.mjs";

testBehind("Firefox", startFirefox);
