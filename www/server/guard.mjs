// Keeps every other site out. The server holds credentials and sends for whoever asks, so a page open in
// another tab must be able neither to send through it (Origin, Sec-Fetch-Site) nor to rename itself to this
// machine by DNS (Host).

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export async function securityHeaders(context, next) {
  await next();
  context.header("Content-Security-Policy", POLICY);
  context.header("X-Content-Type-Options", "nosniff");
  context.header("Referrer-Policy", "no-referrer");
  // A rebuilt package or an edited page is what the next reload shows.
  context.header("Cache-Control", "no-store");
}

export async function refuseOtherSites(context, next) {
  const host = context.req.header("host") ?? "";
  const { localPort } = context.env.incoming.socket;
  if (host !== `127.0.0.1:${localPort}` && host !== `localhost:${localPort}`) {
    return context.text("This server answers only to 127.0.0.1 and localhost.", 403);
  }
  const reads = context.req.method === "GET" || context.req.method === "HEAD";
  if (!reads && !isOwnPage(context.req, host)) {
    return context.text("Only this server's own page may send.", 403);
  }
  return next();
}

/** Neither header is there when no browser sends: that is the terminal, which no site can drive. */
function isOwnPage(request, host) {
  const origin = request.header("origin");
  if (origin !== undefined) return origin === `http://${host}`;
  const site = request.header("sec-fetch-site");
  return site === undefined || site === "same-origin" || site === "none";
}
