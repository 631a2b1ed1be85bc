// For pages of another origin, if they are listed, and what `allow` may answer.

const SHOWN = "Livedesk-Proxy, Retry-After, X-Request-Id, Idempotency-Replayed";
const DAY_S = "86400";

/**
 * The answer to a browser that asks before it sends; `origin` is undefined for a site that is not listed.
 * @param {string | undefined} origin
 */
export function preflight(origin) {
  if (!origin) return new Response(null, { status: 403 });
  const headers = {
    "Access-Control-Allow-Methods": "POST, HEAD",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, Idempotency-Key",
    "Access-Control-Max-Age": DAY_S,
  };
  return withCors(new Response(null, { status: 204, headers }), origin);
}

/**
 * With that origin's leave to read it.
 * @param {Response} response
 * @param {string} origin
 */
export function withCors({ body, status, headers }, origin) {
  const copy = new Headers(headers);
  copy.set("Access-Control-Allow-Origin", origin);
  copy.set("Access-Control-Allow-Credentials", "true");
  copy.set("Access-Control-Expose-Headers", SHOWN);
  copy.append("Vary", "Origin");
  return new Response(body, { status, headers: copy });
}

/**
 * The user that `allow` lets send, "" where it names none; undefined when it lets nobody.
 * @param {unknown} consent
 */
export function allowed(consent) {
  if (consent === true) return "";
  const user = /** @type {{ user?: unknown } | null | undefined} */ (consent)?.user;
  return (typeof user === "string" && user !== "") || typeof user === "number" ? String(user) : undefined;
}
