// esbuild: pages, programs for Node, and its server.

import { join } from "node:path";
import { importInternal } from "../../lib/package.mjs";
import { startSite } from "../../lib/site.mjs";
import { makeApp, writeHtml } from "./app.mjs";
import { bundlerCell } from "./cell.mjs";
import { CLASSIC_SCRIPT, MODULE_SCRIPT, PAGE_ENTRIES, pageCell, programCell } from "./entries.mjs";
import { offlineCell, serviceWorkerCell } from "./later.mjs";
import { provePage } from "./prove.mjs";

const OPTIONS = { bundle: true, minify: true, logLevel: "silent" };
const PROGRAMS = { esm: "send-node.mjs", cjs: "send-node.cjs" };

export function esbuildCells() {
  pageCell({ in: "esbuild", how: "esm", inCi: true }, version, buildPage);

  const split = (folder, output) => build({ ...pagesOf(folder, output), format: "esm", splitting: true });
  pageCell({ in: "esbuild", how: "esm, split", inCi: true }, version, split);
  const later = (format) => (folder, outdir, entry) =>
    build({
      entryPoints: [{ in: join(folder, entry), out: "page" }],
      outdir,
      format,
      splitting: format === "esm",
    });
  offlineCell("esbuild", version, later("esm"));
  const alone = { entry: "service-worker.js", type: "classic" };
  serviceWorkerCell("esbuild", "classic service worker, iife", version, later("iife"), alone);
  const together = { entry: "service-worker-with-engine.js", type: "module" };
  serviceWorkerCell(
    "esbuild",
    "module service worker with the engine, split",
    version,
    later("esm"),
    together,
  );

  // This older kind of script has no `import.meta`, so the app has no worker.
  const classic = (folder, output) =>
    build({ entryPoints: [join(folder, "main.js")], outfile: join(output, "page.js"), format: "iife" });
  const isClassic = { script: CLASSIC_SCRIPT, worker: false };
  pageCell({ in: "esbuild", how: "iife" }, version, classic, isClassic);

  for (const [format, outfile] of Object.entries(PROGRAMS)) {
    const server = (folder, outfile) =>
      build({ entryPoints: [join(folder, "send-node.js")], outfile, platform: "node", format });
    const how = `platform node, ${format}, run by Node`;
    programCell({ in: "esbuild", how }, version, server, { program: () => process.execPath, outfile });
  }

  bundlerCell({ in: "esbuild", how: "serve" }, proveServer);
}

/** Builds the page and its worker as modules, minified; resolves to its warnings. */
export function buildPage(folder, output) {
  return build({ ...pagesOf(folder, output), format: "esm" });
}

export async function version() {
  return (await import("esbuild")).version;
}

async function proveServer(t) {
  const { context } = await import("esbuild");
  const folder = await makeApp(t);
  const output = join(folder, "dist");
  await writeHtml(output, MODULE_SCRIPT);
  const building = await context({ ...OPTIONS, ...pagesOf(folder, output), format: "esm" });
  t.after(() => building.dispose());
  const { port } = await building.serve({ servedir: output, host: "127.0.0.1" });
  const site = await startSite(t, folder);
  // It forwards nothing itself; as its documentation shows, a server of the user's own stands in front.
  const url = await startFront(t, ({ pathname }) =>
    pathname.startsWith("/desk/") ? site.url : `http://127.0.0.1:${port}`,
  );
  await provePage(t, site, url);
  return { version: await version() };
}

async function build(options) {
  const { build } = await import("esbuild");
  const { warnings } = await build({ ...OPTIONS, ...options });
  return warnings.map(({ text }) => text);
}

function pagesOf(folder, outdir) {
  return { entryPoints: PAGE_ENTRIES.map((entry) => join(folder, entry)), outdir };
}

/** A server that passes a request on to where `choose(url)` says. */
async function startFront(hooks, choose) {
  const { serve } = await importInternal("cli/serve.js");
  const { url, close } = await serve((request) => {
    const { method, headers, body } = request;
    const address = new URL(request.url);
    const target = new URL(address.pathname, choose(address));
    return fetch(target, { method, headers, body, duplex: "half" });
  });
  hooks.after(close);
  return url;
}
