// What is left to save once wasm-pack is done: names, and a better compressor.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import zopfli from "@gfx/zopfli";
import { BUILT } from "./engine.mjs";
import { rewriteGlue } from "./glue.mjs";
import { MADE, made, output, read, Stop } from "./steps.mjs";

const OUT = join(MADE, "shrunk");

/** What this step writes, as the package has it. */
export const SHRUNK = {
  glue: join(OUT, "engagelab_livedesk.js"),
  bytes: join(OUT, "wasm-bytes.js"),
  wasm: join(OUT, "engine.wasm"),
};

const deflate = promisify(zopfli.deflate);
/** More of them, up to 200, saved 15 bytes. */
const ROUNDS = 15;

const PASSES = [
  // The linker puts the stack first, so the lowest addresses are an overflowing stack's.
  "--low-memory-unused",
  // Small functions of one caller are worth having in one place; a large one with hundreds of locals is not.
  "-ocimfs=40",
  "-Oz",
  // Written anew from its bare control flow, code gets shorter once more, and more alike.
  "--flatten",
  "--rereloop",
  "-Oz",
  "--gufa-optimizing",
  "-Oz",
  // What is aligned how says nothing to a browser, and is more alike without.
  "--dealign",
  "--strip-target-features",
  "--strip-producers",
  // wasm-bindgen's names have a hash of 16 digits each, which no compressor can save.
  "--minify-imports-and-exports-and-modules",
];

/** Shortens names in the engine and its glue, and packs the engine into a module. */
export async function shrink() {
  const scripts = ["./shrink.mjs", "./glue.mjs"].map((name) => fileURLToPath(new URL(name, import.meta.url)));
  const shrunk = made(
    join(OUT, "inputs.sha256"),
    [...Object.values(BUILT), ...scripts],
    Object.values(SHRUNK),
  );
  if (shrunk.isCurrent) return false;
  mkdirSync(OUT, { recursive: true });
  const names = output("wasm-opt", [BUILT.wasm, ...features(), ...PASSES, "-o", SHRUNK.wasm]);
  if (!names)
    throw new Stop(
      "wasm-opt failed on the engine; npm's binaryen in node_modules may be of another version.",
    );
  const glue = await rewriteGlue(readFileSync(BUILT.glue, "utf8"), JSON.parse(names));
  const wasm = readFileSync(SHRUNK.wasm);
  const packed = await deflate(wasm, { numiterations: ROUNDS });
  writeFileSync(SHRUNK.glue, glue);
  writeFileSync(SHRUNK.bytes, module(packed));
  report(readFileSync(BUILT.wasm), wasm, packed);
  shrunk.remember();
}

/** wasm-pack's own wasm-opt must have been told the same. */
function features() {
  const list = read("Cargo.toml").match(/^wasm-opt = (\[.*\])/m);
  return JSON.parse(list[1]).filter((flag) => flag.startsWith("--enable"));
}

function module(packed) {
  const base64 = Buffer.from(packed).toString("base64");
  return `// The engine: WebAssembly, deflated, in base64.\nexport const WASM =\n  "${base64}";\n`;
}

function report(before, after, packed) {
  const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length;
  console.log(`  as built          ${before.length} bytes, gzipped ${gzip(before)}`);
  console.log(`  with short names  ${after.length} bytes, gzipped ${gzip(after)}`);
  console.log(`  deflated          ${packed.length} bytes`);
}
