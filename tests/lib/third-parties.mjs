// What the checks of third parties need: cargo-deny, RustSec's advisories and npm's. The advisories are on servers
// that not every machine reaches; then that check is skipped.

import { installTool, isInstalled } from "../../scripts/build/tools.mjs";
import { run } from "./command.mjs";
import { inRoot } from "./root.mjs";

const CARGO_DENY_VERSION = "0.20.2";
/** git and npm wait for a server that is not there; no check needs longer for its question. */
const ASKED_MS = 120_000;

/** Installed here rather than by `make setup`, since no build needs it. */
export async function ensureCargoDeny(say) {
  if (isInstalled("cargo-deny", CARGO_DENY_VERSION)) return;
  say(`installing cargo-deny ${CARGO_DENY_VERSION}; this takes some minutes`);
  installTool("cargo-deny", "cargo-deny", CARGO_DENY_VERSION, ["--locked", "--quiet"]);
}

/** Brings RustSec's database, by git. */
export async function ensureRustAdvisories() {
  const command = [inRoot(".tools", "bin", "cargo-deny"), "fetch", "db"];
  const { code } = await run(command, { env: { GIT_TERMINAL_PROMPT: "0" }, timeoutMs: ASKED_MS });
  return code === 0 ? undefined : "RUST'S ADVISORIES ARE NOT CHECKED: RustSec's database cannot be reached";
}

/** Asks npm's registry; many a mirror has no answer to this question. */
export async function ensureNpmAdvisories() {
  const { stdout } = await run(["npm", "audit", "--json"], { timeoutMs: ASKED_MS });
  return isReport(stdout) ? undefined : "NPM'S ADVISORIES ARE NOT CHECKED: the registry has no audit";
}

function isReport(text) {
  try {
    return JSON.parse(text).auditReportVersion > 0;
  } catch {
    return false;
  }
}
