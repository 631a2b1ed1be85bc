// Compiles tests/types against the installed package, once for each configuration there and each major version of
// TypeScript: every tsconfig.*.json has to pass, on its own copy of the files beside the package's node_modules.
// And the package's own JavaScript, by tsconfig.shipped.json.

import { cp, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inTools } from "../matrix/lib/tools.mjs";
import { run } from "./command.mjs";
import { declaredExports } from "./declared-exports.mjs";
import { makeConsumerFolder } from "./installed.mjs";
import { inRoot } from "./root.mjs";

const MINUTE_MS = 60_000;
const COMPILERS = {
  "TypeScript 7": inRoot("node_modules", "typescript", "bin", "tsc"),
  "TypeScript 5": inTools("typescript5", "bin", "tsc"),
};

const cleanups = [];
const folder = await makeConsumerFolder({ after: (cleanup) => cleanups.push(cleanup) });
await cp(inRoot("tests", "types"), folder, { recursive: true });
await writeFile(join(folder, "bare", "exports.mts"), declaredExports());
// For the configurations that say they have Node's types; the package itself must not need them.
await symlink(inRoot("node_modules", "@types"), join(folder, "types-of-node"));

const names = (await readdir(folder)).filter((name) => /^tsconfig\.\w+\.json$/.test(name)).sort();
let failed = names.length === 0;
let passes = 0;
if (failed) console.error("tests/types has no tsconfig.*.json");
for (const [compiler, program] of Object.entries(COMPILERS)) {
  for (const name of names) {
    const command = [process.execPath, program, "--pretty", "false", "--listFiles", "-p", name];
    const { code, output } = await run(command, { cwd: folder, timeoutMs: 2 * MINUTE_MS });
    const lines = output.split("\n");
    const files = lines.filter((line) => line.startsWith("/"));
    // Without the package among the files nothing was checked, whatever the exit code says.
    const isWhole = files.some((file) => /\/engagelab-livedesk\/index\.d\.c?ts$/.test(file));
    const passed = code === 0 && isWhole;
    failed ||= !passed;
    passes += 1;
    console.log(`${compiler}, ${name}: ${passed ? "passed" : "FAILED"}, ${files.length} files`);
    if (!passed) console.log(lines.filter((line) => !line.startsWith("/")).join("\n"));
  }
}
// The package's own JavaScript, by the types in its comments.
const own = [
  process.execPath,
  COMPILERS["TypeScript 7"],
  "--pretty",
  "false",
  "-p",
  inRoot("tsconfig.shipped.json"),
];
const { code, output } = await run(own, { timeoutMs: 2 * MINUTE_MS });
failed ||= code !== 0;
passes += 1;
console.log(`TypeScript 7, tsconfig.shipped.json: ${code === 0 ? "passed" : `FAILED\n${output}`}`);

for (const cleanup of cleanups) await cleanup();
if (failed) process.exitCode = 1;
else console.log(`${passes} type configurations passed`);
