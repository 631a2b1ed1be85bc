// `make size`: what the client costs a page, gzipped: before its first call, and whole. Exits with 1 above a limit.

import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { PACKAGE } from "../build/steps.mjs";

/** A page's first load, all exports used, by a bundler that splits: the engine comes with the first call. */
const FIRST_LOAD = 7_500;
/** All in one file, by a bundler that does not split. */
const WHOLE = 54_000;
const EVERYTHING = 'import * as all from "engagelab-livedesk"; globalThis.all = all;';
const SENDING = 'import { LiveDesk } from "engagelab-livedesk"; globalThis.LiveDesk = LiveDesk;';

const gzip = (data) => gzipSync(data, { level: 9 }).length;

/** Gzipped bytes of the entry with what it imports at once, and of what it imports later. */
async function measure(contents, splitting) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: PACKAGE },
    bundle: true,
    minify: true,
    write: false,
    splitting,
    metafile: true,
    outdir: "/out",
    absWorkingDir: "/",
    format: "esm",
    platform: "browser",
    logLevel: "warning",
  });
  const sizes = Object.fromEntries(outputFiles.map(({ path, contents }) => [path.slice(1), gzip(contents)]));
  const first = new Set(["out/stdin.js"]);
  for (const name of first) {
    const { imports } = metafile.outputs[name];
    for (const { path, kind } of imports) if (kind === "import-statement") first.add(path);
  }
  const sum = (names) => names.reduce((all, name) => all + sizes[name], 0);
  const names = Object.keys(sizes);
  return { first: sum([...first]), later: sum(names.filter((name) => !first.has(name))) };
}

function judge(what, bytes, limit) {
  const verdict = bytes > limit ? `${bytes - limit} too many` : `${limit - bytes} to spare`;
  console.log(`${what}: ${bytes} bytes gzipped, the limit is ${limit}: ${verdict}`);
  if (bytes > limit) process.exitCode = 1;
}

const split = await measure(EVERYTHING, true);
const { first: sending } = await measure(SENDING, true);
const { first: whole } = await measure(EVERYTHING, false);
judge("first load of a page", split.first, FIRST_LOAD);
console.log(`  of a page that imports LiveDesk alone: ${sending}; with the first call: ${split.later} more`);
judge("whole, in one file", whole, WHOLE);
