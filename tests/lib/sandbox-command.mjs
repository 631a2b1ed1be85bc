// The sandbox as its users start it: the installed package's own command, in a process of its own.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { folder } from "./package.mjs";

const START_MS = 20_000;

/** Resolves to its address; `hooks.after` ends it. */
export async function startSandboxCommand(hooks, ...options) {
  const command = join(folder, "node_modules", ".bin", "engagelab-livedesk");
  const child = spawn(command, ["sandbox", ...options], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  hooks.after(() => {
    child.kill();
    return ended;
  });
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(() => reject(new Error(`the sandbox did not start:\n${output}`)), START_MS);
    const read = (text) => {
      output += text;
      const [url] = /http:\/\/[\w.:[\]]+/.exec(output) ?? [];
      if (!url) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    ended.then((code) => {
      clearTimeout(timer);
      reject(new Error(`the sandbox ended with ${code}:\n${output}`));
    });
  });
}
