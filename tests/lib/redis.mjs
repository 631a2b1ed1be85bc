// A real Redis on loopback: the machine's own, or Debian's.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { install } from "./apt.mjs";
import { which } from "./programs.mjs";
import { closedPort } from "./servers.mjs";

const START_MS = 10_000;

/** The program, or undefined where it cannot be had. */
export async function ensureRedis() {
  const find = () => which(["redis-server"], "/usr/bin");
  if (!find()) await install(["redis-server"], () => {});
  return find();
}

/** Starts one with a folder of its own. `kill()` ends it at once, `start()` starts it again in the same folder. */
export async function startRedis(hooks, program, words = []) {
  const folder = await mkdtemp(join(tmpdir(), "engagelab-livedesk-redis-"));
  const port = new URL(await closedPort()).port;
  let child;
  let ended;
  const start = async () => {
    const own = ["--port", port, "--bind", "127.0.0.1", "--dir", folder, ...words];
    child = spawn(program, own, { stdio: "ignore" });
    ended = new Promise((resolve) => child.once("close", resolve).once("error", resolve));
    const isReady = await Promise.race([ready(port), ended.then(() => false)]);
    if (!isReady) throw new Error("Redis did not start");
  };
  const kill = async (signal = "SIGKILL") => {
    child.kill(signal);
    await ended;
  };
  await start();
  hooks.after(async () => {
    child.kill("SIGCONT");
    await kill();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    port: Number(port),
    url: `redis://127.0.0.1:${port}`,
    start,
    kill,
    signal: (name) => child.kill(name),
  };
}

/** Whether it answers before time is up; while it loads what it kept it says so. */
async function ready(port) {
  for (let ms = 0; ms < START_MS; ms += 50) {
    const said = await new Promise((resolve) => {
      const socket = connect(Number(port), "127.0.0.1", () => socket.write("PING\r\n"));
      socket.once("data", (data) => resolve(String(data))).once("error", () => resolve(""));
      socket.setTimeout(1000, () => resolve(""));
    });
    if (said.startsWith("+PONG")) return true;
    await sleep(50);
  }
  return false;
}
