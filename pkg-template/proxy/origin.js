// Which site a request comes from. Browsers say so in Origin and Sec-Fetch-Site, which no page can change, and send one
// of them at least with every POST; a program sends what it likes, or neither.

/** `{ isAllowed, origin, fromBrowser }`; `origins` are the only sites that may send, without them it is the proxy's own. */
export function siteOf({ headers, url }, origins) {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const fromBrowser = origin !== null || site !== null;
  return { isAllowed: isAllowed(origin, site, url, headers, origins), origin, fromBrowser };
}

function isAllowed(origin, site, url, headers, origins) {
  // Whom an unlisted site renamed to this server by DNS is same-origin, too: a list is the better guard.
  if (origin !== null && origins) return origins.includes(origin);
  // "none" is what a person did in the browser itself.
  if (site !== null) return site === "same-origin" || (site === "none" && origin === null);
  return origin === null || hostOf(origin) === (headers.get("host") ?? new URL(url).host);
}

/** Without its scheme: what ends TLS in front of a server leaves it http. */
function hostOf(origin) {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
