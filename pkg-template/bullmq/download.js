// A file of a URL, from hosts that were named and from no private address: the one looked up is the one connected to,
// so that no name can lead elsewhere meanwhile. Redirects are not followed.

import { lookup } from "node:dns";
import { request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { BlockList, isIP } from "node:net";
import { basename } from "node:path";
import { Refused } from "./refused.js";

/** @typedef {{ hosts?: string[], maxBytes: number, dangerouslyAllowPrivate?: boolean }} Limits */

const TIMEOUT_MS = 60_000;

/** What IANA's registries of special addresses do not mark as globally reachable. */
const PRIVATE = new BlockList();
for (const [address, bits] of /** @type {[string, number][]} */ ([
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
]))
  PRIVATE.addSubnet(address, bits, "ipv4");

/** All that is public in IPv6 is in here. */
const PUBLIC_6 = new BlockList();
PUBLIC_6.addSubnet("2000::", 3, "ipv6");
/** But for these: some of them have an IPv4 address in them. */
const PRIVATE_6 = new BlockList();
PRIVATE_6.addSubnet("2001::", 23, "ipv6");
PRIVATE_6.addSubnet("2001:db8::", 32, "ipv6");
PRIVATE_6.addSubnet("2002::", 16, "ipv6");
PRIVATE_6.addSubnet("3fff::", 20, "ipv6");

/**
 * @param {string} address
 * @returns {boolean}
 */
export function isPrivate(address) {
  if (isIP(address) === 4) return PRIVATE.check(address, "ipv4");
  return !PUBLIC_6.check(address, "ipv6") || PRIVATE_6.check(address, "ipv6");
}

/**
 * @param {string} text
 * @param {Limits} limits
 * @returns {Promise<{ data: Blob, name: string }>}
 */
export async function download(text, { hosts = [], maxBytes, dangerouslyAllowPrivate = false }) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !hosts.includes(url.hostname)) throw new Refused("a URL of a host that was not named");
  if (url.username || url.password) throw new Refused("a URL with credentials");
  if (url.protocol !== "https:" && !dangerouslyAllowPrivate) throw new Refused("a URL that is not https:");
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) && isPrivate(literal) && !dangerouslyAllowPrivate) throw new Refused("a private address");
  const data = await new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? overHttps : overHttp)(url, {
      agent: false,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      lookup: dangerouslyAllowPrivate ? lookup : lookupPublic,
    });
    // Told ahead of the end: what is there already would end well.
    const fail = (/** @type {Error} */ error) => {
      reject(error);
      request.destroy();
    };
    request.on("error", reject).on("response", (response) => {
      /** @type {BlobPart[]} */
      const chunks = [];
      let size = 0;
      const { statusCode = 0 } = response;
      if (statusCode !== 200) {
        const isRefused = statusCode < 500 && statusCode !== 429;
        fail(new (isRefused ? Refused : Error)(`a file's host answered ${statusCode}`));
        return;
      }
      response.on("data", (chunk) => {
        size += chunk.length;
        if (size > maxBytes) fail(new Refused("a file that is too large"));
        else chunks.push(chunk);
      });
      response.on("error", reject);
      response.on("end", () => resolve(new Blob(chunks)));
    });
    request.end();
  });
  return { data, name: basename(decoded(url.pathname)) || "file" };
}

/** @param {string} path */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Node's own lookup, without private addresses; what it gives is what is connected to.
 *
 * @param {string} name
 * @param {import("node:dns").LookupOptions} options
 * @param {(error: Error | null, address: string | import("node:dns").LookupAddress[], family?: number) => void} done
 */
function lookupPublic(name, options, done) {
  lookup(name, { ...options, all: true }, (error, found) => {
    if (error) return done(error, []);
    const [first] = found;
    if (!first || found.some(({ address }) => isPrivate(address)))
      return done(new Refused("a private address"), []);
    return options.all ? done(null, found) : done(null, first.address, first.family);
  });
}
