// `engagelab-livedesk campaign`: from a CSV to a report, each row once.

import { statSync } from "node:fs";
import { Refused } from "../refused.js";
import { agree, checkRows, namedRows } from "./check.js";
import { loadLivedesk } from "./client.js";
import { Journal } from "./journal.js";
import { Listener, newToken } from "./listen.js";
import { lineOf, noteFound, toLookAt } from "./look.js";
import { numberOf, planOptions, runOptions, textOf } from "./options.js";
import { Progress } from "./progress.js";
import { count, exitCodeOf, inWords, leftOver, writeReport } from "./report.js";
import { digest } from "./rows.js";
import { Run } from "./run.js";
import { issuesOf, messageOf } from "./sender.js";

/** @import { Checked } from "./check.js" */
/** @import { Found } from "./look.js" */
/** @import { Values } from "./options.js" */
/** @import { Output } from "./progress.js" */
/** @import { RunOptions } from "./run.js" */
/** @import { Desk, Livedesk } from "./sender.js" */
/** @import { Rows } from "./state.js" */
/**
 * @typedef {object} Surroundings
 * @property {Output} stdout
 * @property {Output} stderr
 * @property {(values: Values) => object} clientOptions credentials and address, as `new LiveDesk` takes them
 * @property {(listener: () => void) => () => void} onInterrupt calls it when a person or the system wants an end; the
 *   answer takes the listener away
 */

const SHOWN_ISSUES = 20;
const DEFAULT_PORT = 3901;
const INVALID = 2;
/** The campaign waits by itself, where it can be interrupted; a call that would wait longer ends, and says so. */
const PATIENCE = { maxRetries: 0, totalTimeout: 30_000 };
/** A file, not its journal: `look`, `report` and `listen` take either. */
const JOURNAL = ".journal";

/**
 * @param {string[]} words behind `campaign`
 * @param {Values} values
 * @param {Surroundings} io
 * @returns {Promise<number>} the exit code: 0 all sent, 2 nothing was sent for something to put right, 3 rejected,
 *   4 failed, 5 unknown, 6 not sent
 */
export async function campaign(words, values, io) {
  try {
    const [first, second, ...more] = words;
    const verbs = { look, report, listen };
    const verb = Object.entries(verbs).find(([name]) => name === first)?.[1];
    const file = verb ? second : first;
    if (file === undefined) throw new Refused("name the CSV (see --help)");
    if (more.length > 0 || (!verb && second !== undefined)) throw new Refused("there is more than one file");
    return await (verb ?? start)(file, values, io);
  } catch (error) {
    const isInvalid = error instanceof Error && error.name === "ValidationError";
    if (!(error instanceof Refused) && !isInvalid) throw error;
    io.stderr.write(`engagelab-livedesk campaign: ${error.message}\n`);
    return INVALID;
  }
}

/**
 * @param {string} file
 * @param {Values} values
 * @param {Surroundings} io
 */
async function start(file, values, io) {
  const plan = planOptions(values, file);
  const options = runOptions(values);
  assertFile(file);
  const livedesk = await loadLivedesk();
  const checked = await checkRows(plan, (row) => issuesOf(livedesk, options, row));
  tellIssues(checked, values, io);
  if (checked.errors > 0) return INVALID;
  if (values["dry-run"]) return preview(checked, { livedesk, options }, values, io);

  const clientOptions = io.clientOptions(values);
  const desk = livedesk.make({ ...clientOptions, ...PATIENCE, channel: options.channel });
  const journal = await Journal.open(textOf(values, "journal") ?? `${file}${JOURNAL}`, true);
  try {
    const about = digest([textOf(values, "base-url") ?? "", plan.id ?? ""]);
    await agree(journal, checked.plan, { about, token: newToken() });
    const run = await send(journal, namedRows(plan), { desk, livedesk }, options, io);
    return await tell(journal.rows, { run, file, values, io });
  } finally {
    await journal.close();
  }
}

