// One process for one journal. A file that is merely there outlives its owner, and a process number is given out again;
// a socket that listens is the owner itself: the system takes it away with the process, and a stopped process keeps it.
// docs/decisions/campaign-journal.md says why two can never both hold it.

import { randomBytes } from "node:crypto";
import { existsSync, openSync, readdirSync, unlinkSync } from "node:fs";
import { connect, createServer } from "node:net";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Refused } from "../refused.js";
import { digest } from "./rows.js";

/** Two that begin in the same instant may both step back; then chance decides. */
const TRIES = 4;
const LONGEST_WAIT_MS = 200;
/** What a socket's address holds on every system. */
const LONGEST_PATH = 100;
/** Nobody listens there any more. Anything else may be a process that is merely slow. */
const GONE = ["ECONNREFUSED", "ENOENT"];

/**
 * @param {string} path the journal's, whole
 * @returns {Promise<() => Promise<void>>} gives the lock back
 */
export async function lock(path) {
  if (process.platform === "win32") return lockPipe(path);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const release = await attemptLock(path);
    if (release) return release;
    if (attempt < TRIES) await sleep(Math.random() * LONGEST_WAIT_MS);
  }
  throw inUse();
}

/** @param {string} path */
async function attemptLock(path) {
  const folder = dirname(path);
  const prefix = `.${digest(basename(path)).slice(0, 12)}.lock.`;
  const own = `${prefix}${randomBytes(6).toString("hex")}`;
  const addressOf = addresses(folder, own);
  const close = await listen(addressOf(own));
  const others = readdirSync(folder).filter((name) => name.startsWith(prefix) && name !== own);
  const alive = await Promise.all(others.map((name) => isAlive(addressOf(name))));
  // Its own name is gone when somebody held the lock, tidied and ended meanwhile.
  if (alive.includes(true) || !existsSync(join(folder, own))) {
    await close();
    return undefined;
  }
  // Only who holds the lock tidies: see docs/decisions/campaign-journal.md.
  for (const name of others) remove(join(folder, name));
  return close;
}

/**
 * An address has few characters, a folder may have many: Linux knows an open folder by a short name.
 *
 * @param {string} folder
 * @param {string} name
 */
function addresses(folder, name) {
  if (Buffer.byteLength(join(folder, name)) <= LONGEST_PATH) {
    return (/** @type {string} */ file) => join(folder, file);
  }
  if (process.platform !== "linux")
    throw new Refused("the journal's path is too long: put it into a nearer folder");
  // Stays open as long as the process: its socket is removed by this address.
  const open = openSync(folder, "r");
  return (/** @type {string} */ file) => `/proc/self/fd/${open}/${file}`;
}

/**
 * @param {string} address
 * @returns {Promise<() => Promise<void>>}
 */
async function listen(address) {
  const server = createServer((socket) => socket.destroy());
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(address, () => resolve(undefined));
  });
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve(undefined)));
}

/**
 * @param {string} address
 * @returns {Promise<boolean>}
 */
function isAlive(address) {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", (/** @type {NodeJS.ErrnoException} */ { code }) =>
      resolve(!GONE.includes(code ?? "")),
    );
  });
}

/** @param {string} path */
function remove(path) {
  try {
    unlinkSync(path);
  } catch {
    // It went by itself.
  }
}

/**
 * A pipe's name is given to one process at a time by Windows itself.
 *
 * @param {string} path
 */
async function lockPipe(path) {
  try {
    return await listen(`\\\\.\\pipe\\engagelab-livedesk-${digest(path.toLowerCase())}`);
  } catch {
    throw inUse();
  }
}

function inUse() {
  return new Refused(
    "another process works with this journal (one that is stopped still does): nothing was sent",
  );
}
