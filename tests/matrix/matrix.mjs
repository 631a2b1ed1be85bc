// `make matrix`: the packed package in every runtime, browser, bundler and test runner; what passed is written into
// docs/where-it-works.md. Files named on the command line run alone, and leave that as it is.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { nodeTests } from "../lib/closing-lines.mjs";
import { run } from "../lib/command.mjs";
import { inRoot, testFiles } from "../lib/root.mjs";
import { ensureBrowsers } from "./browsers/ensure.mjs";
import { readResults, withTable } from "./lib/table.mjs";
import { ensureTools } from "./lib/tools.mjs";

const RESULTS = inRoot("target", "matrix.jsonl");
const PAGE = inRoot("docs", "where-it-works.md");
const FILE_MS = 30 * 60_000;

mkdirSync(dirname(RESULTS), { recursive: true });
rmSync(RESULTS, { force: true });
const missing = [await ensureTools(console.log), ...Object.values(await ensureBrowsers(console.log))];
for (const what of missing.filter(Boolean)) console.log(`MISSING: ${what}`);

const chosen = process.argv.slice(2);
const files = chosen.length > 0 ? chosen : testFiles("tests/matrix");
let failed = 0;
// One after the other: browsers and bundlers want the whole machine.
for (const file of files) {
  const started = performance.now();
  const { code, output } = await run(["node", "--test", "--test-reporter=spec", file], {
    env: { MATRIX_RESULTS: RESULTS, NO_COLOR: "1" },
    timeoutMs: FILE_MS,
  });
  const counts = nodeTests(output);
  const isWhole = counts !== undefined && code === 0 && counts.failed === 0;
  if (!isWhole) failed += Math.max(1, counts?.failed ?? 1);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${file}: ${isWhole ? "ok" : "FAILED"} in ${seconds} s`);
  for (const note of counts?.notes ?? ["it printed no closing line"]) console.log(`    ${note}`);
  if (!isWhole) console.log(output.trimEnd());
}

const cells = readResults(readFileSync(RESULTS, "utf8"));
const day = new Date().toISOString().slice(0, 10);
if (chosen.length === 0) writeFileSync(PAGE, withTable(readFileSync(PAGE, "utf8"), cells, day));
const count = (result) => cells.filter((cell) => cell.result === result).length;
process.exitCode = failed + count("failed") > 0 ? 1 : 0;
console.log(
  `matrix: ${count("passed")} cells passed, ${count("failed")} failed, ${count("skipped")} skipped; ` +
    `${failed} tests failed`,
);
