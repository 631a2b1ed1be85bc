// A LiveDesk in memory, for tests and demos. It shares no code with the client, so each checks the other.

import { makeSandbox } from "./sandbox/make.js";

export { reservedConversations } from "./sandbox/reserved.js";

/**
 * Makes a sandbox: a fetch handler that answers like LiveDesk, and what it has stored. All of it is in sandbox.d.ts.
 * @param {import("./sandbox.js").SandboxOptions} [options]
 */
export function createSandbox(options) {
  return makeSandbox(options);
}

// Not exported: everything else in ./sandbox/, which may change in any release.
