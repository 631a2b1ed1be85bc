// A real PostgreSQL on loopback: the machine's own, or Debian's.

import { spawn } from "node:child_process";
import { chown, mkdtemp, readdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { install } from "./apt.mjs";
import { run } from "./command.mjs";
import { closedPort } from "./servers.mjs";

const HOME = "/usr/lib/postgresql";
const START_MS = 20_000;
const USER = "postgres";
const isRoot = process.getuid?.() === 0;
/** It refuses to run as root. */
const asUser = (words) => (isRoot ? ["runuser", "-u", USER, "--", ...words] : words);

/** The folder of its programs, or undefined where it cannot be had. */
export async function ensurePostgres() {
  const find = async () => {
    const [newest] = (await readdir(HOME).catch(() => [])).sort().reverse();
    return newest && join(HOME, newest, "bin");
  };
  if (!(await find())) await install(["postgresql"], () => {});
  return await find();
}

/** Starts one with a folder of its own. `kill()` ends it at once, `start()` starts it again in the same folder. */
export async function startPostgres(hooks, programs) {
  const folder = await mkdtemp(join(tmpdir(), "engagelab-livedesk-postgres-"));
  if (isRoot) {
    const { stdout } = await run(["id", "-u", USER]);
    await chown(folder, Number(stdout), Number(stdout));
  }
  const data = join(folder, "data");
  const made = await run(asUser([join(programs, "initdb"), "-D", data, "-U", USER, "-A", "trust"]));
  if (made.code !== 0) throw new Error(`initdb failed:\n${made.output}`);
  const port = Number(new URL(await closedPort()).port);
  let child;
  let ended;
  const start = async () => {
    const own = [
      "-D",
      data,
      "-p",
      String(port),
      "-h",
      "127.0.0.1",
      "-k",
      folder,
      "-c",
      "max_connections=200",
    ];
    const [file, ...words] = asUser([join(programs, "postgres"), ...own]);
    child = spawn(file, words, { stdio: "ignore" });
    ended = new Promise((resolve) => child.once("close", resolve).once("error", resolve));
    for (let ms = 0; ms < START_MS && !(await answers(port)); ms += 50) await sleep(50);
  };
  const kill = async () => {
    // "immediate": no checkpoint and no farewell, as when it crashes.
    await run(asUser([join(programs, "pg_ctl"), "stop", "-D", data, "-m", "immediate"]));
    await ended;
  };
  await start();
  hooks.after(async () => {
    await kill();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    port,
    connection: { host: "127.0.0.1", port, user: USER, database: "postgres", max: 10, migrate: true },
    start,
    kill,
  };
}

/** Whether it takes a session: it says so, or that it cannot yet. */
async function answers(port) {
  // Length, protocol 3.0, and the user.
  const words = Buffer.from("\0\0\0\0\0\x03\0\0user\0postgres\0\0", "latin1");
  words.writeInt32BE(words.length);
  const said = await new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(words));
    socket.once("data", (data) => resolve(String(data[0])) || socket.destroy());
    socket.once("error", () => resolve("")).setTimeout(1000, () => resolve(""));
  });
  return said === String("R".charCodeAt(0));
}
