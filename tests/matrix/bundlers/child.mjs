// A server of a bundler in a process of its own; it and its children are gone when the test is.

import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";

const QUIET = {
  BROWSER: "none",
  // Next.js, for one, complains in CI of what has nothing to do with the package.
  CI: "",
  DO_NOT_TRACK: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  NO_COLOR: "1",
  NO_UPDATE_NOTIFIER: "1",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
};

/** The environment of a tool that must neither colour its output nor call home. */
export function quiet(more) {
  return { ...QUIET, ...more };
}

/**
 * Starts a program that keeps running, and waits until `ready` matches its output.
 *
 * @returns {Promise<{ match: RegExpExecArray, output: () => string }>}
 */
export async function startChild(hooks, [file, ...args], { cwd, env, ready, timeoutMs = 90_000 }) {
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...quiet(env) },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // The whole group has ended by itself.
    }
  };
  const closed = new Promise((resolve) => child.once("close", resolve).once("error", resolve));
  // An interrupted run reaches no hook.
  process.once("exit", kill);
  hooks.after(async () => {
    kill();
    process.off("exit", kill);
    await closed;
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (more) => {
      text += more;
    });
  }
  const start = performance.now();
  let isRunning = true;
  closed.then(() => {
    isRunning = false;
  });
  while (isRunning && performance.now() - start < timeoutMs) {
    const match = ready.exec(text);
    if (match) return { match, output: () => text };
    await wait(50);
  }
  throw new Error(`${file} ${args.join(" ")} ${isRunning ? "is not ready" : "ended"}:\n${text}`);
}
