// What became of every row, in the order of coming.

import { GRACE_MS } from "./create-processor.js";
import { marksOf, readMark } from "./marks.js";
import { rowIdOf } from "./rows.js";

/** @import { Job, Mark, Queue } from "./marks.js" */
/**
 * @typedef {object} Reported
 * @property {string} id
 * @property {string | number | undefined} conversationId Unknown where the job was removed.
 * @property {string} outcome
 * @property {number} attempts
 * @property {number | string} [messageId]
 * @property {string} [code]
 * @property {string} [advice]
 */

const PAGE = 100;

/**
 * @param {Queue} queue
 * @returns {AsyncGenerator<Reported, void, void>}
 */
export async function* report(queue) {
  for await (const { row } of decided(queue)) yield row;
}

/**
 * Each row, and whether a person has to look.
 *
 * @param {Queue} queue
 * @returns {AsyncGenerator<{ row: Reported, isOpen: boolean }, void, void>}
 */
export async function* decided(queue) {
  const marks = await marksOf(queue);
  for await (const jobIds of marks.pages(PAGE)) {
    const found = await Promise.all(
      jobIds.map(async (jobId) => {
        const [text, job] = await Promise.all([marks.read(jobId), queue.getJob(jobId)]);
        const mark = readMark(text);
        const row = await told(jobId, mark, job);
        return { row, isOpen: mark.is === "look" || row.outcome === "unknown" || row.code === "job_failed" };
      }),
    );
    yield* found;
  }
}

/**
 * @param {string} jobId
 * @param {Mark} mark
 * @param {Job | undefined} job
 * @returns {Promise<Reported>}
 */
async function told(jobId, mark, job) {
  const { messageId, code, advice, attempts } = mark;
  const row = /** @type {{ conversationId?: string | number } | undefined} */ (job?.data);
  const found = await outcomeOf(mark, job);
  return {
    id: rowIdOf(jobId),
    conversationId: row?.conversationId,
    ...(code === undefined ? {} : { code }),
    ...found,
    attempts,
    ...(messageId === undefined ? {} : { messageId }),
    ...(advice === undefined ? {} : { advice }),
  };
}

/**
 * @param {Mark} mark
 * @param {Job | undefined} job
 * @returns {Promise<{ outcome: string, code?: string }>}
 */
async function outcomeOf({ is, outcome = "unknown", at = 0 }, job) {
  if (is === "done") return { outcome: "sent" };
  if (is === "sending") {
    if (Date.now() - at < GRACE_MS) return { outcome: "waiting" };
    return { outcome: "unknown", code: "worker_lost" };
  }
  if (is !== "free") return { outcome };
  if (!job) return { outcome: "not_sent", code: "job_lost" };
  return (await job.getState()) === "failed"
    ? { outcome: "not_sent", code: "job_failed" }
    : { outcome: "waiting" };
}
