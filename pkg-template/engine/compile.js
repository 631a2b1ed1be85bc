// The engine from the bytes inside this package: they reach wherever JavaScript does, in every bundler.

/** Of what is in wasm-bytes.js. At once where that blocks no page: it takes half the time. */
export async function compile(text) {
  const { process } = globalThis;
  const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  // The stream's first use takes Node 7 to 35 ms. Node 20 has this function from 20.16 on.
  const zlib = process?.getBuiltinModule?.("node:zlib");
  const bytes = zlib ? zlib.inflateRawSync(packed) : await inflate(packed);
  return process?.versions?.node ? new WebAssembly.Module(bytes) : WebAssembly.compile(bytes);
}

function inflate(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}
