// The same marks in BullMQ's PostgreSQL, in tables of their own beside its own ones. What was committed is kept.

import { LOST } from "./lost.js";

/** @typedef {{ query: (text: string, values?: unknown[]) => Promise<{ rows: { [name: string]: unknown }[] }> }} Pool */

/** One text, so that it is one transaction; two workers that start together do it one after the other. */
const TABLES = `
SELECT pg_advisory_xact_lock(hashtext('livedesk'));
CREATE TABLE IF NOT EXISTS livedesk_row (
  queue text NOT NULL, job_id text NOT NULL, seq bigserial, mark text NOT NULL DEFAULT '', message_id text,
  PRIMARY KEY (queue, job_id));
CREATE INDEX IF NOT EXISTS livedesk_row_seq ON livedesk_row (queue, seq);
CREATE INDEX IF NOT EXISTS livedesk_row_message ON livedesk_row (queue, message_id) WHERE message_id IS NOT NULL;
CREATE TABLE IF NOT EXISTS livedesk_pace (
  queue text NOT NULL, conversation text NOT NULL, due bigint NOT NULL, PRIMARY KEY (queue, conversation));
`;
const SWAP = `
UPDATE livedesk_row SET mark = $5, message_id = coalesce(nullif($7, ''), message_id)
WHERE queue = $1 AND job_id = $2 AND mark IN ($3, $4) AND ($6 = '' OR EXISTS (
  SELECT 1 FROM job WHERE job.queue = $1 AND job.id = $2 AND job.state = 'active' AND job.lock_token = $6))
RETURNING mark`;
const READ = "SELECT mark FROM livedesk_row WHERE queue = $1 AND job_id = $2";
const ADMIT = `
WITH added AS (INSERT INTO livedesk_row (queue, job_id) VALUES ($1, $2) ON CONFLICT DO NOTHING)
SELECT NOT EXISTS (SELECT 1 FROM job WHERE queue = $1 AND id = $2)
  AND NOT EXISTS (SELECT 1 FROM livedesk_row WHERE queue = $1 AND job_id = $2 AND mark <> '') AS fresh`;
const NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";
const PACE = `
INSERT INTO livedesk_pace AS p (queue, conversation, due) VALUES ($1, $2, ${NOW} + $3::bigint)
ON CONFLICT (queue, conversation) DO UPDATE SET due = greatest(p.due, ${NOW}) + $3::bigint
WHERE p.due - ${NOW} <= $3::bigint * ($4::bigint - 1)
RETURNING due`;
const WAIT = `
SELECT greatest(due - ${NOW} - $3::bigint * ($4::bigint - 1), 1) AS ms FROM livedesk_pace
WHERE queue = $1 AND conversation = $2`;
const ROWS = "SELECT job_id, seq FROM livedesk_row WHERE queue = $1 AND seq > $2 ORDER BY seq LIMIT $3";
const JOB = "SELECT job_id FROM livedesk_row WHERE queue = $1 AND message_id = $2";

/** @type {WeakMap<Pool, Promise<unknown>>} */
const prepared = new WeakMap();

export class PostgresMarks {
  #pool;
  #name;

  /**
   * @param {Pool} pool
   * @param {string} name
   */
  constructor(pool, name) {
    this.#pool = pool;
    this.#name = name;
  }

  /** Makes the tables, where they are missing. */
  async prepare() {
    const made = prepared.get(this.#pool) ?? this.#pool.query(TABLES);
    prepared.set(this.#pool, made);
    try {
      await made;
    } catch (thrown) {
      prepared.delete(this.#pool);
      throw thrown;
    }
  }

  /**
   * @param {string} jobId
   * @returns {Promise<string | null>}
   */
  async read(jobId) {
    const [row] = await this.#ask(READ, jobId);
    return row ? String(row.mark) : null;
  }

  /**
   * @param {string} jobId
   * @param {string[]} expected
   * @param {string} next
   * @param {{ token?: string, messageId?: number | string | undefined }} [more]
   * @returns {Promise<string>}
   */
  async swap(jobId, expected, next, { token = "", messageId = "" } = {}) {
    const [first = "", second = first] = expected;
    const [row] = await this.#ask(SWAP, jobId, first, second, next, token, String(messageId));
    if (row) return next;
    const current = await this.read(jobId);
    return current === null || expected.includes(current) ? LOST : current;
  }

  /**
   * @param {string} jobId
   * @returns {Promise<boolean>}
   */
  async admit(jobId) {
    const [row] = await this.#ask(ADMIT, jobId);
    return row?.fresh === true;
  }

  /**
   * @param {string} conversationId
   * @param {number} everyMs
   * @param {number} burst
   * @returns {Promise<number>}
   */
  async pace(conversationId, everyMs, burst) {
    const words = [conversationId, Math.ceil(everyMs), Math.ceil(burst)];
    if ((await this.#ask(PACE, ...words)).length > 0) return 0;
    const [row] = await this.#ask(WAIT, ...words);
    return Number(row?.ms ?? 1);
  }

  /**
   * @param {number} count
   * @returns {AsyncGenerator<string[], void, void>}
   */
  async *pages(count) {
    for (let after = "0"; ; ) {
      const rows = await this.#ask(ROWS, after, count);
      yield rows.map(({ job_id }) => String(job_id));
      if (rows.length < count) return;
      after = String(rows.at(-1)?.seq);
    }
  }

  /**
   * @param {number | string} messageId
   * @returns {Promise<string | null>}
   */
  async jobOf(messageId) {
    const [row] = await this.#ask(JOB, String(messageId));
    return row ? String(row.job_id) : null;
  }

  /**
   * @param {string} text
   * @param {unknown[]} values
   */
  async #ask(text, ...values) {
    const { rows } = await this.#pool.query(text, [this.#name, ...values]);
    return rows;
  }
}
