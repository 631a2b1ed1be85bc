// What becomes of a row, step by step, with workers in this process.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "bullmq";
import { bullmq, clientOf } from "../lib/package.mjs";
import { startRedis } from "../lib/redis.mjs";
import { makeQueue, program, rowsOf, skip, startDesk } from "./campaign.mjs";

const redis = program && (await startRedis({ after }, program));

/** What Node 20 has no name for. */
async function all(rows) {
  const found = [];
  for await (const row of rows) found.push(row);
  return found;
}

/** A queue with these rows, and what works on it until each row has come to an end. */
async function campaign(t, { rows = rowsOf(1), fault, processor, options } = {}) {
  const desk = await startDesk(t, fault);
  const queue = makeQueue(t, redis);
  await bullmq.enqueue(queue, rows);
  const work = bullmq.createProcessor(clientOf(desk, options), { queue, ...processor });
  const connection = { host: "127.0.0.1", port: redis.port };
  const run = () => {
    const worker = new Worker(queue.name, work, bullmq.workerOptions({ connection }));
    worker.on("error", () => {});
    t.after(() => worker.close());
    return worker;
  };
  const reported = () => all(bullmq.report(queue));
  const until = async (fits) => {
    for (let left = 200; left > 0; left -= 1) {
      const found = await reported();
      if (fits(found)) return found;
      await sleep(50);
    }
    throw new Error(`it did not come to that: ${JSON.stringify(await reported())}`);
  };
  const ended = () => until((found) => found.every(({ outcome }) => outcome !== "waiting"));
  return { desk, queue, work, run, reported, until, ended };
}

/** A processor as BullMQ would call it, with a lock of its own. */
async function startAgain(queue, work, jobId) {
  const client = await queue.backend.client;
  await client.set(queue.toKey(`${jobId}:lock`), "token");
  const job = await queue.getJob(jobId);
  return work(job, "token");
}

test("sends each row once, and tells its message", { skip }, async (t) => {
  const { desk, run, ended } = await campaign(t, { rows: rowsOf(3) });
  run();
  const found = await ended();
  assert.deepEqual(
    found.map(({ id, conversationId, outcome, attempts }) => [id, conversationId, outcome, attempts]),
    [
      ["1", 1000, "sent", 1],
      ["2", 1001, "sent", 1],
      ["3", 1002, "sent", 1],
    ],
  );
  assert.ok(found.every(({ messageId }) => messageId > 2 ** 32));
  assert.deepEqual([...desk.stored.values()], [1, 1, 1]);
});

test("adds nothing when the same rows come again, sent or not", { skip }, async (t) => {
  const { desk, queue, run, ended } = await campaign(t, { rows: rowsOf(3) });
  assert.equal(await bullmq.enqueue(queue, rowsOf(5)), 2);
  run();
  await ended();
  await (await queue.getJob("row-1")).remove();
  assert.equal(await bullmq.enqueue(queue, rowsOf(5)), 0);
  assert.equal(desk.requests.length, 5);
});

test("takes ids that BullMQ refuses, and gives them back", { skip }, async (t) => {
  const ids = ["7", "a:b", "a%3Ab", "ü", " "];
  const rows = ids.map((id) => ({ ...rowsOf(1)[0], id }));
  const { run, ended } = await campaign(t, { rows });
  run();
  assert.deepEqual(
    (await ended()).map(({ id, outcome }) => [id, outcome]),
    ids.map((id) => [id, "sent"]),
  );
});

for (const [what, change] of [
  ["without an id", { id: "" }],
  ["of an unknown kind", { kind: "retry" }],
  ["to conversation 0", { conversationId: 0 }],
  ["with a field that nobody knows", { mesage: {} }],
  ["that would repeat what may be stored", { requestOptions: { dangerouslyRetryUnknown: true } }],
]) {
  test(`refuses a row ${what}`, { skip }, async (t) => {
    const queue = makeQueue(t, redis);
    const rows = [...rowsOf(1), { ...rowsOf(2)[1], ...change }];
    await assert.rejects(bullmq.enqueue(queue, rows), { name: "ValidationError", outcome: "not_sent" });
    assert.equal(await queue.getJobCountByTypes("waiting"), 0);
  });
}

test("never sends a row again that another worker had begun", { skip }, async (t) => {
  const { desk, queue, work, reported } = await campaign(t, {
    fault: () => "late",
    processor: { graceMs: 200, pairMs: 0 },
  });
  const first = startAgain(queue, work, "row-1").catch(() => {});
  await sleep(300);
  await assert.rejects(startAgain(queue, work, "row-1"), { name: "UnrecoverableError" });
  assert.deepEqual(
    (await all(bullmq.look(queue))).map(({ id, outcome, code }) => [id, outcome, code]),
    [["1", "unknown", "worker_lost"]],
  );
  // The first was only slow: what it knows in the end is what is told.
  await first;
  assert.equal((await reported())[0].outcome, "sent");
  assert.equal(desk.requests.length, 1);
});

