// Puts the package together in pkg/.

import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { commonJs, forEdges, whole } from "./entries.mjs";
import { fromRust } from "./from-rust.mjs";
import { withLibraries } from "./libraries.mjs";
import { rooms } from "./rooms.mjs";
import { SHRUNK } from "./shrink.mjs";
import { filesBelow, PACKAGE, ROOT, read, STAGED, Stop, TEMPLATE } from "./steps.mjs";
import { thirdParties } from "./third-parties.mjs";

const DOCUMENTS = ["README.md", "CHANGELOG.md", "LICENSE", "LICENSE-MIT", "LICENSE-APACHE"];

/** Writes what has changed, and removes what does not belong there. */
export async function assemble() {
  const sources = new Map();
  for (const name of filesBelow(TEMPLATE)) sources.set(name, readFileSync(join(TEMPLATE, name), "utf8"));
  for (const [name, text] of await withLibraries()) sources.set(name, text);
  sources.set("engine/engagelab_livedesk.js", readFileSync(SHRUNK.glue, "utf8"));
  sources.set("engine/wasm-bytes.js", readFileSync(SHRUNK.bytes, "utf8"));
  for (const [name, text] of fromRust()) sources.set(name, text);
  const template = sources.get("package.json");
  sources.delete("package.json");
  update(STAGED, sources);
  const files = new Map([...sources].filter(([name]) => name.endsWith(".d.ts")));
  addCommonJsTypes(files);
  files.set("package.json", manifest(template));
  for (const name of DOCUMENTS) if (existsSync(join(ROOT, name))) files.set(name, read(name));
  files.set("THIRD-PARTY-LICENSES", thirdParties());
  const bundles = [...(await rooms()), ...(await whole()), ...(await commonJs()), ...(await forEdges())];
  for (const [name, content] of bundles) files.set(name, content);
  checkTargets(JSON.parse(files.get("package.json")), files);
  return update(PACKAGE, files) > 0;
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

/** Makes `folder` have these files and no others. A packed tarball may stay; `make pack` replaces it. */
function update(folder, files) {
  let changes = 0;
  for (const [name, content] of files) {
    const path = join(folder, name);
    if (existsSync(path) && readFileSync(path).equals(Buffer.from(content))) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    if (content.indexOf("#!") === 0) chmodSync(path, 0o755);
    changes += 1;
  }
  const others = filesBelow(folder).filter((name) => !files.has(name) && !name.endsWith(".tgz"));
  for (const name of others) rmSync(join(folder, name));
  return changes + others.length;
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
