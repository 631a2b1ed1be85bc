// The installed package in every runtime of servers: the whole conformance suite, from the tarball.

import assert from "node:assert/strict";
import { after, describe } from "node:test";
import { startConformanceServer } from "../conformance/server.mjs";
import { cell } from "./lib/cell.mjs";
import { checkResult } from "./lib/check-result.mjs";
import { bunProgram, denoProgram, nodeProgram, versionOf } from "./lib/tools.mjs";
import { runProgram } from "./runtimes/folder.mjs";
import { newestDate, startWorkerd } from "./runtimes/workerd.mjs";

/** Most of a run is waiting. */
const AT_ONCE = 2;
const NODES = [20, 22, 24, 26];
const WITHOUT = "--no-experimental-require-module";
/** [how, options of Node, program, the file that the package's name has to stand for] */
const WAYS = [
  ["import", [], "import.mjs", "index.js"],
  ["require()", [], "require.cjs", "index.js"],
  [`require() with ${WITHOUT}`, [WITHOUT], "require.cjs", "index.cjs"],
];
/** Nobody may be asked for a permission: reading, the environment and the rest are refused. */
const DENO_OPTIONS = ["--no-prompt", "--allow-net", "--node-modules-dir=manual", "--no-remote"];
/** Before Blobs named themselves, and before `process` was there. */
const OLD_DATE = "2023-05-18";
const REQUESTS = 30;

const server = await startConformanceServer({ after });

/** A cell that CI has time for; `run` gives what it has seen, and which file was loaded. */
function runtime(place, how, file, run) {
  cell({ group: "runtime", in: place, how, inCi: true }, async (t) => {
    const { loaded, ...told } = await run(t);
    assert.equal(loaded, file);
    return told;
  });
}

describe("runtimes", { concurrency: AT_ONCE }, () => {
  for (const major of NODES) {
    for (const [how, options, program, file] of WAYS) {
      runtime(`Node ${major}`, how, file, async (t) => {
        const told = await runProgram(t, [nodeProgram(major), ...options, program], server.url);
        assert.equal(told.version.split(".")[0], String(major));
        return told;
      });
    }
  }

  runtime("Deno", "import, --allow-net alone", "index.js", (t) => {
    const command = [denoProgram(), "run", ...DENO_OPTIONS, "import.mjs"];
    return runProgram(t, command, server.url, { env: { DENO_NO_UPDATE_CHECK: "1" } });
  });

  runtime("Bun", "import", "index.js", (t) => runProgram(t, [bunProgram(), "import.mjs"], server.url));
  runtime("Bun", "require()", "index.cjs", (t) => runProgram(t, [bunProgram(), "require.cjs"], server.url));

  for (const date of [newestDate(), OLD_DATE]) {
    runtime("workerd", `compatibility date ${date}`, undefined, async (t) => {
      const worker = await startWorkerd(t, date);
      const response = await fetch(`${worker}/conform?origin=${server.url}`);
      const told = await response.text();
      assert.equal(response.status, 200, told);
      return { ...checkResult(JSON.parse(told)), version: versionOf("workerd") };
    });
  }

  runtime("workerd", "many requests at once with one client", undefined, async (t) => {
    const worker = await startWorkerd(t, newestDate());
    const key = `workerd-${process.pid}`;
    const baseUrl = `${server.url}/run/${key}/sandbox`;
    const ask = async (_, index) => {
      const query = new URLSearchParams({ baseUrl, name: `request ${index}` });
      const response = await fetch(`${worker}/calls?${query}`, { signal: AbortSignal.timeout(20_000) });
      return response.json();
    };
    const told = await Promise.all(Array.from({ length: REQUESTS }, ask));
    for (const [index, answer] of told.entries()) {
      const answers = [0, 1, 2].map((call) => `request ${index}, ${call}`);
      assert.deepEqual(answer, { answers, refused: "ValidationError" });
    }
    assert.equal((await server.stored(key)).stored, 3 * REQUESTS);
    return { version: versionOf("workerd") };
  });
});
