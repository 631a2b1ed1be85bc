// The next step in BullMQ's terms. Its errors are known by name and message, so that no copy of BullMQ is asked for.

import { LiveDeskError } from "../errors.js";
import { readMark, written } from "./marks.js";

/** @import { Job, Mark, Marks as RedisMarks, Queue } from "./marks.js" */
/** @import { PostgresMarks } from "./postgres-marks.js" */
/** @typedef {RedisMarks | PostgresMarks} Marks */
/** @import { NextStep } from "../index.js" */

const RATE_LIMITED = "bullmq:rateLimitExceeded";
/** How long a job that found the account refused waits behind the paused queue. */
const STOP_MS = 1_000;
/** How often the files of a row are asked for, every 5 s. */
const FILE_TRIES = 10;

/**
 * @param {string} name
 * @param {string} message
 * @returns {Error}
 */
function named(name, message) {
  return Object.assign(new Error(message), { name });
}

/**
 * The error by which BullMQ repeats the job no more; it names an outcome and a code, and nothing of the row.
 *
 * @param {Mark} mark
 * @returns {Error}
 */
export function given({ is, outcome, code }) {
  return named("UnrecoverableError", `${is}: ${outcome} (${code})`);
}

/**
 * Moves the job, and gives the error that says so.
 *
 * @param {Job} job
 * @param {string} token
 * @param {number} ms
 * @returns {Promise<Error>}
 */
export async function delayed(job, token, ms) {
  await job.moveToDelayed(Date.now() + ms, token);
  return named("DelayedError", "delayed");
}

/**
 * The mark of a row that may be sent (again).
 *
 * @param {Mark} sending
 * @param {number} attempts
 * @param {number | string} [retry]
 * @returns {Mark}
 */
export function free(sending, attempts, retry = sending.retry) {
  return { is: "free", attempts, ...(retry === undefined ? {} : { retry }) };
}

/**
 * @param {NextStep} step
 * @param {unknown} error
 * @param {{ queue: Queue, job: Job, token: string, sending: Mark, keep: (mark: Mark) => Promise<boolean> }} so
 * @returns {Promise<unknown>}
 */
export async function act(step, error, { queue, job, token, sending, keep }) {
  const { attempts, retry } = sending;
  const {
    code = "unknown_error",
    outcome = "unknown",
    messageId = retry,
    failure,
  } = error instanceof LiveDeskError
    ? /** @type {LiveDeskError & { failure?: { advice?: string } }} */ (error)
    : {};
  const again = async (/** @type {Mark} */ mark, /** @type {() => Promise<Error>} */ move) => {
    // A person's to decide on, for all another worker knew: now it is known.
    if (await keep(mark)) await job.retry("failed");
    return await move();
  };
  switch (step.do) {
    case "done":
      await keep({ is: "done", attempts, ...(messageId === undefined ? {} : { messageId }) });
      return { messageId };
    case "again":
      throw await again(free(sending, attempts), () => delayed(job, token, step.afterMs));
    case "retry_message":
      throw await again(free(sending, attempts, messageId), () => delayed(job, token, step.afterMs));
    case "pause":
      throw await again(free(sending, attempts - 1), async () => {
        await queue.rateLimit(step.afterMs);
        return named("RateLimitError", RATE_LIMITED);
      });
    case "stop": {
      const next = step.resume === "retry_message" ? messageId : retry;
      throw await again(free(sending, attempts - 1, next), async () => {
        await queue.pause();
        return delayed(job, token, STOP_MS);
      });
    }
    default: {
      // A message whose delivery was to be tried again is there, whatever became of that.
      const known = retry === undefined || outcome === "unknown" ? outcome : "failed";
      /** @type {Mark} */
      const mark = { is: step.do === "drop" ? "dropped" : "look", attempts, outcome: known, code };
      if (messageId !== undefined) mark.messageId = messageId;
      if (failure?.advice) mark.advice = failure.advice;
      await keep(mark);
      throw given(mark);
    }
  }
}

/**
 * Nothing was sent: files that may not be read end the row, others are tried again.
 *
 * @param {unknown} thrown
 * @param {{ marks: Marks, job: Job & { attemptsMade?: number }, text: string }} so
 * @returns {Promise<never>}
 */
export async function withoutFiles(thrown, { marks, job, text }) {
  const isRefused = thrown instanceof Error && thrown.name === "Refused";
  if (!isRefused && (job.attemptsMade ?? 0) < FILE_TRIES) throw new Error("a file of the row cannot be read");
  const code = isRefused ? "file_refused" : "file_unreadable";
  /** @type {Mark} */
  const mark = { is: "dropped", attempts: readMark(text).attempts, outcome: "not_sent", code };
  const current = await marks.swap(String(job.id), [text], written(mark));
  if (current !== written(mark)) throw new Error("the row has changed meanwhile");
  throw given(mark);
}
