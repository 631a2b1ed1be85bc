// Where things are in the repository.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A path inside the repository. */
export function inRoot(...parts) {
  return join(ROOT, ...parts);
}

/** The `.test.mjs` files of a folder, as paths from the root. */
export function testFiles(folder) {
  try {
    const names = readdirSync(inRoot(folder)).filter((name) => name.endsWith(".test.mjs"));
    return names.sort().map((name) => join(folder, name));
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw error;
  }
}

/** The packed package: LIVEDESK_TARBALL, or what `make pack` left. */
export function tarball() {
  if (process.env.LIVEDESK_TARBALL) return process.env.LIVEDESK_TARBALL;
  let manifest;
  try {
    manifest = JSON.parse(readFileSync(inRoot("pkg", "package.json"), "utf8"));
  } catch (cause) {
    throw new Error("pkg/package.json is missing: run `make pack` first", { cause });
  }
  return inRoot("pkg", `${manifest.name}-${manifest.version}.tgz`);
}
