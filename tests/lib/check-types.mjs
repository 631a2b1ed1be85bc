// Compiles tests/types against the installed package, once for each configuration there: every
// tsconfig.*.json has to pass, on its own copy of the files beside the package's node_modules.

import { cp, readdir, symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { run } from "./command.mjs";
import { makeConsumerFolder } from "./installed.mjs";
import { inRoot } from "./root.mjs";

const MINUTE_MS = 60_000;

const cleanups = [];
const folder = await makeConsumerFolder({ after: (cleanup) => cleanups.push(cleanup) });
await cp(inRoot("tests", "types"), folder, { recursive: true });
// For the configurations that say they have Node's types; the package itself must not need them.
await symlink(inRoot("node_modules", "@types"), join(folder, "types-of-node"));

const names = (await readdir(folder)).filter((name) => /^tsconfig\.\w+\.json$/.test(name)).sort();
let failed = names.length === 0;
if (failed) console.error("tests/types has no tsconfig.*.json");
for (const name of names) {
  const command = [inRoot("node_modules", ".bin", "tsc"), "--pretty", "false", "--listFiles", "-p", name];
  const { code, output } = await run(command, { cwd: folder, timeoutMs: 2 * MINUTE_MS });
  const files = output.split("\n").filter((line) => line.startsWith("/"));
  // Without the package among the files nothing was checked, whatever the exit code says.
  const isWhole = files.some(
    (file) => file.endsWith("/engagelab-livedesk/index.d.ts") || file.endsWith("index.d.cts"),
  );
  const passed = code === 0 && isWhole;
  failed ||= !passed;
  console.log(`${basename(name)}: ${passed ? "passed" : "FAILED"}, ${files.length} files`);
  if (!passed)
    console.log(
      output
        .split("\n")
        .filter((line) => !line.startsWith("/"))
        .join("\n"),
    );
}
for (const cleanup of cleanups) await cleanup();
if (failed) process.exitCode = 1;
else console.log(`${names.length} type configurations passed`);
