// Every test of the project, one step after the other: `node tests/run.mjs [step ...]`.
//
// The last line is `N passed, N failed`, with `, N skipped` where something was; the exit code is 1 when
// anything failed, or when a step did not say in so many words that it ran to its end.

import { basename, delimiter } from "node:path";
import { ensureChromium, findChromedriver } from "./lib/chromium.mjs";
import { cargoTests, check, nodeTests } from "./lib/closing-lines.mjs";
import { run } from "./lib/command.mjs";
import { inRoot, tarball, testFiles } from "./lib/root.mjs";
import { ensureCargoDeny, ensureNpmAdvisories, ensureRustAdvisories } from "./lib/third-parties.mjs";
import { ensureBrowsers } from "./matrix/browsers/ensure.mjs";
import { ensureTools } from "./matrix/lib/tools.mjs";

const MINUTE_MS = 60_000;
/** A file whose tests hang fails by its name, well before its step would. */
const TEST_TIMEOUT = "--test-timeout=120000";
const WASM = ["--target", "wasm32-unknown-unknown"];
/** How much of a failed step's output is shown. */
const SHOWN_LINES = 200;

const env = {
  PATH: [inRoot(".tools", "bin"), inRoot("node_modules", ".bin"), process.env.PATH].join(delimiter),
  CARGO_TERM_COLOR: "never",
  NO_COLOR: "1",
};

