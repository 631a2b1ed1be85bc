// A delivery that fails after its message was taken: the webhook that tells of it finds the row.

import { readWebhook } from "../client/livedesk.js";
import { marksOf, readMark, written } from "./marks.js";
import { rowIdOf } from "./rows.js";

/** @import { Mark, Queue } from "./marks.js" */

/**
 * Resolves to the row's id and outcome, or to null where the message is of none.
 *
 * @param {Queue} queue
 * @param {unknown} body
 * @returns {Promise<{ id: string, outcome: "sent" | "failed" } | null>}
 */
export async function recordWebhook(queue, body) {
  const marks = await marksOf(queue);
  const told = await readWebhook(body);
  const messageId = told?.message.id;
  const jobId = messageId === undefined ? null : await marks.jobOf(messageId);
  if (!told || jobId === null) return null;
  const { failure } = told;
  const text = await marks.read(jobId);
  const mark = readMark(text);
  if (failure && mark.is === "done") {
    /** @type {Mark} */
    const next = {
      ...mark,
      is: "dropped",
      outcome: "failed",
      code: "delivery_failed",
      advice: failure.advice,
    };
    await marks.swap(jobId, [text ?? ""], written(next));
    return { id: rowIdOf(jobId), outcome: "failed" };
  }
  return { id: rowIdOf(jobId), outcome: mark.is === "done" ? "sent" : "failed" };
}
