// The entries that are made from other ones, for who cannot load those. They are bundles of what is in pkg/ by then.

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { SHRUNK } from "./shrink.mjs";
import { PACKAGE, Stop } from "./steps.mjs";

const COMMON = { bundle: true, write: false, target: "es2022", charset: "utf8", logLevel: "warning" };
/** Each of them has a CommonJS form too. */
const ENTRIES = ["index", "node", "proxy", "sandbox"];
/** What each edge imports as the engine, and how that becomes the module that `compile` gives. */
const EDGES = {
  "index.workerd.js": ["./engine.wasm", "module"],
  // Next.js makes it in another realm, where the glue would not know it for a module.
  "index.edge-light.js": [
    "./engine.wasm?module",
    "Object.setPrototypeOf(module, WebAssembly.Module.prototype)",
  ],
};

/** Jest, AWS Lambda and Node before 20.19 cannot `require` a module. */
export async function commonJs() {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: ENTRIES.map((entry) => join(PACKAGE, `${entry}.js`)),
    outdir: PACKAGE,
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    platform: "node",
  });
  return outputFiles.map(({ path, text }) => [basename(path), text]);
}

/**
 * Cloudflare's workerd and Vercel's edge compile no bytes: there the engine has to be a file that their bundlers
 * take along as a module. Nearly every other bundler fails on such an import, so each has an entry of its own.
 */
export async function forEdges() {
  const files = [["engine.wasm", readFileSync(SHRUNK.wasm)]];
  for (const [name, how] of Object.entries(EDGES)) files.push([name, await fromFile(how)]);
  return files;
}

async function fromFile([specifier, module]) {
  const plugin = {
    name: "engine-from-file",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^\.\/engine\.wasm/ }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /[\\/]compile\.js$/ }, () => ({
        contents: `import module from "${specifier}"; export const compile = () => ${module};`,
      }));
    },
  };
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: [join(PACKAGE, "index.js")],
    plugins: [plugin],
    format: "esm",
    platform: "neutral",
  });
  const [{ text }] = outputFiles;
  if (text.includes("lzma")) throw new Stop("An entry without the packed engine has taken it along.");
  return text;
}
