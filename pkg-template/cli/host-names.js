// Who may ask: a web page can have its own name point to this machine, or send to it across origins.

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** A name or an address, without a port or anything else that a URL can have. */
const NAME = /^(?:\[[\da-f:.]+\]|[^\s/\\?#@:[\]]+)$/i;

/**
 * The Host names a server answers to, as a URL writes them.
 * @param {string} host
 * @param {unknown} hosts
 */
export function namesOf(host, hosts) {
  if (!Array.isArray(hosts)) throw new TypeError("hosts is a list of Host names");
  return new Set([...LOOPBACK, ...[host, ...hosts].map(readName)]);
}

/** @param {unknown} name */
function readName(name) {
  const read = typeof name === "string" ? (hostnameOf(name) ?? hostnameOf(`[${name}]`)) : undefined;
  if (read === undefined) throw new TypeError("hosts is a list of Host names, without ports");
  return read;
}

/** @param {string} host */
function hostnameOf(host) {
  if (!NAME.test(host)) return undefined;
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return undefined;
  }
}

/**
 * Whether a request names one of them, in its Host and, where it has one there, in its target.
 * @param {Set<string>} names
 * @param {Request} request
 */
export function answersTo(names, request) {
  const { hostname } = new URL(request.url);
  const header = request.headers.get("host");
  return names.has(hostname) && (header === null || names.has(withoutPort(header) ?? ""));
}

/** @param {string} header */
function withoutPort(header) {
  return hostnameOf(header.replace(/:\d*$/, ""));
}

/**
 * Whether a request comes from a page of this very origin, or from no page at all.
 * @param {Request} request
 */
export function isOwnPage(request) {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const isOwn = origin === null || origin === new URL(request.url).origin;
  return isOwn && (site === null || site === "same-origin" || site === "none");
}
