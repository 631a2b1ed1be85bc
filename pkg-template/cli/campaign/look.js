// What a person has to look at, and what they found.

import { Refused } from "../refused.js";
import { needsLook } from "./state.js";

/** @import { Journal } from "./journal.js" */
/** @import { RowState } from "./state.js" */
/** @typedef {"sent" | "missing" | "drop"} Found */

/**
 * @param {Journal} journal
 * @returns {RowState[]}
 */
export function toLookAt({ rows }) {
  return [...rows.all.values()].filter(needsLook);
}

/**
 * @param {Journal} journal
 * @param {{ id: string, as: Found }[]} found by the rows' ids, or `all` for all that wait
 */
export async function noteFound(journal, found) {
  const waiting = toLookAt(journal);
  const ids = new Set(waiting.map(({ id }) => id));
  const lines = found.flatMap(({ id, as }) => {
    if (id === "all") return waiting.map((row) => ({ looked: row.id, as }));
    if (!ids.has(id)) throw new Refused(`no row "${id}" waits for a look`);
    return [{ looked: id, as }];
  });
  if (lines.length > 0) await journal.add(...lines);
  return lines.length;
}

/** @param {RowState} row */
export function lineOf({ row, id, conversationId, at, code }) {
  const when = at === undefined ? "" : `, ${new Date(at).toISOString()}`;
  return `row ${row}, id ${JSON.stringify(id)}, conversation ${conversationId}${when}, ${code ?? "no result written down"}`;
}
