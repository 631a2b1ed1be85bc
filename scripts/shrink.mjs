// What is left to save once wasm-pack is done: names, and a better compressor.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import lzma from "lzma-purejs";
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
  const packed = pack(wasm);
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

/**
 * Without the header: the loader knows what would be in it. Code has no use for a context of the position modulo
 * four, which LZMA has by default: without it the engine is smaller, and so is the decoder.
 */
function pack(bytes) {
  const encoder = new lzma.LZMA.Encoder();
  encoder.setDictionarySize(2 ** 20);
  encoder.setNumFastBytes(128);
  encoder.setEndMarkerMode(false);
  if (!encoder.setLcLpPb(3, 0, 0)) throw new Stop("lzma-purejs refuses its parameters.");
  const packed = [];
  const sink = { writeByte: (byte) => packed.push(byte), flush() {} };
  encoder.code(reader(bytes), sink, bytes.length, -1, null);
  return Buffer.from(packed);
}

/** The bytes as the encoder asks for them. */
function reader(bytes) {
  let at = 0;
  return {
    read(buffer, offset, length) {
      const part = bytes.subarray(at, at + length);
      for (const [index, byte] of part.entries()) buffer[offset + index] = byte;
      at += part.length;
      return part.length || -1;
    },
  };
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
