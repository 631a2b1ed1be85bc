// What was done, on disk before it is done: a line for each request before it, and one for its result after.
//
// A file that only grows, one JSON a line, since Node 20 has no SQLite: docs/decisions/campaign-journal.md.

import { closeSync, fsyncSync, openSync, realpathSync } from "node:fs";
import { open } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Refused } from "../refused.js";
import { lock } from "./lock.js";
import { Rows } from "./state.js";

/** @import { FileHandle } from "node:fs/promises" */
/** @import { Line } from "./state.js" */
/** @typedef {{ journal: 1, about: string, token: string }} Header `about` is a digest of what is sent and where to */

const NEWLINE = 10;
/** In bytes; 1,000,000 rows take about 400 MB. */
const LARGEST = 2 ** 30;
const PIECE = 65_536;
const LONGEST_LINE = 65_536;

/** The journal could not take a line, so nothing more may be sent. */
export class JournalBroken extends Error {}

export class Journal {
  rows = new Rows();
  /** @type {Header | undefined} */
  header;
  #file;
  #release;
  /** Up to here all lines are whole. */
  #size = 0;
  /** @type {string[]} */
  #waiting = [];
  /** @type {Promise<void> | undefined} */
  #writing;
  /** @type {JournalBroken | undefined} */
  broken;

  /**
   * @param {FileHandle} file
   * @param {() => Promise<void>} release
   */
  constructor(file, release) {
    this.#file = file;
    this.#release = release;
  }

  /**
   * Reads what is there, and keeps every other process out until `close`.
   *
   * @param {string} path
   * @param {boolean} create default: it has to be there
   */
  static async open(path, create = false) {
    const whole = wholePath(path);
    const release = await lock(whole);
    /** @type {FileHandle | undefined} */
    let file;
    try {
      // For its owner alone: it has the ids of rows and conversations.
      file = await openFile(whole, create);
      const journal = new Journal(file, release);
      await journal.#read();
      if (create) syncFolder(dirname(whole));
      return journal;
    } catch (error) {
      await file?.close();
      await release();
      throw error;
    }
  }

  async #read() {
    const { size } = await this.#file.stat();
    if (size > LARGEST) throw new Refused("the journal is larger than 1 GiB");
    let number = 0;
    let rest = Buffer.alloc(0);
    const piece = Buffer.alloc(PIECE);
    for (let at = 0; ; ) {
      const { bytesRead } = await this.#file.read(piece, 0, PIECE, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      const bytes = Buffer.concat([rest, piece.subarray(0, bytesRead)]);
      let from = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
        number += 1;
        this.#take(bytes.toString("utf8", from, end), number);
        this.#size += end + 1 - from;
        from = end + 1;
      }
      rest = bytes.subarray(from);
      if (rest.length > LONGEST_LINE) throw damaged(number + 1);
    }
    // A line that was cut by a crash was never acted upon: what it announces comes after it is on disk.
    if (rest.length > 0) await this.#file.truncate(this.#size);
  }

  /**
   * @param {string} text
   * @param {number} number
   */
  #take(text, number) {
    try {
      const line = JSON.parse(text);
      if (number > 1) this.rows.apply(line);
      else if (line.journal === 1) this.header = line;
      else throw new Error("no journal");
    } catch {
      throw damaged(number);
    }
  }

  /** @param {Header} header */
  async begin(header) {
    this.header = header;
    await this.#put([JSON.stringify(header)]);
  }

  /** A plan that was cut short, before anything was sent, is written again. */
  async forgetPlan() {
    this.rows = new Rows();
    this.header = undefined;
    this.#size = 0;
    await this.#file.truncate(0);
  }

  /**
   * Resolves when they are on disk, all of them.
   *
   * @param {...Line} lines
   */
  async add(...lines) {
    await this.#put(lines.map((line) => JSON.stringify(line)));
    for (const line of lines) this.rows.apply(line);
  }

  /**
   * What comes while the disk is busy goes with the next write: one wait for many rows.
   *
   * @param {string[]} lines
   */
  async #put(lines) {
    if (this.broken) throw this.broken;
    this.#waiting.push(...lines);
    // Two turns: the write under way, which may not have these lines, and the one that has.
    await this.#writing;
    if (this.#waiting.length > 0 && !this.broken) {
      this.#writing ??= this.#write().finally(() => {
        this.#writing = undefined;
      });
    }
    await this.#writing;
    if (this.broken) throw this.broken;
  }

  async #write() {
    const bytes = Buffer.from(`${this.#waiting.join("\n")}\n`);
    this.#waiting = [];
    try {
      let written = 0;
      while (written < bytes.length) {
        const { bytesWritten } = await this.#file.write(
          bytes,
          written,
          bytes.length - written,
          this.#size + written,
        );
        // A file that may not grow takes nothing, without an error.
        if (bytesWritten === 0) throw new Error("nothing was written");
        written += bytesWritten;
      }
      await this.#file.datasync();
      this.#size += bytes.length;
    } catch (error) {
      this.broken = new JournalBroken(
        `the journal takes no more (${codeOf(error)}); what had begun is finished`,
      );
    }
  }

  async close() {
    await this.#writing;
    try {
      // The beginning of a line that did not fit.
      if (this.broken) await this.#file.truncate(this.#size);
    } catch {
      // The next one that opens it does that.
    }
    await this.#file.close();
    await this.#release();
  }
}

/**
 * The same for every way to write it, so that a link leads to the same lock.
 *
 * @param {string} path
 */
function wholePath(path) {
  const whole = resolve(path);
  try {
    return realpathSync(whole);
  } catch {
    // It is not there yet.
  }
  try {
    return join(realpathSync(dirname(whole)), basename(whole));
  } catch (error) {
    throw new Refused(`the journal's folder cannot be used (${codeOf(error)}): nothing was sent`);
  }
}

/**
 * @param {string} path
 * @param {boolean} create
 */
async function openFile(path, create) {
  try {
    return await open(path, "r+");
  } catch (error) {
    if (codeOf(error) !== "ENOENT" || !create) {
      throw new Refused(`the journal cannot be written (${codeOf(error)}): nothing was sent`);
    }
  }
  try {
    return await open(path, "wx+", 0o600);
  } catch (error) {
    throw new Refused(`the journal cannot be made (${codeOf(error)}): nothing was sent`);
  }
}

/** @param {string} folder */
function syncFolder(folder) {
  // Windows opens no folders, and needs none of this.
  if (process.platform === "win32") return;
  const opened = openSync(folder, "r");
  fsyncSync(opened);
  closeSync(opened);
}

/** @param {number} number */
function damaged(number) {
  return new Refused(
    `line ${number} of the journal cannot be read; nothing was sent: restore it, or look by hand`,
  );
}

/**
 * @param {unknown} error
 * @returns {string}
 */
export function codeOf(error) {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error ? String(error.code) : error.message;
}
