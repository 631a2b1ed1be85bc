// The rows that a person decides on.

import { Issues } from "../input/issues.js";
import { marksOf, readMark, written } from "./marks.js";
import { decided } from "./report.js";
import { jobIdOf } from "./rows.js";

/** @import { Mark, Queue } from "./marks.js" */
/** @import { Reported } from "./report.js" */

const DECISIONS = ["send", "sent", "drop"];

/**
 * The rows that a person has to look at.
 *
 * @param {Queue} queue
 * @returns {AsyncGenerator<Reported, void, void>}
 */
export async function* look(queue) {
  for await (const { row, isOpen } of decided(queue)) {
    if (isOpen) yield row;
  }
}

/**
 * @param {Queue} queue
 * @param {string | number} id
 * @param {"send" | "sent" | "drop"} decision
 * @returns {Promise<void>}
 */
export async function release(queue, id, decision) {
  const issues = new Issues();
  if (!DECISIONS.includes(decision))
    issues.add("decision", "invalid_value", `must be one of ${DECISIONS.join(", ")}`);
  issues.raise("Nothing was released");
  const marks = await marksOf(queue);
  const jobId = jobIdOf(id);
  const [text, job] = await Promise.all([marks.read(jobId), queue.getJob(jobId)]);
  const isFailed = job !== undefined && (await job.getState()) === "failed";
  const mark = readMark(text);
  const isOpen = mark.is === "look" || mark.is === "dropped" || (mark.is === "free" && isFailed);
  const next = after(mark, decision);
  const current =
    isOpen && (decision !== "send" || job) ? await marks.swap(jobId, [text ?? ""], written(next)) : undefined;
  if (current !== written(next)) issues.add("id", "invalid_value", "names no row that waits for a decision");
  issues.raise("Nothing was released");
  if (decision === "send" && isFailed) await job.retry("failed");
}

/**
 * @param {Mark} mark
 * @param {"send" | "sent" | "drop"} decision
 * @returns {Mark}
 */
function after(mark, decision) {
  const { attempts, outcome = "not_sent", code = "released" } = mark;
  if (decision === "send") return { is: "free", attempts };
  return decision === "sent" ? { ...mark, is: "done" } : { ...mark, is: "dropped", outcome, code };
}
