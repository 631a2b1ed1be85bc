// Credentials of a command: from the environment, or a file that only its owner may read; never from its arguments, which
// everybody on the machine can read.

import { readFileSync, statSync } from "node:fs";
import { Refused } from "./refused.js";

/** In bytes; two short texts as JSON. */
const LARGEST = 65_536;
const IN_ARGUMENTS = /^--?(?:api-?key|api-?secret|authorization|password)(?:=|$)/i;

/**
 * Refuses arguments that look like credentials.
 * @param {string[]} args
 */
export function refuseCredentials(args) {
  if (args.some((arg) => IN_ARGUMENTS.test(arg)))
    throw new Refused(
      "arguments can be read by everybody on this machine: set LIVEDESK_API_KEY and LIVEDESK_API_SECRET instead, or give --credentials <file>",
    );
}

/**
 * `{ apiKey, apiSecret }`.
 * @param {string | undefined} file of JSON with both
 */
export function credentialsOf(file) {
  const given = file === undefined ? process.env : fromFile(file);
  const apiKey = given.LIVEDESK_API_KEY ?? given.apiKey;
  const apiSecret = given.LIVEDESK_API_SECRET ?? given.apiSecret;
  if (typeof apiKey === "string" && apiKey !== "" && typeof apiSecret === "string" && apiSecret !== "")
    return { apiKey, apiSecret };
  throw new Refused(
    file === undefined
      ? "set LIVEDESK_API_KEY and LIVEDESK_API_SECRET, or give --credentials <file>"
      : `${file} has no apiKey and apiSecret`,
  );
}

/**
 * @param {string} file
 * @returns {Record<string, unknown>}
 */
function fromFile(file) {
  let stats;
  let json;
  try {
    stats = statSync(file);
    json =
      stats.isFile() && stats.size <= LARGEST ? Object(JSON.parse(readFileSync(file, "utf8"))) : undefined;
  } catch {
    // What was thrown could repeat a part of it.
  }
  if (stats && process.platform !== "win32" && (stats.mode & 0o077) !== 0)
    throw new Refused(`others may read ${file}: chmod 600 it first`);
  if (!json) throw new Refused(`${file} cannot be read, or is no JSON`);
  return json;
}
