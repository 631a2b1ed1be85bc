// A folder as a user of the package has one, with the suite and a program in it, and what that program tells.

import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../../lib/command.mjs";
import { makeConsumerFolder } from "../../lib/installed.mjs";
import { inRoot } from "../../lib/root.mjs";
import { checkResult } from "../lib/check-result.mjs";

const PROGRAMS = fileURLToPath(new URL("programs", import.meta.url));
const RUN_MS = 120_000;

/** Everything a run needs, beside an installed package. */
export async function makeFolder(hooks) {
  const folder = await makeConsumerFolder(hooks);
  await cp(inRoot("tests", "conformance"), join(folder, "conformance"), { recursive: true });
  await cp(PROGRAMS, folder, { recursive: true });
  return folder;
}

/** Runs a program of programs/ to its end and checks what it tells last. */
export async function runProgram(hooks, command, origin, { env } = {}) {
  const cwd = await makeFolder(hooks);
  const { code, output, stdout, timedOut } = await run([...command, origin], { cwd, env, timeoutMs: RUN_MS });
  assert.equal(timedOut, false, `did not end by itself:\n${output}`);
  const [, told] =
    /(?:^|\n)conformance (\{.*\})\n$/.exec(stdout) ?? assert.fail(`told no result:\n${output}`);
  assert.equal(code, 0, output);
  return checkResult(JSON.parse(told));
}
