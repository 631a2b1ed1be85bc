// What is left to save once wasm-pack is done: names, and a better compressor.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import lzma from "lzma";
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

const PASSES = [
  // The linker puts the stack first, so the lowest addresses are an overflowing stack's.
  "--low-memory-unused",
  // Small functions of one caller are worth having in one place; a large one with hundreds of locals is not.
  "-Oz",
  "-ocimfs=10",
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
  const packed = await pack(wasm);
  writeFileSync(SHRUNK.glue, glue);
  writeFileSync(SHRUNK.bytes, module(packed, wasm.length));
  report(readFileSync(BUILT.wasm), wasm, packed);
  shrunk.remember();
}

/** wasm-pack's own wasm-opt must have been told the same. */
function features() {
  const list = read("Cargo.toml").match(/^wasm-opt = (\[.*\])/m);
  return JSON.parse(list[1]).filter((flag) => flag.startsWith("--enable"));
}

/** LZMA's own defaults, without the header: the loader knows them, and the size. */
function pack(bytes) {
  const HEADER_BYTES = 13;
  return new Promise((resolve, reject) => {
    lzma.compress(bytes, 9, (packed, error) => {
      if (error) reject(error);
      else resolve(Buffer.from(packed).subarray(HEADER_BYTES));
    });
  });
}

function module(packed, size) {
  const base64 = Buffer.from(packed).toString("base64");
  return `// The engine: WebAssembly, packed by LZMA, in base64.\nexport const SIZE = ${size};\nexport const WASM =\n  "${base64}";\n`;
}

function report(before, after, packed) {
  const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length;
  console.log(`  as built          ${before.length} bytes, gzipped ${gzip(before)}`);
  console.log(`  with short names  ${after.length} bytes, gzipped ${gzip(after)}`);
  console.log(`  packed by LZMA    ${packed.length} bytes`);
}
