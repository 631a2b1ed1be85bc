// The conformance suite in whatever realm imports this, and which that is.

import { conform } from "/conformance/suite.mjs";
import * as livedesk from "/package/index.js";

export async function run() {
  try {
    const result = await conform({ livedesk, origin: location.origin });
    return { ...result, realm: Object.prototype.toString.call(globalThis) };
  } catch (thrown) {
    return { broken: `${thrown}\n${thrown?.stack}` };
  }
}
