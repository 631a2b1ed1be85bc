// `make size`: what the client costs a page, gzipped: before its first call, and whole. Exits with 1 above a limit.

import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { PACKAGE } from "../build/steps.mjs";

/** A page that sends, before its first call, by a bundler that splits: the engine comes with that call. */
const FIRST_LOAD = 7_500;
/**
 * All in one file, by a bundler that does not split. It shall be 54,000 one day: 49,500 are the engine, deflated and in
 * base64, 11,600 of the whole what is known of WhatsApp, 1,100 the calls to a proxy, and 1,250 what a queue does next. Deflate takes 3,200 more than
 * LZMA, which took Chromium 48 ms to unpack. What is left is what the engine knows and says: see docs/costs.md.
 */
const WHOLE = 77_200;
/** The whole without what is known of templates, failures and webhooks, when that came: it shall cost 6,000 at most. */
const WITHOUT_KNOWLEDGE = 63_245;
const EVERYTHING = 'import * as all from "engagelab-livedesk"; globalThis.all = all;';
const SENDING =
  'import { LiveDesk, LiveDeskError } from "engagelab-livedesk"; globalThis.all = [LiveDesk, LiveDeskError];';

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

const sending = await measure(SENDING, true);
const everything = await measure(EVERYTHING, true);
const { first: whole } = await measure(EVERYTHING, false);
judge("first load of a page that sends", sending.first, FIRST_LOAD);
console.log(`  with every export: ${everything.first}; the first call loads ${everything.later} more`);
judge("whole, in one file", whole, WHOLE);
console.log(
  `  since what is known of templates, failures and webhooks came: ${whole - WITHOUT_KNOWLEDGE} more`,
);
