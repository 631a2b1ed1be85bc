// The package as it is published, but for an engine that panics when a message's content asks for it. It is built
// here, and stays below target/.

import assert from "node:assert/strict";
import { run } from "../lib/command.mjs";
import { inRoot } from "../lib/root.mjs";

const FEATURE = "forced-panic";
const BUILD_MS = 600_000;

for (const script of ["build", "pack"]) {
  const { code, stdout, output } = await run([process.execPath, `scripts/build/${script}.mjs`], {
    env: { LIVEDESK_FEATURE: FEATURE },
    timeoutMs: BUILD_MS,
  });
  assert.equal(code, 0, output);
  // The last line but one names the tarball.
  if (script === "pack") process.env.LIVEDESK_TARBALL = inRoot(stdout.trim().split("\n").at(-2));
}

// Only now, since whatever asks for the installed package gets what the variable names.
export const { livedesk } = await import("../lib/package.mjs");
export const { caught } = await import("../lib/assertions.mjs");
