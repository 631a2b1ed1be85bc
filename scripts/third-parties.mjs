// THIRD-PARTY-LICENSES: whose code the package carries, and under which terms.
//
// From cargo's own plan of the build rather than by `cargo about`, which does not see the crates that std itself
// is made of, asks a server for texts that are missing, and takes as long to install as all of a build.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { FOR_SIZE, WASM_TARGET } from "./engine.mjs";
import { output, ROOT, read, Stop } from "./steps.mjs";

const LICENSE_FILE = /^(licen[cs]e|copying|copyright|notice|unlicense)/i;
/** Published without the file; this is the notice in its repository. */
const NOTICES = { lol_alloc: "Copyright (c) 2022 Craig" };
const INTRODUCTION = `Third parties
=============

engine.wasm, which engine/wasm-bytes.js and index.cjs hold as well, is made of these crates and parts of Rust's standard
library, or of code that they wrote while it was built; engine/engagelab_livedesk.js is written by wasm-bindgen. In the .cjs
files and the edges' entries stand some lines of esbuild's. Nothing else in the package is of others. Where a licence
offers a choice, one of its texts is given.
`;
const RULE = "-".repeat(80);

/** The whole file. */
export function thirdParties() {
  const parties = [...crates(), esbuild()];
  const byText = new Map();
  for (const { name, version, texts } of parties) {
    for (const text of texts) byText.set(text, [...(byText.get(text) ?? []), `${name} ${version}`]);
  }
  const list = parties.map(
    ({ name, version, license, source }) => `${name} ${version}  ${license}  ${source}`,
  );
  const texts = [...byText].map(
    ([text, names]) => `${RULE}\n${wrap(names.join(", "))}\n${RULE}\n\n${text}\n`,
  );
  return [INTRODUCTION, `${list.join("\n")}\n`, ...texts].join("\n");
}

/** What the engine is compiled from, macros included, build scripts not. */
function crates() {
  const plan = buildPlan();
  const found = new Set();
  const visit = (index) => {
    const unit = plan.units[index];
    if (unit.mode !== "build" || found.has(unit)) return;
    found.add(unit);
    for (const dependency of unit.dependencies) visit(dependency.index);
  };
  plan.roots.forEach(visit);
  const described = new Map();
  for (const { pkg_id, target, is_std } of found) {
    const isOurs = target.src_path.startsWith(join(ROOT, "src"));
    // A crate can be several units: one for the engine, one for a macro.
    if (!isOurs) described.set(pkg_id, describe(folderOf(target.src_path), is_std));
  }
  return [...described.values()].sort((a, b) =>
    `${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1,
  );
}

function buildPlan() {
  const command = ["build", "--lib", "--release", "--locked", "--target", WASM_TARGET];
  const plan = output("cargo", [...command, "-Zunstable-options", "--unit-graph"], FOR_SIZE);
  if (!plan) throw new Stop("cargo could not say what the engine is made of.");
  return JSON.parse(plan);
}

/** The folder of the crate that a source file belongs to. */
function folderOf(source) {
  const folder = dirname(source);
  return existsSync(join(folder, "Cargo.toml")) ? folder : folderOf(folder);
}

function describe(folder, isStd) {
  const manifest = readFileSync(join(folder, "Cargo.toml"), "utf8");
  const [name, version, written] = ["name", "version", "license"].map(
    (key) => new RegExp(`^${key} = ["'](.+)["']`, "m").exec(manifest)?.[1],
  );
  // As it was written once.
  const license = written?.replaceAll("/", " OR ");
  // Rust's own parts have no version, and are on no registry.
  const isRust = isStd && !basename(folder).includes(version);
  if (isRust) return partOfRust(folder, name, license);
  const texts = licenseTexts(folder, name, license);
  return { name, version, license, texts, source: `https://crates.io/crates/${name}/${version}` };
}

/** Not every part repeats the licence of the whole; compiler_builtins has another, one folder further up. */
function partOfRust(folder, name, license = "MIT OR Apache-2.0") {
  const [, version] = output("rustc", ["--version"]).split(" ");
  const texts = licenseTexts(dirname(folder), name, license);
  return { name, version, license, texts, source: "https://github.com/rust-lang/rust" };
}

function licenseTexts(folder, name, license) {
  const files = licenseFiles(folder);
  const hasMit = license.includes(" OR ") && files.some((file) => basename(file) === "LICENSE-MIT");
  const chosen = files.filter((file) => !(hasMit && basename(file) === "LICENSE-APACHE"));
  if (chosen.length > 0) return chosen.map((file) => tidy(readFileSync(file, "utf8")));
  if (license.split(" OR ").includes("Apache-2.0")) return [tidy(read("LICENSE-APACHE"))];
  if (license === "MIT" && NOTICES[name]) {
    return [tidy(read("LICENSE-MIT").replace(/^Copyright .*$/m, NOTICES[name]))];
  }
  throw new Stop(`${name} comes without its licence: add its notice to scripts/third-parties.mjs.`);
}

function licenseFiles(folder) {
  const names = readdirSync(folder).filter((name) => LICENSE_FILE.test(name));
  return names.sort().map((name) => join(folder, name));
}

/** Its bundles begin with a few helpers of its own. */
function esbuild() {
  const { name, version, license } = JSON.parse(read("node_modules", "esbuild", "package.json"));
  const texts = [tidy(read("node_modules", "esbuild", "LICENSE.md"))];
  return { name, version, license, texts, source: `https://www.npmjs.com/package/${name}/v/${version}` };
}

/** The same text however its lines end. */
function tidy(text) {
  return text
    .replaceAll("\r\n", "\n")
    .replace(/[ \t]+$/gm, "")
    .trim();
}

function wrap(names) {
  return names.replace(/(.{1,100})(?:, |$)/g, "$1,\n").replace(/,\n$/, "");
}
