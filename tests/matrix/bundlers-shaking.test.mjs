// An app pays only for what it imports of the packed package.

import { basename, dirname } from "node:path";
import { shakingCells } from "./bundlers/shaking.mjs";
import { buildWith } from "./bundlers/webpack.mjs";
import { versionOf } from "./lib/tools.mjs";

shakingCells(
  "esbuild",
  async () => (await import("esbuild")).version,
  async (entry, outdir, splitting) => {
    const { build } = await import("esbuild");
    await build({
      entryPoints: [entry],
      outdir,
      bundle: true,
      minify: true,
      format: "esm",
      splitting,
      logLevel: "silent",
    });
  },
);

shakingCells(
  "Rollup",
  () => versionOf("rollup"),
  async (entry, dir) => {
    const { rollup } = await import("rollup");
    const { nodeResolve } = await import("@rollup/plugin-node-resolve");
    const bundle = await rollup({ input: entry, plugins: [nodeResolve()] });
    // Rollup itself minifies nothing; other bundlers' sizes are of minified text.
    const { transform } = await import("esbuild");
    const renderChunk = async (code) => (await transform(code, { minify: true })).code;
    await bundle.write({ dir, plugins: [{ name: "minify", renderChunk }] });
    await bundle.close();
  },
);

shakingCells(
  "webpack 5",
  () => versionOf("webpack"),
  async (entry, path) => {
    const { default: webpack } = await import("webpack");
    const output = { path, filename: basename(entry), module: true };
    // So that what is split can be run in Node; the app is a package of modules.
    const config = { target: ["web", "es2022"], experiments: { outputModule: true }, output };
    await buildWith(webpack, { mode: "production", context: dirname(entry), entry, ...config });
  },
);
