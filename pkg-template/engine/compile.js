// The engine from the bytes inside this package: they reach wherever JavaScript does, in every bundler.

import { unpack } from "./lzma.js";
import { SIZE, WASM } from "./wasm-bytes.js";

/** At once where that blocks no page: it takes half the time. */
export function compile() {
  const packed = Uint8Array.from(atob(WASM), (character) => character.charCodeAt(0));
  const bytes = unpack(packed, SIZE);
  return globalThis.process?.versions?.node ? new WebAssembly.Module(bytes) : WebAssembly.compile(bytes);
}
