// SHA-256 as text.

const encoder = new TextEncoder();

/**
 * Of texts, each told from the next by its length.
 * @param {string[]} texts
 */
export async function digestOf(...texts) {
  return hex(await crypto.subtle.digest("SHA-256", encoder.encode(JSON.stringify(texts))));
}

/**
 * Bytes in hexadecimal.
 * @param {ArrayBuffer | Uint8Array} bytes
 */
export function hex(bytes) {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
