// For Node, Deno and Bun: a file on disk as an attachment.

import * as fs from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { LOOK } from "./host/files.js";
import { readFields } from "./input/fields.js";
import { Issues } from "./input/issues.js";
import { text } from "./input/rules.js";

/** @type {Record<string, [code: string, problem: string] | undefined>} */
const PROBLEMS = {
  ENOENT: ["not_found", "names no file"],
  EACCES: ["unreadable", "may not be read"],
  EPERM: ["unreadable", "may not be read"],
};

/** @typedef {import("node:fs").Stats} Stats */

/**
 * A File of the file at `path`, named and typed as asked. Where the runtime can (Node from 19.8), its bytes
 * stay on disk until they are sent.
 * @param {unknown} path
 * @param {unknown} [options]
 */
export async function fileFromPath(path, options = {}) {
  const issues = new Issues();
  const given = readFields(options, "options", { name: text, type: text }, issues);
  const place = /** @type {string} */ (placeOf(path, issues));
  issues.raise("Nothing was read");
  const { name, type } = /** @type {{ name?: string; type: string }} */ (given);
  const stats = /** @type {Stats} */ (await statOf(place, issues));
  issues.raise("Nothing was read");
  const blob = fs.openAsBlob
    ? await fs.openAsBlob(place, { type })
    : new Blob([await fs.promises.readFile(place)], { type });
  const file = new File([blob], name ?? basename(place), { type, lastModified: stats.mtimeMs });
  // Bun's Blob is whatever is there by then, and Node's knows a time by its fraction of a second alone.
  Object.defineProperty(file, LOOK, { value: () => compare(place, stats) });
  return file;
}

/**
 * Rejects when the file is not what it was.
 * @param {string} place
 * @param {Stats} stats
 */
async function compare(place, stats) {
  const now = await fs.promises.stat(place);
  // Another file may have been put in its place with the same size and time: then its number is another.
  const keys = /** @type {const} */ (["size", "mtimeMs", "ctimeMs", "ino"]);
  if (keys.some((key) => now[key] !== stats[key])) throw new Error("the file has changed since fileFromPath");
}

/**
 * @param {unknown} path
 * @param {Issues} issues
 */
function placeOf(path, issues) {
  try {
    if (typeof path === "string" && path !== "") return path;
    if (path instanceof URL) return fileURLToPath(path);
  } catch {
    // A URL that is no file's.
  }
  return issues.add("path", "wrong_type", "must be a path or a file: URL");
}

/**
 * @param {string} place
 * @param {Issues} issues
 */
async function statOf(place, issues) {
  try {
    const stats = await fs.promises.stat(place);
    if (stats.isFile()) return stats;
    issues.add("path", "wrong_type", `is no file: ${JSON.stringify(place)}`);
  } catch (thrown) {
    const name = String(/** @type {NodeJS.ErrnoException | undefined} */ (thrown)?.code);
    const [code, problem] = PROBLEMS[name] ?? ["unreadable", `cannot be read (${name})`];
    issues.add("path", code, `${problem}: ${JSON.stringify(place)}`);
  }
}
