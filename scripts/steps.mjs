// What the build's steps have in common: they say what they do, how long it took, and do nothing twice.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");
/** A feature of Cargo.toml that tests want a package with; such a package stays below target/. */
export const FEATURE = process.env.LIVEDESK_FEATURE;
/** Where this package's intermediate files are. */
export const MADE = FEATURE ? join(TARGET, FEATURE) : TARGET;
export const TEMPLATE = join(ROOT, "pkg-template");
export const PACKAGE = FEATURE ? join(MADE, "pkg") : join(ROOT, "pkg");
export const TOOLS = join(ROOT, ".tools");

/** The project's own tools first: wasm-pack takes wasm-bindgen and wasm-opt from the PATH. */
const PATH = [join(TOOLS, "bin"), join(ROOT, "node_modules", ".bin"), process.env.PATH].join(delimiter);

/** Ends the build; its message is the one sentence the reader gets. */
export class Stop extends Error {}

/** Runs the steps of a script. */
export async function main(steps) {
  try {
    await steps();
  } catch (error) {
    console.error(error instanceof Stop ? `\n${error.message}` : error);
    process.exit(1);
  }
}

/** Does `work` and prints how long it took; if that gives false, nothing had to be done. */
export async function step(name, work) {
  const started = performance.now();
  const done = await work();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(done === false ? `${name}: up to date` : `${name}: ${seconds} s`);
}

/** Runs a program, showing what it prints; `sentence` says what helps when it fails. */
export function run(program, args, sentence, env = {}) {
  console.log(`> ${program} ${args.join(" ")}`);
  const { status } = spawnSync(program, args, { cwd: ROOT, env: environment(env), stdio: "inherit" });
  if (status !== 0) throw new Stop(sentence);
}

/** What a program prints, or undefined if it cannot be run or fails. */
export function output(program, args, env = {}) {
  const options = { cwd: ROOT, env: environment(env), encoding: "utf8", maxBuffer: 2 ** 26 };
  const { status, stdout } = spawnSync(program, args, options);
  return status === 0 ? stdout.trim() : undefined;
}

function environment(more = {}) {
  return { ...process.env, PATH, ...more };
}

/** A file of the project as text. */
export function read(...path) {
  return readFileSync(join(ROOT, ...path), "utf8");
}

/** Every file below a folder, as paths relative to it, in a fixed order. */
export function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true });
  return names.filter((name) => statSync(join(folder, name)).isFile()).sort();
}

/** Whether `outputs` were made from these very inputs; `remember` notes that they now are. */
export function made(stamp, inputs, outputs) {
  const hash = createHash("sha256");
  for (const path of inputs) hash.update(path).update("\0").update(readFileSync(path)).update("\0");
  const digest = hash.digest("hex");
  const isCurrent =
    outputs.every((path) => existsSync(path)) && existsSync(stamp) && readFileSync(stamp, "utf8") === digest;
  return { isCurrent, remember: () => writeFileSync(stamp, digest) };
}
