// Runs a command to its end, or to the end of its time: nothing here hangs for ever.

import { spawn } from "node:child_process";
import { ROOT } from "./root.mjs";

/** The groups of processes under way, so that an interrupted run leaves none behind. */
const underWay = new Set();

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
]) {
  process.once(signal, () => {
    for (const pid of underWay) killGroup(pid);
    process.exit(code);
  });
}

/**
 * Runs a command in the repository's root.
 *
 * @param {string[]} command
 * @param {{ env?: object, cwd?: string, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number | null, output: string, stdout: string, timedOut: boolean }>}
 *   `output` is what it wrote to both streams, in the order it came; `code` is null when it was killed
 */
export function run([file, ...args], { env = {}, cwd = ROOT, timeoutMs = 60_000 } = {}) {
  return new Promise((resolve) => {
    // Its own group: a killed cargo or npm must not leave its children running.
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let stdout = "";
    let timedOut = false;
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    if (child.pid !== undefined) underWay.add(child.pid);
    const timer = setTimeout(() => {
      timedOut = true;
      killGroup(child.pid);
    }, timeoutMs);
    const finish = (code, more = "") => {
      clearTimeout(timer);
      underWay.delete(child.pid);
      resolve({ code, output: output + more, stdout, timedOut });
    };
    child.on("error", (error) => finish(null, `${file}: ${error.message}\n`));
    child.on("close", (code) => finish(code));
  });
}

function killGroup(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}
