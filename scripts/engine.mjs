// Rust to WebAssembly, by wasm-pack.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FEATURE, filesBelow, MADE, made, ROOT, run, Stop, TOOLS } from "./steps.mjs";

const OUT = join(MADE, "wasm-pack");

export const WASM_TARGET = "wasm32-unknown-unknown";

/** What wasm-pack writes. */
export const BUILT = {
  glue: join(OUT, "engagelab_livedesk.js"),
  wasm: join(OUT, "engagelab_livedesk_bg.wasm"),
};

// The standard library as it is distributed is made for speed, can unwind, and formats every panic's message
// and place. Built anew along with the crate, for size, with a trap for a panic, the engine is about half as
// large. Those are options that cargo and rustc call unstable, hence RUSTC_BOOTSTRAP; the toolchain's exact
// version is fixed in rust-toolchain.toml.
export const FOR_SIZE = {
  RUSTC_BOOTSTRAP: "1",
  RUSTFLAGS: [
    "-Zlocation-detail=none -Zfmt-debug=none -Zunstable-options -Cpanic=immediate-abort",
    // Without reference types, JavaScript's values are kept in a table in JavaScript, for less code.
    "-Ctarget-cpu=mvp -Ctarget-feature=+bulk-memory,+sign-ext,+nontrapping-fptoint,+mutable-globals",
  ].join(" "),
  CARGO_UNSTABLE_BUILD_STD: "std,panic_abort",
  CARGO_UNSTABLE_BUILD_STD_FEATURES: "optimize_for_size",
};

/** Builds the engine, unless nothing it is made from has changed. */
export function buildEngine() {
  const sources = filesBelow(join(ROOT, "src")).map((name) => join(ROOT, "src", name));
  const settings = ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "package-lock.json"];
  const inputs = [...settings.map((name) => join(ROOT, name)), ...sources, fileURLToPath(import.meta.url)];
  const engine = made(join(OUT, "inputs.sha256"), inputs, Object.values(BUILT));
  if (engine.isCurrent) return false;
  const wasmPack = join(TOOLS, "bin", "wasm-pack");
  if (!existsSync(wasmPack)) throw new Stop("wasm-pack is missing; run `make setup` first.");
  const how = [
    "--target",
    "web",
    "--release",
    "--no-pack",
    "--no-typescript",
    "--mode",
    process.env.RUST_IS_READY ? "force" : "no-install",
  ];
  run(
    wasmPack,
    ["build", ...how, "--out-dir", OUT, ...(FEATURE ? ["--", "--features", FEATURE] : [])],
    "The engine did not build; what cargo or wasm-pack said of it is above.",
    FOR_SIZE,
  );
  engine.remember();
}
