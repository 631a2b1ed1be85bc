// Which site a request comes from. Browsers say so in Origin and Sec-Fetch-Site, which no page can change, and send one
// of them at least with every POST; a program sends what it likes, or neither.

/**
 * `{ isAllowed, origin, fromBrowser }`; `origins` are the only sites that may send, without them it is the proxy's own.
 * @param {Request} request
 * @param {readonly string[] | undefined} origins
 */
export function siteOf({ headers, url }, origins) {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const fromBrowser = origin !== null || site !== null;
  return { isAllowed: isAllowed(origin, site, url, headers, origins), origin, fromBrowser };
}

/**
 * @param {string | null} origin
 * @param {string | null} site
 * @param {string} url
 * @param {Headers} headers
 * @param {readonly string[] | undefined} origins
 */
function isAllowed(origin, site, url, headers, origins) {
  // Whom an unlisted site renamed to this server by DNS is same-origin, too: a list is the better guard.
  if (origin !== null && origins) return origins.includes(origin);
  // "none" is what a person did in the browser itself.
  if (site !== null) return site === "same-origin" || (site === "none" && origin === null);
  return origin === null || hostOf(origin) === (headers.get("host") ?? new URL(url).host);
}

/**
 * Without its scheme: what ends TLS in front of a server leaves it http.
 * @param {string} origin
 */
function hostOf(origin) {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
