// Firefox without a window of its own, in a new profile.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connectMarionette } from "./marionette.mjs";
import { findFirefox } from "./programs.mjs";
import { makeSurroundings } from "./surroundings.mjs";
import { readTitle } from "./webdriver.mjs";

/** Any free port; it writes which to a file of the profile. */
const PREFERENCES = 'user_pref("marionette.port", 0);\n';
const PORT_FILE = "MarionetteActivePort";

export async function startFirefox() {
  const { folder, start, end } = makeSurroundings();
  try {
    await writeFile(join(folder, "user.js"), PREFERENCES);
    const firefox = start([findFirefox(), "--headless", "--no-remote", "--marionette", "--profile", folder], {
      HOME: folder,
      MOZ_CRASHREPORTER_DISABLE: "1",
    });
    const command = await connectMarionette(await firefox.until(() => portIn(folder)));
    const { capabilities } = await command("WebDriver:NewSession");
    const open = (url) => command("WebDriver:Navigate", { url });
    const title = async () => (await command("WebDriver:GetTitle")).value;
    return { version: capabilities.browserVersion, read: readTitle(open, title), close: end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function portIn(folder) {
  try {
    return Number(await readFile(join(folder, PORT_FILE), "utf8")) || undefined;
  } catch {
    return undefined;
  }
}
