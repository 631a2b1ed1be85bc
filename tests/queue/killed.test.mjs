// The proof: a campaign whose workers are killed and stopped beyond their locks, whose Redis or PostgreSQL is killed, and whose desk
// fails. QUEUE_ROWS sets its size: `make queue-proof` has 10,000.

import assert from "node:assert/strict";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { bullmq } from "../lib/package.mjs";
import { ensurePostgres, startPostgres } from "../lib/postgres.mjs";
import { startRedis } from "../lib/redis.mjs";
import { FAULTS, KEPT, makeQueue, program, rowsOf, skip, startDesk, startWorker } from "./campaign.mjs";

const ROWS = Number(process.env.QUEUE_ROWS ?? 300);
const WORKERS = 4;
/** Of each fault. */
const SHARE = 0.02;
const KINDS = Object.keys(FAULTS).filter((name) => name !== "none");
const TIMING = {
  processor: { graceMs: 6_000, pairMs: 0 },
  worker: { lockDuration: 2_000, stalledInterval: 1_000, concurrency: 10 },
  options: { timeout: 1_500, totalTimeout: 2_000 },
};
const STOPPED_MS = 4_000;
const BETWEEN_MS = 1_000;
/** At 50 a second, and as long again for pauses and the end. */
const TIMEOUT_MS = 80_000 + ROWS * 100;

/** What the report may say of a row that the desk stored so often. */
const TRUE = {
  sent: [1],
  failed: [1],
  rejected: [0],
  not_sent: [0],
  unknown: [0, 1],
};

const programs = await ensurePostgres();
const noPostgres = programs ? false : "NO POSTGRESQL: neither installed, nor to be had with apt-get";

test(`in Redis, of ${ROWS} rows none is lost or stored twice`, { skip, timeout: TIMEOUT_MS }, async (t) => {
  await prove(t, await startRedis(t, program, KEPT));
});

test(`in PostgreSQL, of ${ROWS} rows none is lost or stored twice`, {
  skip: noPostgres,
  timeout: TIMEOUT_MS,
}, async (t) => {
  await prove(t, await startPostgres(t, programs));
});

/** Whatever is killed. */
async function prove(t, store) {
  const desk = await startDesk(t, () => KINDS[Math.floor(Math.random() / SHARE)]);
  const queue = makeQueue(t, store);
  const rows = rowsOf(ROWS);
  assert.equal(await bullmq.enqueue(queue, rows), ROWS);
  const start = () => startWorker(t, { queue, store, desk, ...TIMING });
  const workers = await Promise.all(Array.from({ length: WORKERS }, start));
  const killed = { SIGKILL: 0, SIGSTOP: 0, store: 0 };

  const isOver = async () => {
    const counts = await queue.getJobCounts();
    return counts.completed + counts.failed === ROWS;
  };
  const hurt = async (round) => {
    const at = Math.floor(Math.random() * WORKERS);
    if (round % 3 === 2) {
      killed.store += 1;
      await store.kill();
      await store.start();
    } else if (round % 3 === 0) {
      killed.SIGKILL += 1;
      workers[at].kill("SIGKILL");
      await workers[at].ended;
      workers[at] = await start();
    } else {
      killed.SIGSTOP += 1;
      workers[at].kill("SIGSTOP");
      const { kill } = workers[at];
      setTimeout(() => kill("SIGCONT"), STOPPED_MS);
    }
  };
  const started = Date.now();
  for (let round = 0; !(await isOver()); round += 1) {
    await sleep(BETWEEN_MS);
    // The end is left in peace: what is under way then has to come to an end by itself.
    const { waiting } = await queue.getJobCounts("waiting");
    if (waiting > 0) await hurt(round);
  }
  // Who was stopped may have something to tell yet.
  await sleep(STOPPED_MS);

  const outcomes = {};
  const wrong = [];
  let count = 0;
  for await (const { id, outcome, code } of bullmq.report(queue)) {
    const stored = desk.stored.get(`row ${id}`) ?? 0;
    if (!TRUE[outcome]?.includes(stored)) wrong.push({ id, outcome, code, stored });
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    count += 1;
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  const most = Math.max(...desk.stored.values());
  t.diagnostic(JSON.stringify({ rows: count, lost: ROWS - count, most, seconds, killed, ...outcomes }));
  assert.deepEqual(wrong, []);
  assert.equal(count, ROWS);
  assert.equal(most, 1);
  assert.ok(killed.SIGKILL > 0 && killed.SIGSTOP > 0 && killed.store > 0, "nothing was killed");
}
