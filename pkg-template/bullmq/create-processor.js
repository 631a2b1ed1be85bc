// What a worker does with a job: a mark, confirmed, before the request, and after it what became of it.

import { nextStep } from "../client/livedesk.js";
import { readFields } from "../input/fields.js";
import { Issues } from "../input/issues.js";
import { callable, milliseconds, ofType } from "../input/rules.js";
import { loadFiles, readFiles } from "./files.js";
import { LOST } from "./lost.js";
import { marksOf, readMark, written } from "./marks.js";
import { act, delayed, free, given, withoutFiles } from "./steps.js";

/** @import { Files } from "./files.js" */
/** @import { Job, Mark, Marks as RedisMarks, Queue } from "./marks.js" */
/** @import { PostgresMarks } from "./postgres-marks.js" */
/** @typedef {RedisMarks | PostgresMarks} Marks */
/** @import { Row } from "./rows.js" */
/**
 * @typedef {(conversationId: unknown, message: unknown, options: { [name: string]: unknown }) => Promise<{ id: number, status: string }>} Send
 * @typedef {{ sendText: Send, sendAttachments: Send, sendTemplate: Send, retryMessage: Send }} Desk
 * @typedef {{ queue: Queue, files?: Files, pairMs: number, pairBurst: number, graceMs: number }} Settings
 */

/** Longer than a call's own limit of 120 s: who sends still has ended by then, or will never tell. */
export const GRACE_MS = 150_000;
/** WhatsApp: one customer every 6 s, of which 45 may come at once. */
const PAIR_MS = 6_000;
const PAIR_BURST = 45;
/** How long the end of a call is tried to be kept. */
const KEEP_MS = 60_000;
const KEEP_EVERY_MS = 250;
const METHODS = /** @type {const} */ ({
  text: "sendText",
  attachments: "sendAttachments",
  template: "sendTemplate",
});

/**
 * @param {Desk} desk
 * @param {object} options
 * @returns {(job: Job, token?: string) => Promise<unknown>}
 */
export function createProcessor(desk, options) {
  const settings = readSettings(desk, options);
  return async function processor(job, token = "") {
    const marks = await marksOf(settings.queue);
    const jobId = String(job.id);
    const text = await marks.read(jobId);
    const mark = readMark(text);
    if (mark.is === "done") return { messageId: mark.messageId };
    if (mark.is === "sending") return await wait(settings, marks, job, token, text ?? "", mark);
    if (mark.is !== "free") throw given(mark);

    const row = /** @type {Row} */ (job.data);
    const ms =
      settings.pairMs && (await marks.pace(String(row.conversationId), settings.pairMs, settings.pairBurst));
    if (ms > 0) throw await delayed(job, token, ms);
    let message;
    try {
      message = mark.retry ?? (await loadFiles(row.message, settings.files));
    } catch (thrown) {
      return await withoutFiles(thrown, { marks, job, text: text ?? "" });
    }
    const sending = await claim(marks, jobId, token, text ?? "", mark);
    return await deliver(desk, settings, { marks, job, token, row, sending, message });
  };
}

/**
 * @param {Desk} desk
 * @param {object} options
 * @returns {Settings}
 */
function readSettings(desk, options) {
  const issues = new Issues();
  for (const name of [...Object.values(METHODS), "retryMessage"])
    callable(/** @type {{ [name: string]: unknown }} */ (Object(desk))[name], `desk.${name}`, issues);
  const rules = {
    queue: ofType("object", "a Queue"),
    files: readFiles,
    pairMs: milliseconds,
    pairBurst: milliseconds,
    graceMs: milliseconds,
  };
  const found = readFields(options, "options", rules, issues);
  if (found && !found.queue) issues.add("options.queue", "missing", "is missing");
  issues.raise("No processor was made");
  const defaults = { pairMs: PAIR_MS, pairBurst: PAIR_BURST, graceMs: GRACE_MS };
  return /** @type {Settings} */ ({ ...defaults, ...found });
}

