// The tools of the matrix, from this folder's own lock file: they are many and large, so a build needs none of them.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../../lib/command.mjs";

const FOLDER = fileURLToPath(new URL("..", import.meta.url));
const STAMP = join(FOLDER, "node_modules", ".livedesk-lock.sha256");
const CLEAN_INSTALL = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
const INSTALL_MS = 900_000;

/** The platform's own packages of the runtimes: their `bin` needs install scripts, which are off. */
const BUN = { x64: "@oven/bun-linux-x64/bin/bun", arm64: "@oven/bun-linux-aarch64/bin/bun" };
const DENO = { x64: "@deno/linux-x64-glibc/deno", arm64: "@deno/linux-arm64-glibc/deno" };

/** Installs what the lock file names, unless that has been done; why that cannot be, otherwise. */
export async function ensureTools(say) {
  const lock = createHash("sha256")
    .update(readFileSync(join(FOLDER, "package-lock.json")))
    .digest("hex");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === lock) return undefined;
  say("installing runtimes and bundlers into tests/matrix; this can take some minutes");
  const { code, output } = await run(CLEAN_INSTALL, { cwd: FOLDER, timeoutMs: INSTALL_MS });
  if (code !== 0) return `npm ci in tests/matrix failed: ${output.trim().split("\n").slice(-5).join(" ")}`;
  writeFileSync(STAMP, lock);
  return undefined;
}

/** A path in the folder of the tools. */
export function inTools(...parts) {
  return join(FOLDER, "node_modules", ...parts);
}

/** The version of one of the tools. */
export function versionOf(name) {
  return JSON.parse(readFileSync(inTools(name, "package.json"), "utf8")).version;
}

/** The program of Node's `major` version. */
export function nodeProgram(major) {
  return existing(inTools(`node${major}`, "bin", "node"));
}

export function bunProgram() {
  return existing(inTools(BUN[process.arch] ?? "bun"));
}

export function denoProgram() {
  return existing(inTools(DENO[process.arch] ?? "deno"));
}

export function workerdProgram() {
  return existing(inTools("workerd", "bin", "workerd"));
}

/** Its path, or an Unavailable. */
function existing(path) {
  if (existsSync(path)) return path;
  throw new Unavailable(`npm has no ${path.slice(inTools().length + 1)} for this platform`);
}

/** Something that cannot be had on this machine: a cell of the matrix that is skipped, never passed. */
export class Unavailable extends Error {}
