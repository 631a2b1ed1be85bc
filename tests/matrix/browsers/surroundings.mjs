// What a browser needs around it: programs, and a folder for its profile. None of it outlives the test,
// however that ends.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 50;
const READY_MS = 60_000;
const END_MS = 5_000;

/**
 * A program whose guard ends its group and removes the folder, `$0`, when whoever started them is gone, even
 * by SIGKILL: nobody holds the other end of its input then.
 */
const GUARDED = `
exec 3<&0
{ read _ <&3; trap "" TERM; kill -TERM 0; sleep 1; rm -rf "$0"; kill -KILL 0; } &
exec "$@" 3<&- </dev/null`;

/** `end` stops every program that `start` started, the last first, then removes `folder`. */
export function makeSurroundings() {
  const folder = mkdtempSync(join(tmpdir(), "engagelab-livedesk-browser-"));
  const programs = [];
  return {
    folder,
    start(command, env) {
      const program = startProgram(folder, command, env);
      programs.push(program);
      return program;
    },
    async end() {
      for (const { end } of programs.toReversed()) await end();
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** Starts a program in a group of its own, in which its children are as well. */
function startProgram(folder, command, env = {}) {
  const [file] = command;
  const child = spawn("sh", ["-c", GUARDED, folder, ...command], {
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  let hasEnded = false;
  const ended = new Promise((resolve) => {
    const finish = (how) => {
      hasEnded = true;
      resolve(how);
    };
    child.on("error", finish).on("exit", (code, name) => finish(code ?? name));
  });
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch {
      // It ended by itself in the meantime, or never started.
    }
  };

  return {
    /** What `find(output)` gives, as soon as that is something. */
    async until(find) {
      const deadline = Date.now() + READY_MS;
      while (!hasEnded && Date.now() < deadline) {
        const found = await find(output);
        if (found !== undefined) return found;
        await sleep(POLL_MS);
      }
      const why = hasEnded ? `ended: ${await ended}` : `is not ready after ${READY_MS} ms`;
      throw new Error(`${file} ${why}\n${output}`);
    },
    /** Asks it to end, so that it tidies up, but not for long. */
    async end() {
      signal("SIGTERM");
      const late = setTimeout(signal, END_MS, "SIGKILL");
      await ended;
      clearTimeout(late);
      // Whatever is left of its group.
      signal("SIGKILL");
    },
  };
}
