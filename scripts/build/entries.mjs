// The entries that are made from other ones, for who cannot load those. Each is whole, in one file.

import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { build } from "esbuild";
import { COMMON } from "./rooms.mjs";
import { SHRUNK } from "./shrink.mjs";
import { STAGED, Stop } from "./steps.mjs";

/** Each of them has a CommonJS form too. */
const ENTRIES = ["index", "node", "proxy", "bullmq", "sandbox", "sandbox/node"];
/** What each edge imports as the engine, and how that becomes the module that `compile` gives. */
const EDGES = {
  "index.workerd.js": ["./engine.wasm", "module"],
  // Next.js makes it in another realm, where the glue would not know it for a module.
  "index.edge-light.js": [
    "./engine.wasm?module",
    "Object.setPrototypeOf(module, WebAssembly.Module.prototype)",
  ],
};
/** `engagelab-livedesk/engine` where the package's main entry has the engine in it. */
const NOTHING = {
  "engine.cjs": '"use strict";\n// Nothing to load: index.cjs has the engine in it.\n',
  "engine.edge.js": "// Nothing to load: the main entry has the engine in it here.\nexport {};\n",
};

/** An entry that calls the engine takes that of the main entry: there is one. */
const ENGINE_OF_INDEX = {
  name: "engine-of-index",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/client\/livedesk\.js$/ }, () => ({ path: "./index.cjs", external: true }));
  },
};

/** Jest, AWS Lambda and Node before 20.19 cannot `require` a module. */
export async function commonJs() {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: ENTRIES.map((entry) => `${entry}.js`),
    outdir: STAGED,
    outbase: STAGED,
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    platform: "node",
    plugins: [ENGINE_OF_INDEX],
  });
  return [
    ...Object.entries(NOTHING),
    ...outputFiles.map(({ path, text }) => [relative(STAGED, path).replaceAll("\\", "/"), text]),
  ];
}

/**
 * All in one, for bundlers that ignore `exports`, Parcel among them: of an import() in a worker its builds make a file
 * that lacks what it needs.
 */
export async function whole() {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: ["index.js"],
    format: "esm",
    platform: "neutral",
  });
  return [["index.whole.js", outputFiles[0].text]];
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
      onLoad({ filter: /[\\/]wasm-bytes\.js$/ }, () => ({
        contents: `import module from "${specifier}"; export const WASM = ${module};`,
      }));
      onLoad({ filter: /[\\/]compile\.js$/ }, () => ({
        contents: "export const compile = (module) => module;",
      }));
    },
  };
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: ["index.js"],
    plugins: [plugin],
    format: "esm",
    platform: "neutral",
  });
  const [{ text }] = outputFiles;
  if (text.includes("DecompressionStream"))
    throw new Stop("An entry without the packed engine has taken it along.");
  return text;
}
