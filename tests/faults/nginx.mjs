// A real nginx on loopback: the machine's own, or Debian's, unpacked into a temporary folder. It is not
// installed, so that no service is started and the machine stays as it is.

import { spawn } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { run } from "../lib/command.mjs";
import { which } from "../lib/programs.mjs";
import { closedPort } from "../lib/servers.mjs";

const FETCH_MS = 120_000;
const START_MS = 10_000;
const LOGGED_MS = 8000;
const UNPACKED = join(tmpdir(), "engagelab-livedesk-nginx");
const TEMP_PATHS = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

/** The program, or undefined where it cannot be had. */
export async function ensureNginx() {
  return findNginx() ?? ((await unpackNginx()) ? findNginx() : undefined);
}

function findNginx() {
  return which(["nginx"], "/usr/sbin", join(UNPACKED, "usr", "sbin"));
}

/** Debian's package; which of the two holds the program depends on the release. */
async function unpackNginx() {
  mkdirSync(UNPACKED, { recursive: true });
  const options = { cwd: UNPACKED, timeoutMs: FETCH_MS };
  const download = () => run(["apt-get", "download", "nginx", "nginx-light"], options);
  if ((await download()).code !== 0) {
    await run(["apt-get", "update"], options);
    if ((await download()).code !== 0) return false;
  }
  for (const name of readdirSync(UNPACKED).filter((name) => name.endsWith(".deb"))) {
    await run(["dpkg-deb", "-x", name, "."], options);
  }
  return true;
}

/**
 * Starts it with these locations, `{ name: directives }`, below `/name/`. `url(name)` is a base URL, and
 * `statuses(name, count)` what it answered there, once `count` requests are in its log.
 */
export async function startNginx(hooks, program, http, locations) {
  const folder = await mkdtemp(join(tmpdir(), "engagelab-livedesk-nginx-"));
  const base = await closedPort();
  await writeFile(join(folder, "nginx.conf"), configuration(folder, new URL(base).port, http, locations));
  const words = ["-p", folder, "-e", join(folder, "error.log"), "-c", join(folder, "nginx.conf")];
  const child = spawn(program, words, { stdio: ["ignore", "ignore", "pipe"] });
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  const ended = new Promise((resolve) => child.once("close", resolve).once("error", resolve));
  hooks.after(async () => {
    child.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  });
  const isListening = await Promise.race([listening(base), ended.then(() => false)]);
  if (!isListening) throw new Error(`nginx did not start:\n${output}`);

  return {
    url: (name) => `${base}/${name}`,
    statuses: async (name, count) => {
      const read = async () =>
        (await readFile(join(folder, `${name}.log`), "utf8")).split("\n").filter(Boolean).map(Number);
      for (let ms = 0; ms < LOGGED_MS && (await read()).length < count; ms += 20) await sleep(20);
      return read();
    },
  };
}

function configuration(folder, port, http, locations) {
  const blocks = Object.entries(locations).map(
    ([name, directives]) =>
      `location /${name}/ { access_log ${join(folder, `${name}.log`)} status; ${directives} }`,
  );
  const paths = TEMP_PATHS.map((path) => `${path}_temp_path ${join(folder, path)};`);
  return `
    daemon off;
    master_process off;
    pid ${join(folder, "nginx.pid")};
    events {}
    http {
      log_format status $status;
      access_log off;
      ${paths.join("\n")}
      ${http}
      server { listen 127.0.0.1:${port}; ${blocks.join("\n")} }
    }
  `;
}

/** Whether somebody listens there before time is up. */
async function listening(url) {
  const { hostname, port } = new URL(url);
  for (let ms = 0; ms < START_MS; ms += 50) {
    const answered = await new Promise((resolve) => {
      const socket = connect(Number(port), hostname);
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (answered) return true;
    await sleep(50);
  }
  return false;
}
