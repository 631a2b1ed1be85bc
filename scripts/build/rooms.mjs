// The published modules. Loose files cost Node 8 to 10 ms, so each of them is a bundle of source files: its room. No
// source file is in two that can meet, since a class, or what the loader remembers, must be there once.
//
// They are readable, with the name of each source file above what came of it. There are no source maps: names and
// lines of code are the sources' own, and maps would have to bring all sources along, or have bundlers warn.

import { readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { build } from "esbuild";
import { filesBelow, STAGED, Stop } from "./steps.mjs";

export const COMMON = {
  absWorkingDir: STAGED,
  bundle: true,
  write: false,
  target: "es2022",
  charset: "utf8",
  logLevel: "warning",
};

/** Those that somebody names: in package.json, or in an import() of the package's own. */
const ENTRIES = [
  "index.js",
  "node.js",
  "engine.js",
  "proxy.js",
  "bullmq.js",
  "sandbox.js",
  "sandbox/node.js",
  "cli/main.js",
];
/** Apart from the client: some bundlers drop whole modules alone, and a page may want nothing but these. */
const ERRORS = ["errors.js", "host/one-line.js", "client/outcome-text.js"];
/** Whatever an entry needs, and nothing before it needed, is in this room. */
const SHARED = [
  ["index.js", "client.js"],
  ["sandbox.js", "sandbox/core.js"],
  ["sandbox/node.js", "sandbox/node.js"],
];
/** In a page's engine one file stands for these; `browser` in package.json names that engine. */
const NOT_IN_PAGES = ["host/watch.js", "host/platform.js", "host/guarded.js", "redaction/cause.js"];
const BROWSER_PARTS = "host/browser-parts.js";
const IMPORT = /^(?:import|export)\s+(\* as \w+|\{[^}]*\})\s*from "(\.[^"]+)";/gm;

/** `[name, text]` of each. */
export async function rooms() {
  const plan = new Map([
    ...ENTRIES.map((name) => [name, name]),
    ...ERRORS.map((name) => [name, "errors.js"]),
  ]);
  for (const [entry, room] of SHARED) {
    const { metafile } = await bundle({ name: entry, plan });
    for (const name of Object.keys(metafile.inputs)) if (!plan.has(name)) plan.set(name, room);
  }
  const wanted = [
    ...["errors.js", "client.js", "sandbox/core.js"].map((name) => ({
      name,
      plan,
      contents: exportsOf(name, plan),
    })),
    ...ENTRIES.map((name) => ({ name, plan })),
    { name: "engine.browser.js", entry: "engine.js", plan, inPages: true },
  ];
  return Promise.all(wanted.map(async (one) => [one.name, (await bundle(one)).outputFiles[0].text]));
}

/** One room of the plan, of its own entry or of the text of one. */
function bundle({ name, plan, entry = name, contents, inPages }) {
  return build({
    ...COMMON,
    ...(contents ? { stdin: { contents, resolveDir: STAGED } } : { entryPoints: [entry] }),
    plugins: [walls(name, entry, plan, inPages)],
    outfile: join(STAGED, "..", "rooms", name),
    metafile: true,
    format: "esm",
    platform: "neutral",
    external: ["node:*"],
  });
}

/** What is in another room is imported from there. */
function walls(name, entry, plan, inPages) {
  return {
    name: "walls",
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
        const wanted = posix.relative(STAGED, posix.join(resolveDir, path));
        const file = inPages && NOT_IN_PAGES.includes(wanted) ? BROWSER_PARTS : wanted;
        const room = plan.get(file);
        if (room === undefined || room === name || room === entry) return { path: join(STAGED, file) };
        const way = posix.relative(posix.dirname(name), room);
        return { path: way.startsWith(".") ? way : `./${way}`, external: true };
      });
    },
  };
}

/** A module that exports all that others import from the files of a room. */
function exportsOf(room, plan) {
  const places = new Map();
  for (const from of filesBelow(STAGED).filter((name) => name.endsWith(".js"))) {
    if (plan.get(from) === room) continue;
    for (const [, what, path] of readFileSync(join(STAGED, from), "utf8").matchAll(IMPORT)) {
      const file = posix.join(dirname(from), path);
      if (plan.get(file) !== room) continue;
      if (what.startsWith("*")) throw new Stop(`${from} imports all of ${file}: name what it needs.`);
      for (const [name] of what.matchAll(/\w+(?: as \w+)?/g)) {
        const [own] = name.split(" ");
        if ((places.get(own) ?? file) !== file)
          throw new Stop(`${own} is exported by ${file} and by ${places.get(own)}: rename one.`);
        places.set(own, file);
      }
    }
  }
  return [...places].map(([name, file]) => `export { ${name} } from "./${file}";`).join("\n");
}
