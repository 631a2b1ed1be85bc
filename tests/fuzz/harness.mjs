// A property of this folder: values are thrown in batches, and after each batch everything must be as before.

import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { assertGoodCall, assertPristine, assertQuiet } from "./aftermath.mjs";
import { BUDGET, sum } from "./budget.mjs";

/** Thrown at once: a call that ends by its timeout then costs a batch no more than that one timeout. */
const BATCH = 25;
/** Looking for the smallest failing values must not outlast the runner's own limit for a test. */
const SHRINKING_MS = 100_000;

const { FUZZ_SEED } = process.env;
const seed = FUZZ_SEED === undefined ? {} : { seed: Number(FUZZ_SEED) };

/** What a report has of a batch: most of it is not to blame. */
class Batch extends Array {
  [fc.toStringMethod]() {
    return "a batch, of which the error below names the first value to blame";
  }
}

/** The properties of one file, whose run counts are `BUDGET[file]`. */
export function fuzzing(file) {
  const budget = BUDGET[file];
  let thrown = 0;

  /** `attempt` throws one value that `arbitrary` gave, and rejects when the package did not stand it. */
  function fuzz(name, property, arbitrary, attempt) {
    const batches = fc
      .array(arbitrary, { minLength: BATCH, maxLength: BATCH })
      .map((items) => Batch.from(items));
    test(name, async () => {
      let hasFailed = false;
      const run = async (items) => {
        // What is tried while a failure is made smaller does not count.
        if (!hasFailed) thrown += items.length;
        try {
          await throwAll(items, attempt);
        } catch (error) {
          hasFailed = true;
          throw error;
        }
      };
      const numRuns = Math.ceil(budget[property] / BATCH);
      const limits = { interruptAfterTimeLimit: SHRINKING_MS, markInterruptAsFailure: true };
      await fc.assert(fc.asyncProperty(batches, run), { numRuns, ...limits, ...seed });
    });
  }

  /** To be called last: the count is of what was thrown, not of what was meant to be. */
  function countThrown() {
    test(`${sum(budget).toLocaleString("en")} values were thrown`, () =>
      assert.ok(thrown >= sum(budget), `${thrown}`));
  }

  return { fuzz, countThrown };
}

async function throwAll(items, attempt) {
  const endings = await Promise.allSettled(items.map(async (item) => attempt(item)));
  // Before a failure is told: after one, too, the next call must work.
  await assertGoodCall();
  const failure = endings.find(({ status }) => status === "rejected");
  if (failure) throw await blame(items, attempt, failure.reason);
  await assertQuiet();
  assertPristine();
}

/** One value can fail the whole batch, so whoever fails alone is to blame; if nobody does, the batch is. */
async function blame(items, attempt, reason) {
  for (const item of items) {
    try {
      await attempt(item);
    } catch (error) {
      return new Error(`${fc.stringify(item)}: ${error.message}`, { cause: error });
    }
  }
  return new Error(`only together: ${reason.message}`, { cause: reason });
}