const FINISHED = check(/^\s*Finished `/m);
const CLIPPY = ["cargo", "clippy", "--all-targets"];
const DENY = ["cargo-deny", "--locked", "check"];
const WASM_TESTS = ["cargo", "test", ...WASM, "--lib"];
/** Its runner gives chromedriver 5 s to start and the tests 20, which a browser that was never started before can exceed. */
const wasmEnv = {
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: "wasm-bindgen-test-runner",
  WASM_BINDGEN_TEST_DRIVER_TIMEOUT: "120",
  WASM_BINDGEN_TEST_TIMEOUT: "120",
};

/**
 * `read` finds the counts in the output; `minutes` is what a slow machine without any cache may need; a command
 * that can lack something is a function, since only its own step shall fail then.
 */
const STEPS = {
  format: step(["cargo", "fmt", "--check", "--", "-v"], check(/in the formatting phase$/m), 2),
  clippy: step([...CLIPPY, "--", "-D", "warnings"], FINISHED, 15),
  "clippy-wasm": step([...CLIPPY, ...WASM, "--", "-D", "warnings"], FINISHED, 15),
  doc: step(["cargo", "doc", "--no-deps"], FINISHED, 15, { RUSTDOCFLAGS: "-Dwarnings" }),
  biome: step(["biome", "ci", "--colors=off"], check(/^Checked [1-9]\d* files? in /m), 2),
  deny: {
    ...step([...DENY, "licenses", "bans", "sources"], check(/^bans ok, licenses ok, sources ok$/m), 5),
    needs: [ensureCargoDeny],
  },
  "rust-advisories": {
    ...step([...DENY, "advisories"], check(/^advisories ok$/m), 5),
    needs: [ensureCargoDeny, ensureRustAdvisories],
  },
  // All of them are tools: the package depends on nothing. What is less than high is not worth a red build.
  "npm-advisories": {
    ...step(["npm", "audit", "--audit-level=high"], check(/^(found 0|\d+ ).*vulnerabilit/m), 5),
    needs: [ensureNpmAdvisories],
  },
  rust: step(["cargo", "test"], cargoTests, 20),
  "rust-in-node": step(WASM_TESTS, cargoTests, 20, wasmEnv),
  // Its runner at times waits for ever for a page, on a machine with much else to do: seen three times.
  "rust-in-chromium": {
    ...step(WASM_TESTS, cargoTests, 5, { ...wasmEnv, WASM_BINDGEN_USE_BROWSER: "1" }),
    needs: [ensureChromium],
    hangs: true,
  },
  house: nodeStep(testFiles("tests/house"), 2),
  sandbox: nodeStep(testFiles("tests/sandbox"), 5),
  package: nodeStep(testFiles("tests/package"), 10),
  panic: nodeStep(testFiles("tests/panic"), 10),
  proxy: { ...nodeStep(testFiles("tests/proxy"), 10), needs: [ensureTools] },
  queue: nodeStep(testFiles("tests/queue"), 5),
  faults: nodeStep(testFiles("tests/faults"), 5),
  campaign: nodeStep(testFiles("tests/campaign"), 5),
  hands: { ...nodeStep(testFiles("tests/hands"), 10), needs: [ensureTools] },
  fuzz: nodeStep(testFiles("tests/fuzz"), 10),
  soak: nodeStep(testFiles("tests/soak"), 5),
  types: {
    ...step(["node", "tests/lib/check-types.mjs"], check(/^\d+ type configurations passed$/m), 5),
    needs: [ensureTools],
  },
  // It suggests conditions in place of `browser`, which Parcel and older bundlers do not know.
  publint: step(["publint", "run", "pkg", "--level", "warning"], check(/^All good!$/m), 2),
  attw: step(() => ["attw", "--no-color", tarball()], check(/^ No problems found/m), 2),
  browser: { ...nodeStep(testFiles("tests/browser"), 10), needs: [ensureChromium] },
  ...matrixSteps(),
  demo: nodeStep(testFiles("tests/demo"), 10),
  readme: nodeStep(["tests/readme.test.mjs"], 10),
  size: step(["node", "scripts/measure/size.mjs"], check(/^whole, in one file: .* to spare$/m), 2),
};

function step(command, read, minutes, more = {}) {
  return { command, read, timeoutMs: minutes * MINUTE_MS, env: { ...env, ...more } };
}

function nodeStep(files, minutes) {
  const command = () => {
    // Without a file, node --test would look for some by itself.
    if (files.length === 0) throw new Error("there is no test file");
    return ["node", "--test", "--test-reporter=spec", TEST_TIMEOUT, ...files];
  };
  return step(command, nodeTests, minutes);
}

/** Of the matrix what there is time for; each file by itself, since browsers and bundlers want the machine. */
function matrixSteps() {
  const steps = testFiles("tests/matrix").map((file) => [
    basename(file, ".test.mjs"),
    { ...nodeStep([file], 15), needs: [ensureTools, ensureChromium, ensureEveryBrowser] },
  ]);
  return Object.fromEntries(steps);
}

/** A browser that is missing skips its own tests, not all of them. */
async function ensureEveryBrowser(say) {
  await ensureBrowsers(say);
}

/** `{ passed, failed, skipped, notes, output }` of one step. */
async function runStep({ command, read, timeoutMs, env, needs = [], hangs = false }) {
  for (const ensure of needs) {
    const missing = await ensure((text) => process.stdout.write(`(${text}) `));
    if (missing) return { passed: 0, failed: 0, skipped: 1, notes: [`SKIPPED: ${missing}`], output: "" };
  }
  if (findChromedriver()) env = { ...env, CHROMEDRIVER: findChromedriver() };
  const words = typeof command === "function" ? command() : command;
  let ended = await run(words, { env, timeoutMs });
  // What hung has said nothing of any test; whatever a test says, it is not asked again.
  for (let tries = 1; hangs && ended.timedOut && !read(ended.output, 0) && tries < 3; tries += 1) {
    process.stdout.write(`(hung, try ${tries + 1}) `);
    ended = await run(words, { env, timeoutMs });
  }
  const { code, output, timedOut } = ended;
  const { passed, failed, skipped, notes } = read(output, code) ?? {
    ...{ passed: 0, failed: 1, skipped: 0 },
    notes: ["it printed no closing line"],
  };
  const outcome = { passed, failed, skipped, notes: [...notes], output };
  const blame = (note) => {
    outcome.failed = Math.max(outcome.failed, 1);
    outcome.notes.push(note);
  };
  if (timedOut) blame(`it was stopped after ${timeoutMs / MINUTE_MS} minutes`);
  else if (code !== 0) blame(`exit code ${code}`);
  if (passed + failed + skipped === 0) blame("it ran no test");
  return outcome;
}

/** A step that could not even begin. */
function broken({ message }) {
  return { passed: 0, failed: 1, skipped: 0, notes: [message], output: "" };
}

/** The lines of an output that name a failed test, at most 20: node --test's marks, and cargo's. */
function failedTests(output) {
  const lines = output.split("\n").filter((line) => /^\s*✖ |^test .* FAILED$|panicked at/.test(line));
  return [...new Set(lines.map((line) => line.trim()))].slice(0, 20);
}

function summary({ passed, failed, skipped }) {
  const tail = skipped > 0 ? `, ${skipped} skipped` : "";
  return `${passed} passed, ${failed} failed${tail}`;
}

async function main(names) {
  const unknown = names.filter((name) => !Object.hasOwn(STEPS, name));
  if (unknown.length > 0) {
    console.error(`No step is called ${unknown.join(" or ")}; there are: ${Object.keys(STEPS).join(", ")}`);
    process.exitCode = 2;
    return;
  }
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  for (const name of names.length > 0 ? names : Object.keys(STEPS)) {
    process.stdout.write(`${name.padEnd(18)}`);
    const started = performance.now();
    const outcome = await runStep(STEPS[name]).catch(broken);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const word = outcome.failed > 0 ? "FAILED" : "ok";
    console.log(`${word.padEnd(8)}${summary(outcome)} in ${seconds} s`);
    for (const note of outcome.notes) console.log(`    ${note}`);
    if (outcome.failed > 0) console.log(outcome.output.trimEnd().split("\n").slice(-SHOWN_LINES).join("\n"));
    for (const key of Object.keys(total)) total[key] += outcome[key];
    if (outcome.failed > 0)
      failures.push(`${name} failed:`, ...outcome.notes, ...failedTests(outcome.output));
  }
  // Once more at the end, since a build server may show no more than that.
  for (const line of failures) console.log(line);
  process.exitCode = total.failed > 0 ? 1 : 0;
  console.log(summary(total));
}

await main(process.argv.slice(2));