/**
 * @param {Journal} journal
 * @param {ReturnType<typeof namedRows>} rows
 * @param {{ desk: Desk, livedesk: Livedesk }} client
 * @param {RunOptions} options
 * @param {Surroundings} io
 */
async function send(journal, rows, client, options, io) {
  const { look: waiting, due } = leftOver(journal.rows, options.resendLooked);
  if (waiting > 0) {
    io.stderr.write(`${waiting} of the rows wait for a person: see \`campaign look\`\n`);
  }
  const progress = new Progress(io.stderr, due);
  const counts = () => count(journal.rows, true);
  const run = new Run(journal, rows, client, options, () => progress.step(counts));
  const forget = io.onInterrupt(() => {
    io.stderr.write("\nEnding: what has begun is finished, nothing more begins.\n");
    run.stop("it was interrupted");
  });
  try {
    await run.finish();
  } finally {
    forget();
    await rows.return(undefined);
    progress.end(count(journal.rows));
  }
  return run;
}

/**
 * @param {Rows} rows
 * @param {{ run?: Run, file: string, values: Values, io: Surroundings }} what
 */
async function tell(rows, { run, file, values, io }) {
  const counts = count(rows);
  const path = textOf(values, "report") ?? `${file}.report.csv`;
  /** @type {string | undefined} */
  let unwritten;
  try {
    await writeReport(rows, path);
  } catch (error) {
    // A full disk must not hide what became of the rows.
    unwritten = error instanceof Error ? error.message : "unknown";
  }
  const left = leftOver(rows);
  const resumeAt = run?.resumeAt === undefined ? undefined : new Date(run.resumeAt).toISOString();
  if (values.json) {
    const summary = {
      counts,
      ...left,
      stopped: run?.stopped,
      resumeAt,
      report: unwritten ? undefined : path,
    };
    io.stdout.write(`${JSON.stringify(summary)}\n`);
  } else {
    io.stdout.write(`${inWords(counts)}\n`);
    if (run?.stopped) io.stdout.write(`Stopped: ${run.stopped}. Start it again to go on.\n`);
    if (resumeAt) io.stdout.write(`The rest may go on at ${resumeAt}: start it again then.\n`);
    if (left.look > 0) io.stdout.write(`To look at, with \`campaign look ${file}\`: ${left.look}\n`);
    io.stdout.write(unwritten ? `The report cannot be written: ${unwritten}\n` : `Report: ${path}\n`);
  }
  return exitCodeOf(counts);
}

/**
 * @param {Checked} checked
 * @param {{ livedesk: Livedesk, options: RunOptions }} how
 * @param {Values} values
 * @param {Surroundings} io
 */
async function preview({ plan, first }, { livedesk, options }, values, io) {
  const message = first && (await messageOf(livedesk, options, first));
  const shown = message && {
    ...message,
    ...(first?.path === undefined ? {} : { attachments: [first.path] }),
  };
  if (values.json) {
    io.stdout.write(`${JSON.stringify({ rows: plan.length, first: { ...first, message: shown } })}\n`);
    return 0;
  }
  io.stdout.write(`${plan.length.toLocaleString("en")} rows can be sent; nothing was.\n`);
  io.stdout.write(
    `Row ${first?.row}, to conversation ${first?.conversationId}:\n${JSON.stringify(shown, undefined, 2)}\n`,
  );
  return 0;
}

/**
 * @param {Checked} checked
 * @param {Values} values
 * @param {Surroundings} io
 */
