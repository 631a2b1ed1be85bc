// The pages that browsers open, for the conformance server: /browsers/<page>/, and below it the scripts of
// site/ with the same policy.

import { existsSync, readFileSync } from "node:fs";
import { inPackage } from "../../lib/package.mjs";

const SITE = new URL("./site/", import.meta.url);

/** Content-Security-Policies, without and with what WebAssembly needs. */
const WITHOUT_WASM = "default-src 'none'; script-src 'self'; connect-src 'self'";
const WITH_WASM = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** The page's script, and the policy of everything below its address. */
const PAGES = {
  window: { script: "window.js" },
  "dedicated-worker": { script: "in-worker.js" },
  "shared-worker": { script: "in-worker.js" },
  "service-worker": { script: "in-worker.js" },
  "with-wasm": { script: "policy.js", policy: WITH_WASM },
  "without-wasm": { script: "policy.js", policy: WITHOUT_WASM },
  "alone-in-service-worker": { script: "alone.js" },
  "engine-cut-off": { script: "lost.js", lost: { isCut: true } },
  "engine-not-found": { script: "lost.js", lost: { status: 404 } },
};

/** As startConformanceServer takes them. */
export function pages(pathname) {
  const [, folder, name, file, ...rest] = pathname.split("/");
  if (folder !== "browsers" || !(name in PAGES)) return undefined;
  const { script, policy, lost } = PAGES[name];
  if (lost && file.startsWith("package-")) return ownPackage(`${name}/${file}`, rest.join("/"), lost);
  if (rest.length > 0) return undefined;
  const headers = policy && { "Content-Security-Policy": policy };
  if (file === "") return { type: "text/html; charset=utf-8", body: htmlOf(script), headers };
  const place = new URL(file, SITE);
  if (!existsSync(place)) return undefined;
  return { type: "text/javascript; charset=utf-8", body: readFileSync(place), headers };
}

const found = new Set();

/** The package under an address of one page's own, which gets no engine before it asks for `found`. */
function ownPackage(page, file, lost) {
  if (file === "found") {
    found.add(page);
    return { type: "text/plain", body: "" };
  }
  if (file === "engine.js" && !found.has(page)) return { type: "text/plain", body: "", ...lost };
  return { type: "text/javascript; charset=utf-8", body: readFileSync(inPackage(file)) };
}

function htmlOf(script) {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title></title>
    <script src="say.js"></script>
    <script type="module" src="${script}"></script>
  </head>
</html>
`;
}
