// What became of each row, for a person: counts in the terminal, and a CSV for a spreadsheet.

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { finished } from "node:stream/promises";
import { dueOf, needsLook, outcomeOf } from "./state.js";

/** @import { RowOutcome, Rows, RowState } from "./state.js" */
/** @typedef {Record<RowOutcome | "waiting", number>} Counts */

const COLUMNS = ["row", "id", "conversation", "message id", "outcome", "code", "advice", "attempts", "next"];
/** A spreadsheet takes such a cell for a formula, and runs it. */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",;\r\n]/;
const NEXT_WORDS = {
  ...{ done: "", drop: "nothing: correct it in a new file", stop: "sent when the campaign is started again" },
  ...{
    look: "look into the conversation",
    again: "sent again",
    pause: "sent again",
    retry_message: "retried",
  },
};

/**
 * @param {Rows} rows
 * @param {boolean} [isRunning] then a request without its result is under way; else it was broken off
 * @returns {Counts}
 */
export function count(rows, isRunning = false) {
  /** @type {Counts} */
  const counts = { sent: 0, not_sent: 0, rejected: 0, failed: 0, unknown: 0, waiting: 0 };
  for (const row of rows.all.values()) counts[isRunning && row.marked ? "waiting" : outcomeOf(row)] += 1;
  return counts;
}

/** @param {Counts} counts */
export function inWords(counts) {
  const parts = Object.entries(counts).filter(([, number]) => number > 0);
  return parts
    .map(([outcome, number]) => `${number.toLocaleString("en")} ${outcome.replace("_", " ")}`)
    .join(", ");
}

/**
 * The most serious of what did not go out, as the command's exit code: 5 unknown, 4 failed, 3 rejected, 6 not sent or
 * not begun, 0 when all are sent.
 *
 * @param {Counts} counts
 */
export function exitCodeOf(counts) {
  if (counts.unknown > 0) return 5;
  if (counts.failed > 0) return 4;
  if (counts.rejected > 0) return 3;
  return counts.not_sent + counts.waiting > 0 ? 6 : 0;
}

/**
 * @param {Rows} rows
 * @param {boolean} [resendLooked] also what a person has looked for and not found
 */
export function leftOver(rows, resendLooked = false) {
  const left = { look: 0, due: 0 };
  for (const row of rows.all.values()) {
    if (needsLook(row)) left.look += 1;
    else if (dueOf(row, resendLooked)) left.due += 1;
  }
  return left;
}

/**
 * Written beside, then put into its place: nobody reads half a report.
 *
 * @param {Rows} rows
 * @param {string} path
 */
export async function writeReport(rows, path) {
  const fresh = `${path}.${process.pid}.tmp`;
  try {
    await writeWhole(rows, fresh);
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

/**
 * @param {Rows} rows
 * @param {string} path
 */
async function writeWhole(rows, path) {
  // Ids and conversations are the caller's customers.
  const stream = createWriteStream(path, { mode: 0o600 });
  const whole = finished(stream);
  // Heard of where it is awaited, below.
  whole.catch(() => {});
  // A spreadsheet takes a file without this mark for another encoding.
  stream.write(`\uFEFF${line(COLUMNS)}`);
  for (const row of rows.all.values()) {
    if (!stream.write(line(cellsOf(row)))) await Promise.race([once(stream, "drain"), whole]);
  }
  stream.end();
  await whole;
  const file = await open(path, "r+");
  await file.sync();
  await file.close();
}

/** @param {RowState} row */
function cellsOf(row) {
  const { id, conversationId, messageId, code, advice, attempts, retries, looked } = row;
  const next = needsLook(row) ? "look" : (row.next ?? "again");
  const cut = row.marked ? "its result was not written down: it may be there" : "";
  const waits = row.outcome === undefined && !row.marked;
  return [
    ...[String(row.row), id, conversationId, messageId ?? "", outcomeOf(row), code ?? ""],
    ...[cut || (advice ?? ""), String(attempts + retries)],
    waits
      ? "sent when the campaign is started again"
      : looked === "missing"
        ? "sent with --resend-looked"
        : NEXT_WORDS[next],
  ];
}

/** @param {string[]} cells */
function line(cells) {
  return `${cells.map(cell).join(",")}\r\n`;
}

/** @param {string} text */
export function cell(text) {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
