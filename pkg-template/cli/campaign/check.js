// Everything that can be known ahead: every row is checked, and compared with the journal, before one is sent.

import { Refused } from "../refused.js";
import { readRows } from "./rows.js";

/** @import { Journal } from "./journal.js" */
/** @import { Row, RowOptions } from "./rows.js" */
/** @import { Plan } from "./state.js" */
/**
 * @typedef {object} Issue
 * @property {number} row
 * @property {string} message
 * @property {"error" | "warning"} severity
 */
/**
 * @typedef {object} Checked
 * @property {Plan[]} plan
 * @property {Issue[]} issues the first 1,000
 * @property {number} errors how many there are in all
 * @property {number} warnings
 * @property {Row | undefined} [first] for a preview
 */
/**
 * @typedef {RowOptions & { duplicates?: "send" | "skip" | undefined }} PlanOptions `duplicates`: rows that say the same to the same
 *   conversation; default: refused
 */

const MOST_ISSUES = 1_000;
const MOST_ROWS = 1_000_000;
const MOST_SHOWN = 5;
/** Lines of a plan in one write. */
const TOGETHER = 1_000;

/**
 * The rows with the names by which the journal knows them; `sameAs` is the row that said the same before.
 *
 * @param {PlanOptions} options
 * @returns {AsyncGenerator<Row & { sameAs?: number | undefined }>}
 */
export async function* namedRows(options) {
  /** @type {Map<string, { row: number, count: number }>} */
  const seen = new Map();
  for await (const row of readRows(options)) {
    const before = seen.get(row.print);
    if (!before) {
      if (seen.size >= MOST_ROWS) throw new Refused("there are more than 1,000,000 rows: make several files");
      seen.set(row.print, { row: row.row, count: 1 });
      yield row;
      continue;
    }
    before.count += 1;
    if (options.duplicates === "skip") continue;
    // Its place among those that are the same, which moves with them when rows are put in between.
    const id = options.id === undefined ? `${row.id}-${before.count}` : row.id;
    yield { ...row, id, sameAs: before.row };
  }
}

/**
 * @param {PlanOptions} options
 * @param {(row: Row) => Promise<{ path: string, message: string, severity: "error" | "warning" }[]>} validate what the
 *   client says of a row's message
 * @returns {Promise<Checked>}
 */
export async function checkRows(options, validate) {
  /** @type {Checked} */
  const checked = { plan: [], issues: [], errors: 0, warnings: 0 };
  /** @type {Map<string, number>} */
  const ids = new Map();
  const tell = (
    /** @type {number} */ row,
    /** @type {string} */ message,
    severity = /** @type {const} */ ("error"),
  ) => note(checked, { row, message, severity });

  for await (const row of namedRows(options)) {
    const { id, print, conversationId } = row;
    for (const wrong of row.wrong) tell(row.row, wrong);
    if (row.sameAs !== undefined && options.duplicates === undefined) {
      tell(row.row, `says the same to the same conversation as row ${row.sameAs} (see --duplicates)`);
    }
    const same = ids.get(id);
    if (same !== undefined) tell(row.row, `has the id of row ${same}`);
    else checked.plan.push({ id, row: row.row, conversationId, print });
    ids.set(id, row.row);
    if (row.wrong.length === 0) {
      for (const { path, message, severity } of await validate(row)) {
        note(checked, { row: row.row, message: `${path} ${message}`, severity });
      }
    }
    checked.first ??= row;
  }
  if (checked.plan.length === 0) throw new Refused("the file has no row below its header");
  return checked;
}

/**
 * @param {Checked} checked
 * @param {Issue} issue
 */
function note(checked, issue) {
  if (issue.severity === "error") checked.errors += 1;
  else checked.warnings += 1;
  if (checked.issues.length < MOST_ISSUES) checked.issues.push(issue);
}

/**
 * Writes the plan into a new journal, or makes sure that it is the one that was begun.
 *
 * @param {Journal} journal
 * @param {Plan[]} plan
 * @param {{ about: string, token: string }} header
 */
export async function agree(journal, plan, { about, token }) {
  if (journal.header && journal.rows.planned === undefined) await journal.forgetPlan();
  if (!journal.header) {
    await journal.begin({ journal: 1, about, token });
    for (let at = 0; at < plan.length; at += TOGETHER) {
      await journal.add(...plan.slice(at, at + TOGETHER).map((one) => ({ plan: one })));
    }
    // Until this line is there, the plan is written anew.
    await journal.add({ planned: plan.length });
    return;
  }
  if (journal.header.about !== about) {
    throw new Refused(
      "the journal is of another --base-url or --id: give this campaign a --journal of its own",
    );
  }
  const changes = differences(journal, plan);
  if (changes.length > 0) {
    throw new Refused(
      `the rows changed since this campaign began; nothing was sent: ${changes.join("; ")}. Put them back, or give the new rows a file and journal of their own`,
    );
  }
}

/**
 * @param {Journal} journal
 * @param {Plan[]} plan
 */
function differences({ rows }, plan) {
  const ids = new Set(plan.map(({ id }) => id));
  const added = plan.filter(({ id }) => !rows.all.has(id));
  const changed = plan.filter(({ id, print }) => (rows.all.get(id)?.print ?? print) !== print);
  const removed = [...rows.all.values()].filter(({ id }) => !ids.has(id));
  return [
    listed("changed", changed),
    listed("new", added),
    listed("no longer there", removed, "by its old number "),
  ].filter((text) => text !== "");
}

/**
 * @param {string} what
 * @param {{ row: number }[]} rows
 * @param {string} [how]
 */
function listed(what, rows, how = "") {
  if (rows.length === 0) return "";
  const numbers = rows.slice(0, MOST_SHOWN).map(({ row }) => row);
  const more = rows.length > MOST_SHOWN ? ` and ${rows.length - MOST_SHOWN} more` : "";
  return `${what}: ${rows.length === 1 ? "row" : "rows"} ${how}${numbers.join(", ")}${more}`;
}
