// Rollup with its plugin that finds packages, and Rolldown, which finds them by itself.

import { join } from "node:path";
import { versionOf } from "../lib/tools.mjs";
import { PAGE_ENTRIES, pageCell } from "./entries.mjs";
import { offlineCell } from "./later.mjs";

export function rollupCells() {
  const buildOf = async (input, dir) => {
    const { rollup } = await import("rollup");
    const { nodeResolve } = await import("@rollup/plugin-node-resolve");
    const warnings = [];
    const bundle = await rollup({
      input,
      plugins: [nodeResolve()],
      onwarn: ({ message }) => warnings.push(message),
    });
    await bundle.write({ dir });
    await bundle.close();
    return warnings;
  };
  const version = () => versionOf("rollup");
  const build = (folder, dir) => buildOf(inputs(folder), dir);
  pageCell({ in: "Rollup", how: "with node-resolve", inCi: true }, version, build);
  offlineCell("Rollup", version, (folder, dir, entry) => buildOf({ page: join(folder, entry) }, dir));
}

export function rolldownCells() {
  const build = async (folder, dir) => {
    const { build } = await import("rolldown");
    const warnings = [];
    await build({
      input: inputs(folder),
      onLog: (_, { message }) => warnings.push(message),
      platform: "browser",
      output: { dir, minify: true },
    });
    return warnings;
  };
  pageCell({ in: "Rolldown", how: "production build" }, () => versionOf("rolldown"), build);
}

function inputs(folder) {
  return PAGE_ENTRIES.map((entry) => join(folder, entry));
}
