// Whether whoever visits a page can read what this code holds.

/** In a page or a worker of one; not in Node (jsdom included), Deno, Bun or Cloudflare's workers. */
export function isBrowser() {
  const { Deno, Bun, process, navigator, WorkerGlobalScope, location } = globalThis;
  if (Deno || Bun || process?.versions?.node || navigator?.userAgent === "Cloudflare-Workers") return false;
  if (typeof window === "object" && typeof document === "object") return true;
  // Servers that run worker code have no location.
  return (
    typeof WorkerGlobalScope === "function" && globalThis instanceof WorkerGlobalScope && Boolean(location)
  );
}
