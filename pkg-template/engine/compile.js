// The engine from the bytes inside this package: they reach wherever JavaScript does, in every bundler.

/**
 * Of the text in wasm-bytes.js. At once where that blocks no page: it takes half the time.
 * @param {string} text
 */
export async function compile(text) {
  const { Buffer, process } = globalThis;
  // The stream's first use takes Node 7 to 35 ms. Node 20 has this function from 20.16 on.
  const zlib = process?.getBuiltinModule?.("node:zlib");
  const bytes = zlib
    ? zlib.inflateRawSync(Buffer?.from(text, "base64") ?? decode(text), { chunkSize: 2 ** 17 })
    : await inflate(decode(text));
  return process?.versions?.node ? new WebAssembly.Module(bytes) : WebAssembly.compile(bytes);
}

/**
 * Without a callback for each byte, which takes as long as all the rest.
 * @param {string} text
 */
function decode(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** @param {Uint8Array<ArrayBuffer>} packed */
function inflate(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}
