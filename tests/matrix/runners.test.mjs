// The README's samples of tests (that for Hono is run in tests/proxy/samples.test.mjs), each run by its own test runner, in a folder as a user has it.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../lib/command.mjs";
import { makeConsumerFolder } from "../lib/installed.mjs";
import { readSamples } from "../lib/readme.mjs";
import { cell } from "./lib/cell.mjs";
import { inTools, nodeProgram, versionOf } from "./lib/tools.mjs";

const group = "test runner";
const RUN_MS = 120_000;
const samples = new Map(
  readSamples()
    .samples.filter(({ runner }) => runner !== undefined)
    .map(({ runner, code }) => [runner, code]),
);

test("every test runner that the README has a sample for runs it", () => {
  assert.deepEqual([...samples.keys()].sort(), ["Hono", "Jest", "Vitest", "node:test"]);
});

/** Runs the sample as `file` of a new folder; what the runner printed has to have `closing` in it. */
async function runSample(t, { sample, file, command, closing }) {
  const folder = await makeConsumerFolder(t);
  await writeFile(join(folder, file), sample);
  // Otherwise a test runner inside this one would run nothing.
  const env = { NO_COLOR: "1", CI: "1", NODE_PATH: inTools(), NODE_TEST_CONTEXT: undefined };
  const { code, output } = await run([nodeProgram(24), ...command], { cwd: folder, env, timeoutMs: RUN_MS });
  assert.equal(code, 0, output);
  assert.match(output, closing, output);
  // The package is no source of noise in other people's tests.
  assert.doesNotMatch(output, /warn/i);
}

cell({ group, in: "node:test", how: "its own environment", inCi: true }, async (t) => {
  await runSample(t, {
    sample: samples.get("node:test"),
    file: "order.test.mjs",
    command: ["--test", "--test-reporter=spec", "order.test.mjs"],
    closing: /^ℹ pass 1$/m,
  });
  return { version: versionOf("node24") };
});

const JEST = [inTools("jest", "bin", "jest.js"), "--rootDir=."];
const JEST_CLOSING = /^Tests: +1 passed, 1 total$/m;

cell({ group, in: "Jest", how: "CommonJS, node environment", inCi: true }, async (t) => {
  await runSample(t, {
    sample: samples.get("Jest"),
    file: "order.test.cjs",
    command: [...JEST, "--testMatch=**/*.test.cjs"],
    closing: JEST_CLOSING,
  });
  return { version: versionOf("jest") };
});

cell({ group, in: "Jest", how: "ES modules", inCi: true }, async (t) => {
  await runSample(t, {
    sample: samples.get("Jest").replaceAll(/^const (.+) = require\((.+)\);$/gm, "import $1 from $2;"),
    file: "order.test.mjs",
    command: ["--experimental-vm-modules", "--no-warnings", ...JEST, "--testMatch=**/*.test.mjs"],
    closing: JEST_CLOSING,
  });
  return { version: versionOf("jest") };
});

for (const environment of ["node", "happy-dom", "jsdom"]) {
  cell({ group, in: "Vitest", how: `${environment} environment`, inCi: true }, async (t) => {
    await runSample(t, {
      sample: `// @vitest-environment ${environment}\n${samples.get("Vitest")}`,
      file: "order.test.mjs",
      command: [inTools("vitest", "vitest.mjs"), "run"],
      closing: /^ *Tests +1 passed \(1\)$/m,
    });
    return { version: versionOf("vitest") };
  });
}
