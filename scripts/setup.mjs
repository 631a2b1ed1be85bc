// `make setup`: everything a build needs, into the project's own folders; what is there already is left alone.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { WASM_TARGET } from "./engine.mjs";
import { main, output, ROOT, read, run, Stop, step } from "./steps.mjs";
import { installTool } from "./tools.mjs";

const WASM_PACK_VERSION = "0.15.1";

/** The Rust of rust-toolchain.toml with what the engine needs: its target, and std's sources to build anew. */
function setUpRust() {
  // Debian's Rust, as CONTRIBUTING.md has it: there is no rustup to ask.
  if (process.env.RUST_IS_READY) return false;
  const [, channel] = read("rust-toolchain.toml").match(/^channel = "(.+)"$/m);
  if (output("rustup", ["--version"]) === undefined) {
    throw new Stop(
      "rustup is missing: install it from https://rustup.rs, or see CONTRIBUTING.md for Debian's Rust.",
    );
  }
  const installed = output("rustup", ["component", "list", "--installed", "--toolchain", channel]) ?? "";
  const names = installed.split("\n");
  const needed = ["rust-src", `rust-std-${WASM_TARGET}`];
  if (needed.every((name) => names.includes(name))) return false;
  const extras = ["--component", "rust-src,clippy,rustfmt", "--target", WASM_TARGET];
  run(
    "rustup",
    ["toolchain", "install", channel, "--profile", "minimal", "--no-self-update", ...extras],
    `rustup could not download Rust ${channel}; "When rustup cannot download" in CONTRIBUTING.md has Debian's way.`,
  );
}

function setUpWasmPack() {
  return installTool("wasm-pack", "wasm-pack", WASM_PACK_VERSION, ["--locked"]);
}

/**
 * It must be of the very version of the library. Not --locked: for 0.2.130 cargo then says `failed to select a version
 * for the requirement webpki-roots = "^1.0.10" (locked to 1.0.11)`, since that version is not on the registry.
 */
function setUpWasmBindgen() {
  const [, version] = read("Cargo.lock").match(/^name = "wasm-bindgen"\nversion = "(.+)"$/m);
  return installTool("wasm-bindgen-cli", "wasm-bindgen", version, []);
}

function setUpNpm() {
  if (isInstalled()) return false;
  run("npm", ["ci"], "npm could not install the packages of package-lock.json; it needs npm's registry.");
}

/** npm notes what it has installed; another platform's optional packages are not among that. */
function isInstalled() {
  const note = join(ROOT, "node_modules", ".package-lock.json");
  if (!existsSync(note)) return false;
  const { packages: present } = JSON.parse(read("node_modules", ".package-lock.json"));
  const { packages: wanted } = JSON.parse(read("package-lock.json"));
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || (optional && !present[path]) || present[path]?.version === version,
  );
}

await main(async () => {
  await step("Rust, its wasm target and std's sources", setUpRust);
  await step(`wasm-pack ${WASM_PACK_VERSION}`, setUpWasmPack);
  await step("wasm-bindgen, as in Cargo.lock", setUpWasmBindgen);
  await step("npm's packages, as in package-lock.json", setUpNpm);
});