test("sends nothing for who has lost the job's lock", { skip }, async (t) => {
  const { desk, queue, work } = await campaign(t);
  const client = await queue.backend.client;
  await client.set(queue.toKey("row-1:lock"), "another");
  await assert.rejects(async () => work(await queue.getJob("row-1"), "token"), /lock/);
  assert.equal(desk.requests.length, 0);
});

test("gives a job that is started again what became of it", { skip }, async (t) => {
  const { desk, queue, work } = await campaign(t);
  const first = await startAgain(queue, work, "row-1");
  assert.deepEqual(await startAgain(queue, work, "row-1"), first);
  assert.equal(desk.requests.length, 1);
});

test("pauses all workers after a 429, and counts no attempt", { skip }, async (t) => {
  const { desk, run, ended } = await campaign(t, {
    rows: rowsOf(4),
    fault: ({ count }) => (count === 1 ? "429" : undefined),
    processor: { pairMs: 0 },
  });
  run();
  run();
  const found = await ended();
  assert.deepEqual(
    found.map(({ outcome, attempts }) => [outcome, attempts]),
    [1, 2, 3, 4].map(() => ["sent", 1]),
  );
  assert.deepEqual([...desk.stored.values()], [1, 1, 1, 1]);
});

test("leaves to a person what may have been stored, and does as that one says", { skip }, async (t) => {
  const { desk, queue, run, ended, until } = await campaign(t, {
    rows: rowsOf(3),
    fault: ({ count }) => (count <= 3 ? "cut stored" : undefined),
  });
  run();
  await ended();
  const open = await all(bullmq.look(queue));
  assert.deepEqual(
    open.map(({ outcome }) => outcome),
    ["unknown", "unknown", "unknown"],
  );
  await bullmq.release(queue, "1", "sent");
  await bullmq.release(queue, 2, "send");
  await bullmq.release(queue, "3", "drop");
  const found = await until((rows) => rows[1].outcome === "sent");
  assert.deepEqual(
    found.map(({ outcome }) => outcome),
    ["sent", "sent", "unknown"],
  );
  assert.deepEqual(
    [1, 2, 3].map((id) => desk.stored.get(`row ${id}`)),
    [1, 2, 1],
  );
  await assert.rejects(bullmq.release(queue, "1", "send"), { name: "ValidationError" });
});

test("tells of a refused row what it was, and tries it once", { skip }, async (t) => {
  const { desk, run, ended } = await campaign(t, { fault: () => "422" });
  run();
  const [{ outcome, code }] = await ended();
  assert.deepEqual([outcome, code, desk.requests.length], ["rejected", "invalid_request", 1]);
});

test("stops the queue when the account is refused, and goes on when it is resumed", { skip }, async (t) => {
  let isRefused = true;
  const { queue, run, ended, until } = await campaign(t, {
    options: {
      authorization: () => "Basic x",
      fetch: (...call) => (isRefused ? new Response("{}", { status: 401 }) : fetch(...call)),
      apiKey: undefined,
      apiSecret: undefined,
    },
  });
  run();
  for (let left = 100; left > 0 && !(await queue.isPaused()); left -= 1) await sleep(50);
  assert.ok(await queue.isPaused());
  await until(([{ outcome }]) => outcome === "waiting");
  isRefused = false;
  await queue.resume();
  assert.equal((await ended())[0].outcome, "sent");
});

test("holds WhatsApp's limit for one customer", { skip }, async (t) => {
  const rows = rowsOf(4).map((row) => ({ ...row, conversationId: 141 }));
  const { desk, run, ended } = await campaign(t, { rows, processor: { pairMs: 600, pairBurst: 2 } });
  run();
  await ended();
  const [first, , third, fourth] = desk.times;
  assert.ok(third - first >= 590 && fourth - third >= 500, `${desk.times.map((time) => time - first)}`);
});

test("finds the row of a delivery that failed later", { skip }, async (t) => {
  const { queue, run, ended, reported } = await campaign(t);
  run();
  const [{ messageId }] = await ended();
  const message = {
    event: "message_updated",
    id: messageId,
    status: "failed",
    content_attributes: { external_error: "131047: Re-engagement message" },
    conversation: { id: 1000, channel: "Channel::Whatsapp" },
  };
  assert.deepEqual(await bullmq.recordWebhook(queue, message), { id: "1", outcome: "failed" });
  const [{ outcome, code, advice }] = await reported();
  assert.deepEqual([outcome, code], ["failed", "delivery_failed"]);
  assert.match(advice, /template/);
  assert.equal(await bullmq.recordWebhook(queue, { ...message, id: 5 }), null);
});

test("refuses what is no queue, and says so", async () => {
  await assert.rejects(bullmq.enqueue({}, []), /must be a Queue of BullMQ 6/);
  assert.throws(() => bullmq.createProcessor({}, {}), { name: "ValidationError" });
});
