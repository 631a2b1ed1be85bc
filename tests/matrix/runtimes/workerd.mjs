// A real `workerd serve` with the package as its modules, as Cloudflare's bundler hands them over.

import { spawn } from "node:child_process";
import { cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inPackage } from "../../lib/package.mjs";
import { versionOf, workerdProgram } from "../lib/tools.mjs";
import { workerdConfig } from "../lib/workerd-config.mjs";
import { makeFolder } from "./folder.mjs";

const START_MS = 30_000;

/** The last compatibility date that this workerd knows: its version has it. */
export function newestDate() {
  const [, year, month, day] = /^1\.(\d{4})(\d\d)(\d\d)\./.exec(versionOf("workerd"));
  return `${year}-${month}-${day}`;
}

/** Starts it with that compatibility date and these flags; resolves to the worker's address. `hooks.after` ends it. */
export async function startWorkerd(hooks, date, flags) {
  const folder = await makeFolder(hooks);
  await copyPackage(folder);
  const config = join(folder, "config.capnp");
  await writeFile(config, workerdConfig({ modules: await findModules(folder), date, flags }));
  // npm's program is a script that starts the real one with these three streams; to end both they are a group.
  const child = spawn(workerdProgram(), ["serve", "--control-fd=1", config], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  hooks.after(() => {
    process.kill(-child.pid, "SIGKILL");
    return ended;
  });
  return `http://127.0.0.1:${await listening(child, ended)}`;
}

/** The port, or what it printed instead of starting. */
async function listening(child, ended) {
  let output = "";
  const port = new Promise((resolve) => {
    const read = (text) => {
      output += text;
      const [, found] = /"event":"listen".*"port":(\d+)/.exec(output) ?? [];
      if (found) resolve(found);
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", read);
  });
  const late = new Promise((resolve) => setTimeout(resolve, START_MS).unref());
  const found = await Promise.race([port, ended.then(() => undefined), late]);
  if (!found) throw new Error(`workerd did not start:\n${output}`);
  return found;
}

/** [name, kind] of the worker, the suite and the package's two files for workerd. */
async function findModules(folder) {
  const cases = await readdir(join(folder, "conformance", "cases"));
  const suite = ["suite", "check", "context", "platform"].map((name) => `${name}.mjs`);
  const own = [
    "worker.mjs",
    "contexts.mjs",
    ...[...suite, ...cases.map((name) => `cases/${name}`)].map(inConformance),
  ];
  return [
    ...own.map((name) => [name, "esModule"]),
    ["engagelab-livedesk/index.workerd.js", "esModule"],
    ["engagelab-livedesk/engine.wasm", "wasm"],
  ];
}

/** Its configuration can embed nothing from outside of its own folder. */
async function copyPackage(folder) {
  await mkdir(join(folder, "engagelab-livedesk"));
  for (const name of ["index.workerd.js", "engine.wasm"]) {
    await cp(inPackage(name), join(folder, "engagelab-livedesk", name));
  }
}

function inConformance(name) {
  return `conformance/${name}`;
}
