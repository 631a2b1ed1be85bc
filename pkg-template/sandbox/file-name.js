// What becomes of a file's name on its way through Rack.

/** A longer one, as it was written, makes the part's header too long, and Rack ignores the part. */
const MAX_BYTES = 1492;
/** Of its form the sandbox sees quotes and line breaks decoded; they were written as three bytes each. */
const WRITTEN_AS_THREE = /["\r\n]/g;

/**
 * @param {string} written the name in the part's header
 * @returns {string | undefined} the name that arrives; undefined when the file is lost
 */
export function arrivedName(written) {
  const bytes = new TextEncoder().encode(written).length;
  if (bytes + 2 * (written.match(WRITTEN_AS_THREE)?.length ?? 0) > MAX_BYTES) return undefined;
  // One percent sign that begins no code, and Rack decodes none.
  const isEncoded = written.match(/%.{0,2}/gsu)?.every((code) => /^%[\da-f]{2}$/i.test(code));
  const name = isEncoded ? percentDecoded(written) : written;
  return name.split(/[/\\]/).findLast((part) => part !== "");
}

function percentDecoded(text) {
  const bytes = [];
  for (const [piece] of text.matchAll(/%[\da-f]{2}|[^%]+/gi)) {
    if (piece.startsWith("%")) bytes.push(Number.parseInt(piece.slice(1), 16));
    else bytes.push(...new TextEncoder().encode(piece));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
