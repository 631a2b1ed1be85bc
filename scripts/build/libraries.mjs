// Files of the template that take a library along: the package itself depends on nothing.

import { join } from "node:path";
import { build } from "esbuild";
import { TEMPLATE } from "./steps.mjs";

/** Each with the package that it imports. */
export const LIBRARIES = { "sandbox/liquid.js": "liquidjs" };

const OWN_IMPORTS = {
  name: "own-imports",
  setup({ onResolve }) {
    const stays = ({ path, importer }) =>
      importer.startsWith(TEMPLATE) ? { path, external: true } : undefined;
    onResolve({ filter: /^\.\// }, stays);
  },
};

/** `[name, text]` of each such file, with the library inside and its own imports as they are. */
export async function withLibraries() {
  return Promise.all(Object.keys(LIBRARIES).map(async (name) => [name, await bundled(name)]));
}

async function bundled(name) {
  const { outputFiles } = await build({
    entryPoints: [join(TEMPLATE, name)],
    plugins: [OWN_IMPORTS],
    bundle: true,
    minify: true,
    write: false,
    target: "es2022",
    charset: "utf8",
    format: "esm",
    // Its form for browsers: no file is read.
    platform: "browser",
    logLevel: "warning",
  });
  const [{ text }] = outputFiles;
  return text;
}
