// The files of a row: paths below one folder, and URLs of hosts that were named. A row may come from anywhere.

import { realpath, stat } from "node:fs/promises";
import { basename, resolve, sep } from "node:path";
import { describe, readFields } from "../input/fields.js";
import { any, count, flag, text } from "../input/rules.js";
import { fileFromPath } from "../node.js";
import { download } from "./download.js";
import { Refused } from "./refused.js";

/** @import { Issues } from "../input/issues.js" */
/** @typedef {{ folder?: string, hosts?: string[], maxBytes?: number, dangerouslyAllowPrivate?: boolean }} Files */

/** Of one file: 40 MiB, the most that upstream takes from a web widget. */
const MAX_BYTES = 41_943_040;
const URL_START = /^https?:\/\//i;

/**
 * The rule of the option `files`.
 *
 * @param {unknown} value
 * @param {string} path
 * @param {Issues} issues
 * @returns {Files}
 */
export function readFiles(value, path, issues) {
  const rules = { folder: text, hosts: any, maxBytes: count, dangerouslyAllowPrivate: flag };
  const files = readFields(value, path, rules, issues) ?? {};
  const { hosts = [] } = files;
  if (!Array.isArray(hosts) || !hosts.every((host) => typeof host === "string" && host !== ""))
    issues.add(`${path}.hosts`, "wrong_type", `must be an array of host names; got ${describe(hosts)}`);
  return files;
}

/**
 * The message with its files; those that may not be read are Refused.
 *
 * @param {{ [name: string]: unknown }} message
 * @param {Files} [files]
 * @returns {Promise<{ [name: string]: unknown }>}
 */
export async function loadFiles(message, files = {}) {
  const { attachments } = message;
  if (!Array.isArray(attachments)) return message;
  const loaded = [];
  for (const one of attachments) {
    const { file, name, type } = typeof one === "string" ? { file: one } : Object(one);
    if (typeof file !== "string") throw new Refused("an attachment is neither a path nor a URL");
    const { maxBytes = MAX_BYTES } = files;
    loaded.push(
      URL_START.test(file)
        ? named(await download(file, { ...files, maxBytes }), { name, type })
        : await fromFolder(file, files.folder, maxBytes, { name, type }),
    );
  }
  return { ...message, attachments: loaded };
}

/**
 * @param {{ data: Blob, name: string, type?: string }} found
 * @param {{ name?: string, type?: string }} wanted
 */
function named(found, { name, type }) {
  return { data: found.data, name: name ?? found.name, ...(type === undefined ? {} : { type }) };
}

/**
 * @param {string} path
 * @param {string | undefined} folder
 * @param {number} maxBytes
 * @param {{ name?: string, type?: string }} wanted
 * @returns {Promise<unknown>}
 */
async function fromFolder(path, folder, maxBytes, { name = basename(path), type }) {
  if (folder === undefined || path.includes("\0")) throw new Refused("no folder was given for files");
  const root = await realpath(folder);
  // Of what links lead to, too.
  const place = await realpath(resolve(root, path));
  if (!place.startsWith(root.endsWith(sep) ? root : root + sep))
    throw new Refused("a file outside of the folder");
  const stats = await stat(place);
  if (!stats.isFile() || stats.size > maxBytes) throw new Refused("no file, or one that is too large");
  return await fileFromPath(place, { name, ...(type === undefined ? {} : { type }) });
}
