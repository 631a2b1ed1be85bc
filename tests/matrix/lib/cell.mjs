// A cell of the matrix: the package at work in one runtime, browser, bundler or test runner.

import { appendFileSync } from "node:fs";
import { test } from "node:test";
import { Unavailable } from "./tools.mjs";

/** Where `make matrix` wants to hear of results; without it only what CI has time for runs. */
const RESULTS = process.env.MATRIX_RESULTS;
const MOST_MS = 300_000;

/**
 * Runs as a test that is called `the package works in <in>, <how>`.
 *
 * @param {object} cell
 * @param {"runtime" | "browser" | "bundler" | "test runner"} cell.group
 * @param {string} cell.in what the package runs in: `Node 22`, `Firefox`, `webpack`
 * @param {string} cell.how how it gets there: `import`, `require()`, `production build`, `dedicated worker`
 * @param {boolean} [cell.inCi] whether `make test` runs it as well
 * @param {(t: import("node:test").TestContext) => Promise<Told>} run fails by throwing; an Unavailable skips
 *
 * @typedef {{ version: string, note?: string, differences?: string[] }} Told `note` is a figure, say;
 *   `differences` are sentences, one for each that the platform forces
 */
export function cell({ group, in: place, how, inCi = false }, run) {
  if (!RESULTS && !inCi) return;
  const tell = (result, more) => {
    if (RESULTS) appendFileSync(RESULTS, `${JSON.stringify({ group, in: place, how, result, ...more })}\n`);
  };
  // Whoever never tells of an end has failed.
  tell("begun");
  test(`the package works in ${place}, ${how}`, { timeout: MOST_MS }, async (t) => {
    try {
      const { version, note, differences } = await run(t);
      tell("passed", { version, note, differences });
    } catch (error) {
      const isSkipped = error instanceof Unavailable;
      tell(isSkipped ? "skipped" : "failed", { note: error.message });
      if (!isSkipped) throw error;
      t.skip(error.message);
    }
  });
}
