// The command line of a campaign, read.

import { readFileSync, statSync } from "node:fs";
import { Refused } from "../refused.js";

/** @import { PlanOptions } from "./check.js" */
/** @import { RunOptions } from "./run.js" */
/** @typedef {Record<string, string | boolean | (string | boolean)[] | undefined>} Values as `parseArgs` gives them */

/** For `parseArgs` of node:util. */
export const CAMPAIGN_OPTIONS = /** @type {const} */ ({
  template: { type: "string" },
  language: { type: "string" },
  category: { type: "string" },
  map: { type: "string", multiple: true },
  definition: { type: "string" },
  text: { type: "string" },
  file: { type: "string" },
  channel: { type: "string" },
  conversation: { type: "string" },
  id: { type: "string" },
  delimiter: { type: "string" },
  duplicates: { type: "string" },
  "allow-empty": { type: "boolean" },
  "per-second": { type: "string" },
  "at-once": { type: "string" },
  "stop-after": { type: "string" },
  wait: { type: "string" },
  journal: { type: "string" },
  report: { type: "string" },
  "resend-looked": { type: "boolean" },
  sent: { type: "string" },
  missing: { type: "string" },
  drop: { type: "string" },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
  "base-url": { type: "string" },
  credentials: { type: "string" },
  port: { type: "string" },
  host: { type: "string" },
});

export const CAMPAIGN_HELP = `Usage: engagelab-livedesk campaign <rows.csv> [options]       sends each row once; again: goes on
       engagelab-livedesk campaign look <rows.csv> [options]  what a person has to look at, and what they found
       engagelab-livedesk campaign report <rows.csv>          writes the report again
       engagelab-livedesk campaign listen <rows.csv>          takes webhooks of later failures, and retries

What is sent, {name} being a column:
  --template <name>    a WhatsApp template, with --language <l>, --category <c>
  --map <1=name,...>   which column fills which parameter: 1=name, header.1=order, button.0=code
  --definition <file>  the template's definition as JSON, to check every row against
  --text <text>        a text, as "Hi {name}"; with --template or --file, what agents see of it
  --file <path>        a file, as "invoices/{order}.pdf"
  --channel <name>     checks against this channel's limits (default: none)

Rows:
  --conversation <c>   the column of conversations (default: conversation, or conversation_id)
  --id <c>             the column that names a row (default: a row is known by its content)
  --duplicates <how>   rows that say the same to the same conversation: send or skip (default: refused)
  --allow-empty        an empty cell is no mistake
  --delimiter <c>      between cells (default: found in the header)

How:
  --dry-run            checks every row, shows the first message, and sends nothing
  --per-second <n>     at most so many messages a second, 1 to 1000 (default: 10)
  --at-once <n>        requests under way together, 1 to 64 (default: 8)
  --stop-after <n>     failures of the same kind in a row that stop everything (default: 10)
  --wait <seconds>     the longest wait for a row's time before it ends (default: 900)
  --journal <file>     what was done (default: <rows.csv>.journal)
  --report <file>      (default: <rows.csv>.report.csv)
  --resend-looked      also sends what \`campaign look --missing\` named
  --base-url <url>     LiveDesk's address, or a sandbox's (default: LiveDesk's own)
  --credentials <file> of JSON { apiKey, apiSecret } that only you may read (default: LIVEDESK_API_KEY and
                       LIVEDESK_API_SECRET of the environment)
  --json               the summary as JSON

look:   --sent <ids>, --missing <ids>, --drop <ids>: what was found, by ids with commas, or all
listen: --port <n> (default: 3901), --host <name> (default: 127.0.0.1)
`;

const SEPARATORS = [",", ";", "\t", "|"];
/** In bytes; a template's definition has some thousands. */
const LARGEST_DEFINITION = 4_194_304;

/**
 * @param {Values} values
 * @param {string} file
 * @returns {PlanOptions}
 */
export function planOptions(values, file) {
  const text = (/** @type {string} */ name) => textOf(values, name);
  const template = text("template");
  const map = mapOf(values.map);
  if (template !== undefined && text("language") === undefined)
    throw new Refused("--template needs --language");
  if (template === undefined && map.length > 0) throw new Refused("--map goes with --template");
  if (template !== undefined && text("file") !== undefined)
    throw new Refused("--template and --file do not go together");
  const duplicates = text("duplicates");
  if (duplicates !== undefined && duplicates !== "send" && duplicates !== "skip") {
    throw new Refused("--duplicates takes send or skip");
  }
  const delimiter = text("delimiter")?.replace("\\t", "\t");
  if (delimiter !== undefined && !SEPARATORS.includes(delimiter))
    throw new Refused("--delimiter takes , ; | or \\t");
  return {
    ...{ file, delimiter, duplicates, template, map, text: text("text"), language: text("language") },
    ...{
      category: text("category"),
      attachment: text("file"),
      id: text("id"),
      conversation: text("conversation"),
    },
    allowEmpty: values["allow-empty"] === true,
  };
}

/**
 * @param {Values} values
 * @returns {RunOptions}
 */
export function runOptions(values) {
  return {
    ...{ channel: textOf(values, "channel"), text: textOf(values, "text") },
    definition: definitionOf(textOf(values, "definition")),
    perSecond: numberOf(values, "per-second", 10, 1, 1000),
    atOnce: numberOf(values, "at-once", 8, 1, 64),
    stopAfter: numberOf(values, "stop-after", 10, 1, 1_000_000),
    waitMs: numberOf(values, "wait", 900, 0, 86_400) * 1000,
    resendLooked: values["resend-looked"] === true,
  };
}

/**
 * @param {Values} values
 * @param {string} name
 */
export function textOf(values, name) {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

/**
 * @param {Values} values
 * @param {string} name
 * @param {number} usual
 * @param {number} least
 * @param {number} most
 */
export function numberOf(values, name, usual, least, most) {
  const written = textOf(values, name);
  if (written === undefined) return usual;
  const number = Number(written);
  if (/^\d{1,9}$/.test(written) && number >= least && number <= most) return number;
  throw new Refused(`--${name} takes a whole number from ${least} to ${most}`);
}

/** @param {Values[string]} written `["1=name,2=order", ...]` */
function mapOf(written) {
  const pairs = (Array.isArray(written) ? written : [written ?? ""]).flatMap((text) =>
    String(text).split(","),
  );
  return pairs
    .filter((pair) => pair.trim() !== "")
    .map((pair) => {
      const [, place, column] = /^\s*([^=]+?)\s*=(.+)$/.exec(pair) ?? [];
      if (
        place === undefined ||
        column === undefined ||
        !/^(header\.|button\.\d+$)?[^.]+$|^[^.]+$/.test(place)
      ) {
        throw new Refused(`--map takes 1=name, header.1=order or button.0=code, with commas between`);
      }
      return [place, column.trim()];
    });
}

/** @param {string | undefined} path */
function definitionOf(path) {
  if (path === undefined) return undefined;
  try {
    if (statSync(path).size > LARGEST_DEFINITION) throw new Error("too large");
    return /** @type {unknown} */ (JSON.parse(readFileSync(path, "utf8")));
  } catch {
    throw new Refused("--definition names no file with JSON (of at most 4 MiB)");
  }
}
