// WebKitGTK, in the small browser of its own and on a screen that nobody sees.

import { closedPort } from "../../lib/servers.mjs";
import { findMiniBrowser, findWebKitDriver, findXvfb } from "./programs.mjs";
import { makeSurroundings } from "./surroundings.mjs";
import { readTitle } from "./webdriver.mjs";

const XVFB = ["-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp"];

export async function startWebKit() {
  const { folder, start, end } = makeSurroundings();
  try {
    const screen = start([findXvfb(), ...XVFB]);
    const display = await screen.until((output) => /^(\d+)\n/.exec(output)?.[1]);
    const url = await startDriver(start, {
      DISPLAY: `:${display}`,
      GDK_BACKEND: "x11",
      GSETTINGS_BACKEND: "memory",
      HOME: folder,
      LIBGL_ALWAYS_SOFTWARE: "1",
      XDG_RUNTIME_DIR: folder,
    });
    const browser = { binary: findMiniBrowser(), args: ["--automation"] };
    const wanted = { alwaysMatch: { "webkitgtk:browserOptions": browser } };
    const { sessionId, capabilities } = await command(`${url}/session`, { capabilities: wanted });
    const session = `${url}/session/${sessionId}`;
    const open = (address) => command(`${session}/url`, { url: address });
    const title = () => command(`${session}/title`);
    return { version: capabilities.browserVersion, read: readTitle(open, title), close: end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Its address; it takes a port, but does not say which it found free. */
async function startDriver(start, env) {
  const url = await closedPort();
  const driver = start([findWebKitDriver(), `--port=${new URL(url).port}`], env);
  await driver.until(() => command(`${url}/status`).catch(() => undefined));
  return url;
}

/** A command of WebDriver: with a body it is a POST. */
async function command(url, body) {
  const response = await fetch(url, body && { method: "POST", body: JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`WebKitWebDriver: ${value.error}: ${value.message}`);
  return value;
}