/**
 * Another has begun to send this row, and may still: it gets time to tell what became of it.
 *
 * @param {Settings} settings
 * @param {Marks} marks
 * @param {Job} job
 * @param {string} token
 * @param {string} text
 * @param {Mark} mark
 * @returns {Promise<never>}
 */
async function wait({ graceMs }, marks, job, token, text, mark) {
  const left = Math.min(graceMs, (mark.at ?? 0) + graceMs - Date.now());
  if (left > 0) throw await delayed(job, token, left + 1);
  const look = lookOf(mark);
  const current = await marks.swap(String(job.id), [text], written(look));
  if (current !== written(look)) throw new Error("the row has changed meanwhile");
  throw given(look);
}

/**
 * @param {Mark} mark
 * @returns {Mark}
 */
function lookOf(mark) {
  return { ...mark, is: "look", outcome: "unknown", code: "worker_lost" };
}

/**
 * @param {Marks} marks
 * @param {string} jobId
 * @param {string} token
 * @param {string} text
 * @param {Mark} mark
 * @returns {Promise<Mark>}
 */
async function claim(marks, jobId, token, text, { attempts, retry }) {
  const owner = crypto.randomUUID();
  /** @type {Mark} */
  const sending = {
    is: "sending",
    attempts: attempts + 1,
    owner,
    at: Date.now(),
    ...(retry === undefined ? {} : { retry }),
  };
  const current = await marks.swap(jobId, [text], written(sending), { token });
  // It may be our own, sent twice by a client whose first answer was lost.
  if (current === written(sending)) return sending;
  throw new Error(current === LOST ? "the job's lock was lost" : "another worker has the row");
}

/**
 * @param {Desk} desk
 * @param {Settings} settings
 * @param {{ marks: Marks, job: Job, token: string, row: Row, sending: Mark, message: unknown }} call
 * @returns {Promise<unknown>}
 */
async function deliver(desk, { queue, graceMs }, { marks, job, token, row, sending, message }) {
  const { attempts, at = 0, retry } = sending;
  const keep = (/** @type {Mark} */ mark) => keepEnd(marks, String(job.id), sending, mark);
  // Stopped for so long that another may have given the row up: nothing has left yet, and nothing shall.
  if (Date.now() - at > graceMs / 2) {
    await keep(free(sending, attempts - 1));
    throw new Error("the worker was stopped before it could send");
  }
  const method = retry === undefined ? METHODS[row.kind] : "retryMessage";
  // Without retries of the call's own: a 429 shall pause all workers, and each attempt has a mark.
  const requestOptions = { ...row.requestOptions, maxRetries: 0, dangerouslyRetryUnknown: false };
  const sent = await desk[method](row.conversationId, message, requestOptions).then(
    ({ id }) => ({ id }),
    (error) => ({ error }),
  );
  if ("id" in sent) {
    await keep({ is: "done", attempts, messageId: sent.id });
    return { messageId: sent.id };
  }
  const step = await nextStep(sent.error, { attempts });
  return await act(step, sent.error, { queue, job, token, sending, keep });
}

/**
 * What became of a call. Resolves to whether a person was told meanwhile that nobody knows.
 *
 * @param {Marks} marks
 * @param {string} jobId
 * @param {Mark} sending
 * @param {Mark} mark
 * @returns {Promise<boolean>}
 */
async function keepEnd(marks, jobId, sending, mark) {
  const expected = [written(sending), written(lookOf(sending))];
  const next = written(mark);
  for (const started = Date.now(); ; ) {
    try {
      const before = await marks.read(jobId);
      const current = await marks.swap(jobId, expected, next, { messageId: mark.messageId });
      if (current === next) return before === expected[1];
      break;
    } catch (thrown) {
      if (Date.now() - started > KEEP_MS) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, KEEP_EVERY_MS));
    }
  }
  throw new Error("a person has decided on the row meanwhile");
}
