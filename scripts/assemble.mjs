// Puts the package together in pkg/.

import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { commonJs, forEdges } from "./entries.mjs";
import { fromRust } from "./from-rust.mjs";
import { SHRUNK } from "./shrink.mjs";
import { filesBelow, PACKAGE, ROOT, read, Stop, TEMPLATE } from "./steps.mjs";
import { thirdParties } from "./third-parties.mjs";

const DOCUMENTS = ["README.md", "CHANGELOG.md", "LICENSE", "LICENSE-MIT", "LICENSE-APACHE"];

/** Writes what has changed, and removes what does not belong there. */
export async function assemble() {
  const files = new Map();
  for (const name of filesBelow(TEMPLATE)) files.set(name, readFileSync(join(TEMPLATE, name), "utf8"));
  files.set("engine/engagelab_livedesk.js", readFileSync(SHRUNK.glue, "utf8"));
  files.set("engine/wasm-bytes.js", readFileSync(SHRUNK.bytes, "utf8"));
  files.set("engine/from-rust.js", fromRust());
  files.set("package.json", manifest(files.get("package.json")));
  for (const name of DOCUMENTS) if (existsSync(join(ROOT, name))) files.set(name, read(name));
  files.set("THIRD-PARTY-LICENSES", thirdParties());
  addCommonJsTypes(files);
  let changes = write(files);
  const generated = new Map([...(await commonJs()), ...(await forEdges())]);
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
