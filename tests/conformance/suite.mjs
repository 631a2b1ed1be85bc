// The whole public behaviour of the package as one suite that any runtime can run: it uses nothing but web
// standards, and is given the package and the address of a conformance server (server.mjs).

import { cases as answers } from "./cases/answers.mjs";
import { cases as attachments } from "./cases/attachments.mjs";
import { cases as breakdown } from "./cases/breakdown.mjs";
import { cases as calls } from "./cases/calls.mjs";
import { cases as faults } from "./cases/faults.mjs";
import { cases as loading } from "./cases/loading.mjs";
import { cases as refusals } from "./cases/refusals.mjs";
import { cases as retries } from "./cases/retries.mjs";
import { cases as stopping } from "./cases/stopping.mjs";
import { context } from "./context.mjs";
import { findPlatform } from "./platform.mjs";

/** These run one after the other: some need a realm in which no call was made. */
const FIRST = { ...loading };
const CASES = { ...stopping, ...retries, ...faults, ...calls, ...attachments, ...refusals, ...answers };
/** These run one after the other as well: they would disturb others. */
const LAST = { ...breakdown };
/** Browsers open six connections to a server, and a request that waits for one would run out of its time. */
const AT_ONCE_IN_BROWSERS = 5;
const AT_ONCE = 10;
const CASE_MS = 20_000;

/** The name of every case. */
export const NAMES = Object.keys({ ...FIRST, ...CASES, ...LAST });

/**
 * Runs every case. `livedesk` is the package's namespace; `origin` the conformance server's.
 *
 * @returns {Promise<{
 *   passed: string[],
 *   failed: { name: string, message: string }[],
 *   differences: string[],
 * }>} `differences` are the names of what this platform forces, see platform.mjs
 */
export async function conform({ livedesk, origin }) {
  const platform = findPlatform();
  const result = { passed: [], failed: [], differences: platform.differences };
  const run = Math.random().toString(36).slice(2);
  let count = 0;

  async function conformOne([name, test]) {
    count += 1;
    try {
      const key = `${run}-${count}`;
      await inTime(test(context({ livedesk, origin, platform, key })));
      result.passed.push(name);
    } catch (thrown) {
      result.failed.push({ name, message: thrown?.message ?? String(thrown) });
    }
  }

  for (const first of Object.entries(FIRST)) await conformOne(first);
  const rest = Object.entries(CASES);
  const length = platform.isBrowser ? AT_ONCE_IN_BROWSERS : AT_ONCE;
  const workers = Array.from({ length }, async () => {
    while (rest.length > 0) await conformOne(rest.shift());
  });
  await Promise.all(workers);
  for (const last of Object.entries(LAST)) await conformOne(last);
  return result;
}

async function inTime(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not settled after ${CASE_MS} ms`)), CASE_MS);
  });
  try {
    await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
