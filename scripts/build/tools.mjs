// Programs that are built from crates.io into .tools/, each in one version and once.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { output, run, TOOLS } from "./steps.mjs";

/** Installs one, unless it is there in this version: then false. */
export function installTool(crate, program, version, options) {
  if (isInstalled(program, version)) return false;
  run(
    "cargo",
    ["install", crate, "--version", version, "--root", TOOLS, "--force", ...options],
    `cargo could not install ${crate} ${version}; it needs crates.io, or the mirror that cargo is told of.`,
  );
}

/** Whether it is there in this version. */
export function isInstalled(program, version) {
  const path = join(TOOLS, "bin", program);
  return existsSync(path) && output(path, ["--version"]) === `${program} ${version}`;
}
