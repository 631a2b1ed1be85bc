// Where this machine has its browsers and what drives them; for Chromium, see tests/lib/chromium.mjs.

import { which } from "../../lib/programs.mjs";

/** Where distributions put WebKitGTK's own browser, which is not on PATH. */
const WEBKIT_FOLDERS = ["x86_64-linux-gnu", "aarch64-linux-gnu", "."].flatMap((machine) =>
  ["/usr/lib", "/usr/libexec"].map((folder) => `${folder}/${machine}/webkit2gtk-4.1`),
);

export const findFirefox = () => which(["firefox-esr", "firefox"]);
export const findMiniBrowser = () => which(["MiniBrowser"], ...WEBKIT_FOLDERS);
export const findWebKitDriver = () => which(["WebKitWebDriver"]);
export const findXvfb = () => which(["Xvfb"]);