function tellIssues({ issues, errors, warnings }, values, io) {
  if (values.json && errors > 0) {
    io.stdout.write(`${JSON.stringify({ errors, warnings, issues })}\n`);
    return;
  }
  // Errors first: warnings may be many.
  const sorted = [...issues].sort((a, b) => a.severity.localeCompare(b.severity) || a.row - b.row);
  for (const { row, message, severity } of sorted.slice(0, SHOWN_ISSUES)) {
    io.stderr.write(`row ${row}: ${severity === "warning" ? "(warning) " : ""}${message}\n`);
  }
  const more = errors + warnings - Math.min(sorted.length, SHOWN_ISSUES);
  if (more > 0) io.stderr.write(`and ${more.toLocaleString("en")} more (--json shows 1,000)\n`);
  if (errors > 0) io.stderr.write(`${errors.toLocaleString("en")} mistakes; nothing was sent.\n`);
}

/**
 * @param {string} file
 * @param {Values} values
 * @param {Surroundings} io
 */
async function look(file, values, io) {
  const found = ["sent", "missing", "drop"].flatMap((as) => {
    const ids = textOf(values, as)?.split(",") ?? [];
    return ids.map((id) => ({ id: id.trim(), as: /** @type {Found} */ (as) }));
  });
  return withJournal(file, values, async (journal) => {
    const noted = await noteFound(journal, found);
    const waiting = toLookAt(journal);
    if (values.json) {
      const rows = waiting.map(({ row, id, conversationId, at, code }) => ({
        row,
        id,
        conversationId,
        at,
        code,
      }));
      io.stdout.write(`${JSON.stringify({ noted, waiting: rows })}\n`);
    } else {
      for (const row of waiting) io.stdout.write(`${lineOf(row)}\n`);
      if (noted > 0) io.stdout.write(`${noted} noted.\n`);
      io.stdout.write(`${waiting.length} to look at.\n`);
    }
    return waiting.length > 0 ? 5 : 0;
  });
}

/**
 * @param {string} file
 * @param {Values} values
 * @param {Surroundings} io
 */
function report(file, values, io) {
  return withJournal(file, values, (journal) => tell(journal.rows, { file: rowsOf(file), values, io }));
}

/**
 * @param {string} file
 * @param {Values} values
 * @param {Surroundings} io
 */
async function listen(file, values, io) {
  const port = numberOf(values, "port", DEFAULT_PORT, 0, 65_535);
  const host = textOf(values, "host") ?? "127.0.0.1";
  const livedesk = await loadLivedesk();
  const desk = livedesk.make(io.clientOptions(values));
  return withJournal(file, values, async (journal) => {
    const listener = new Listener(journal, { desk, livedesk }, (row) => {
      io.stdout.write(
        `row ${row.row}: ${row.outcome}${row.code ? ` (${row.code})` : ""}, next: ${row.next}\n`,
      );
    });
    const address = await listener.start(port, host);
    io.stdout.write(`Give LiveDesk this webhook, and nobody else: ${address}; Ctrl-C ends it.\n`);
    await new Promise((resolve) => {
      const forget = io.onInterrupt(() => {
        forget();
        resolve(undefined);
      });
    });
    await listener.close();
    if (listener.broken) io.stderr.write(`It took nothing more: ${listener.broken}\n`);
    return tell(journal.rows, { file: rowsOf(file), values, io });
  });
}

/**
 * @param {string} file
 * @param {Values} values
 * @param {(journal: Journal) => Promise<number>} work
 */
async function withJournal(file, values, work) {
  const path = textOf(values, "journal") ?? (file.endsWith(JOURNAL) ? file : `${file}${JOURNAL}`);
  const journal = await Journal.open(path);
  try {
    if (!journal.header || journal.rows.planned === undefined)
      throw new Refused("no campaign began with this journal");
    return await work(journal);
  } finally {
    await journal.close();
  }
}

/** @param {string} file */
function rowsOf(file) {
  return file.endsWith(JOURNAL) ? file.slice(0, -JOURNAL.length) : file;
}

/** Rows are read twice, so a pipe will not do. @param {string} file */
function assertFile(file) {
  const isFile = statSync(file, { throwIfNoEntry: false })?.isFile();
  if (!isFile) throw new Refused(`there is no file ${JSON.stringify(file)}`);
}
