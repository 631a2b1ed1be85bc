// What becomes of a file's name on its way through Rack and Rails. Names are one character a byte until they arrive.

/** Rails writes these otherwise where a name stands in an address, or is asked for its extension. */
const UNSAFE = /[\u202e%$|:;/<>?*"\t\r\n\\]/g;

/**
 * @param {string} written the name in the part's header, one character a byte
 * @returns {string | undefined} the name that arrives; undefined when the file is lost
 */
export function arrivedName(written) {
  // One percent sign that begins no code, and Rack decodes none.
  const isEncoded = written.match(/%.{0,2}/gs)?.every((code) => /^%[\da-f]{2}$/i.test(code));
  const name = isEncoded
    ? written.replace(/%(..)/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    : written;
  return name.split(/[/\\]/).findLast((part) => part !== "");
}

/**
 * The extension that Rails sees: none of a name that begins with its only dot, or ends with one.
 * @param {string} name
 */
export function extensionOf(name) {
  const safe = safeName(name);
  const dot = safe.lastIndexOf(".");
  return /[^.]/.test(safe.slice(0, Math.max(dot, 0))) ? safe.slice(dot + 1) || null : null;
}

/**
 * The name as it stands in addresses.
 * @param {string} name
 */
export function safeName(name) {
  return name.trim().replace(UNSAFE, "-");
}
