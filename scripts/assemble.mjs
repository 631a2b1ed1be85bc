// Puts the package together in pkg/.

import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { SHRUNK } from "./shrink.mjs";
import { filesBelow, PACKAGE, ROOT, read, Stop, TEMPLATE } from "./steps.mjs";

/** The entries of the package, each of which has a CommonJS form too. */
const ENTRIES = ["index", "node", "sandbox"];
const COMMON = { bundle: true, write: false, target: "es2022", charset: "utf8", logLevel: "warning" };
const DOCUMENTS = ["README.md", "CHANGELOG.md", "LICENSE", "LICENSE-MIT", "LICENSE-APACHE"];

/** Writes what has changed, and removes what does not belong there. */
export async function assemble() {
  const files = new Map();
  for (const name of filesBelow(TEMPLATE)) files.set(name, readFileSync(join(TEMPLATE, name), "utf8"));
  files.set("engagelab_livedesk.js", readFileSync(SHRUNK.glue, "utf8"));
  files.set("wasm-bytes.js", readFileSync(SHRUNK.bytes, "utf8"));
  files.set("package.json", manifest(files.get("package.json")));
  for (const name of DOCUMENTS) if (existsSync(join(ROOT, name))) files.set(name, read(name));
  addCommonJsTypes(files);
  let changes = write(files);
  const generated = new Map([...(await commonJs()), ...(await forWorkerd())]);
  for (const [name, content] of generated) files.set(name, content);
  changes += write(generated);
  changes += removeOthers(files);
  checkTargets(JSON.parse(files.get("package.json")), files);
  return changes > 0;
}

/** The version stands in Cargo.toml alone. */
function manifest(template) {
  const [, version] = read("Cargo.toml").match(/^version = "(.+)"$/m);
  const { name, ...rest } = JSON.parse(template);
  return `${JSON.stringify({ name, version, ...rest }, null, 2)}\n`;
}

/** TypeScript takes the types of a `.cjs` from a `.d.cts`, and reads that as CommonJS. */
function addCommonJsTypes(files) {
  for (const [name, text] of [...files]) {
    if (!name.endsWith(".d.ts")) continue;
    files.set(name.replace(/\.ts$/, ".cts"), text.replaceAll(/(from "\.[^"]+)\.js"/g, '$1.cjs"'));
  }
}

/** Jest, AWS Lambda and Node before 20.19 cannot `require` a module. */
async function commonJs() {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: ENTRIES.map((entry) => join(PACKAGE, `${entry}.js`)),
    outdir: PACKAGE,
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    platform: "node",
  });
  return outputFiles.map(({ text }, index) => [`${ENTRIES[index]}.cjs`, text]);
}

/**
 * Cloudflare's workerd compiles no bytes: there the engine has to be a file that its bundler takes along as a
 * module. Nearly every other bundler fails on such an import, so it is in an entry of its own.
 */
async function forWorkerd() {
  const plugin = {
    name: "engine-from-file",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^\.\/engine\.wasm$/ }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /[\\/]compile\.js$/ }, () => ({
        contents: 'import module from "./engine.wasm"; export const compile = () => module;',
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
  if (text.includes("lzma")) throw new Stop("workerd's entry has taken the packed engine along.");
  return [
    ["index.workerd.js", text],
    ["engine.wasm", readFileSync(SHRUNK.wasm)],
  ];
}

function write(files) {
  let changes = 0;
  for (const [name, content] of files) {
    const path = join(PACKAGE, name);
    if (existsSync(path) && readFileSync(path).equals(Buffer.from(content))) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    if (content.indexOf("#!") === 0) chmodSync(path, 0o755);
    changes += 1;
  }
  return changes;
}

/** A packed tarball may stay; `make pack` replaces it. */
function removeOthers(files) {
  const others = filesBelow(PACKAGE).filter((name) => !files.has(name) && !name.endsWith(".tgz"));
  for (const name of others) rmSync(join(PACKAGE, name));
  return others.length;
}

function checkTargets({ exports, bin, main, module, types }, files) {
  const named = JSON.stringify([exports, bin, main, module, types]).match(
    /(?<=")[^"]+\.(?:c?js|d\.c?ts|json|wasm)(?=")/g,
  );
  for (const name of named.map((name) => name.replace("./", ""))) {
    if (!files.has(name))
      throw new Stop(`package.json names ${name}, but there is no such file in pkg-template.`);
  }
}
