// Rows into the queue, in bulk; the same rows again add nothing.

import { Issues } from "../input/issues.js";
import { marksOf } from "./marks.js";
import { jobIdOf, readRow } from "./rows.js";

/** @import { Queue } from "./marks.js" */
/** @import { Row } from "./rows.js" */

/** So many rows go to Redis together. */
const BATCH = 500;
/** What fails before a mark is written, Redis among it, may be tried for as long as it takes: a mark lets nobody send twice. */
const OPTIONS = { attempts: 1_000_000, backoff: { type: "fixed", delay: 5_000 }, stackTraceLimit: 1 };

/**
 * Resolves to how many rows were new.
 *
 * @param {Queue} queue
 * @param {Iterable<unknown> | AsyncIterable<unknown>} rows
 * @returns {Promise<number>}
 */
export async function enqueue(queue, rows) {
  const marks = await marksOf(queue);
  let count = 0;
  let index = 0;
  /** @type {Row[]} */
  let batch = [];
  const add = async () => {
    const isNew = await Promise.all(batch.map(({ id }) => marks.admit(jobIdOf(id))));
    const fresh = batch.filter((_, at) => isNew[at]);
    const jobs = fresh.map((data) => ({
      name: data.kind,
      data: { ...data },
      opts: { ...OPTIONS, jobId: jobIdOf(data.id) },
    }));
    if (jobs.length > 0) await queue.addBulk(jobs);
    count += new Set(fresh.map(({ id }) => id)).size;
    batch = [];
  };
  for await (const given of rows) {
    const issues = new Issues();
    batch.push(readRow(given, `rows[${index}]`, issues));
    issues.raise(`Rows from ${index - batch.length + 1} on were not added`);
    index += 1;
    if (batch.length === BATCH) await add();
  }
  await add();
  return count;
}
