// What the package says of others' code in it.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import test from "node:test";
import { run } from "../lib/command.mjs";
import { inPackage } from "../lib/package.mjs";

const TREE = ["cargo", "tree", "--locked", "--target", "wasm32-unknown-unknown", "-e", "normal"];
/** Of std, which the engine is built with. */
const STD = ["core", "alloc", "std", "compiler_builtins", "panic_abort", "dlmalloc", "hashbrown"];
const RULE = "-".repeat(80);
const TERMS = /Permission is hereby granted|Licensed under the Apache License|TERMS AND CONDITIONS FOR USE/;

const file = await readFile(inPackage("THIRD-PARTY-LICENSES"), "utf8");
const [list, ...rest] = file.split(`${RULE}\n`);
/** The names above each text, and the text. */
const texts = rest.filter((_, index) => index % 2 === 0).map((names, index) => [names, rest[2 * index + 1]]);

/** Every crate that cargo compiles into the engine, as `name version`. */
async function compiledIn() {
  const { code, output } = await run([...TREE, "--prefix", "none", "--format", "{p}"]);
  assert.equal(code, 0, output);
  const crates = output.matchAll(/^(\S+) v(\S+)/gm);
  return new Set(Array.from(crates, ([, name, version]) => `${name} ${version}`));
}

function assertHasText(party) {
  const ours = texts.filter(([names]) => names.trim().split(/,\s/).includes(party));
  assert.ok(ours.length > 0, `no licence of ${party}`);
  assert.ok(
    ours.some(([, text]) => TERMS.test(text)),
    `no licence's text for ${party}`,
  );
}

test("names every crate that is compiled in, with its version, licence and the licence's text", async () => {
  const crates = await compiledIn();
  assert.ok(crates.delete("engagelab-livedesk 0.1.0"));
  assert.ok(crates.size > 20, `${crates.size} crates`);
  for (const crate of crates) {
    const line = list.split("\n").find((line) => line.startsWith(`${crate}  `)) ?? "";
    assert.match(line, /^\S+ \S+ {2}.*(MIT|Apache-2\.0).* {2}https:/, crate);
    assertHasText(crate);
  }
});

test("names the parts of Rust's standard library, and gives every named party's text", () => {
  const parties = Array.from(list.matchAll(/^(\S+ \d\S*) {2}/gm), ([, party]) => party);
  for (const name of STD)
    assert.ok(
      parties.some((party) => party.startsWith(`${name} `)),
      name,
    );
  for (const party of parties) assertHasText(party);
  const named = texts.flatMap(([names]) => names.trim().split(/,\s/));
  assert.deepEqual(
    named.filter((party) => !parties.includes(party)),
    [],
  );
});

test("names no place of the machine it was built on", () => {
  assert.doesNotMatch(file, /\.cargo|registry\/src|rustlib|\/home\/|\/root\//);
});

test("names the one library that is taken along, with its terms, and the package depends on nothing", async () => {
  assert.match(list, /^liquidjs \d\S+ {2}MIT {2}https:/m);
  const about = JSON.parse(await readFile(inPackage("package.json"), "utf8"));
  assert.equal(about.dependencies, undefined);
  // Peers belong to one entry each, and nobody else has to have them.
  assert.deepEqual(Object.keys(about.peerDependencies), ["bullmq"]);
  for (const name of Object.keys(about.peerDependencies))
    assert.equal(about.peerDependenciesMeta[name].optional, true);
  for (const name of ["sandbox/core.js", "sandbox.cjs"]) {
    assert.doesNotMatch(
      await readFile(inPackage(name), "utf8"),
      /(?:from|require\(|import\()\s*["']liquidjs/,
    );
  }
});

test("no npm package's code is bundled but esbuild's own helpers, which are named", async () => {
  const bundles = (await readdir(inPackage())).filter((name) => /\.c?js$/.test(name));
  assert.ok(bundles.length >= 5, bundles.join());
  for (const name of bundles) {
    // esbuild writes above each module where it is from.
    const sources = (await readFile(inPackage(name), "utf8")).matchAll(/^\/\/ (\S+\.[cm]?js)$/gm);
    for (const [, source] of sources) assert.match(source, /^(?!node_modules)[\w/-]+\.js$/, name);
  }
  assert.match(list, /^esbuild \d/m);
});
