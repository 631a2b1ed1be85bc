// The same on BullMQ's PostgreSQL: what steps.test.mjs has for Redis, where the marks are kept otherwise.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createPostgresBackend, Worker } from "bullmq";
import { bullmq, clientOf } from "../lib/package.mjs";
import { ensurePostgres, startPostgres } from "../lib/postgres.mjs";
import { makeQueue, rowsOf, startDesk } from "./campaign.mjs";

const programs = await ensurePostgres();
const skip = programs ? false : "NO POSTGRESQL: neither installed, nor to be had with apt-get";
const store = programs && (await startPostgres({ after }, programs));

async function all(rows) {
  const found = [];
  for await (const row of rows) found.push(row);
  return found;
}

/** A queue with these rows, and a worker on it. */
async function campaign(t, rows, { fault, processor } = {}) {
  const desk = await startDesk(t, fault);
  const queue = makeQueue(t, store);
  assert.equal(await bullmq.enqueue(queue, rows), rows.length);
  const work = bullmq.createProcessor(clientOf(desk), { queue, ...processor });
  const { connection } = store;
  const worker = new Worker(queue.name, work, bullmq.workerOptions({ connection }), createPostgresBackend);
  worker.on("error", () => {});
  t.after(() => worker.close());
  const until = async (fits) => {
    for (let left = 300; left > 0; left -= 1) {
      const found = await all(bullmq.report(queue));
      if (fits(found)) return found;
      await sleep(50);
    }
    throw new Error(JSON.stringify(await all(bullmq.report(queue))));
  };
  const ended = () => until((found) => found.every(({ outcome }) => outcome !== "waiting"));
  return { desk, queue, ended, until };
}

test("sends each row once, in the order of coming, and adds nothing again", { skip }, async (t) => {
  const rows = rowsOf(120);
  const { desk, queue, ended } = await campaign(t, rows);
  const found = await ended();
  assert.deepEqual(
    found.map(({ id, outcome }) => [id, outcome]).sort(),
    rows.map(({ id }) => [String(id), "sent"]).sort(),
  );
  await (await queue.getJob("row-1")).remove();
  assert.equal(await bullmq.enqueue(queue, rows), 0);
  assert.equal(desk.requests.length, 120);
});

test("leaves to a person what may have been stored, and does as that one says", { skip }, async (t) => {
  const fault = ({ count }) => (count <= 2 ? "cut stored" : undefined);
  const { desk, queue, ended, until } = await campaign(t, rowsOf(2), { fault });
  await ended();
  assert.equal((await all(bullmq.look(queue))).length, 2);
  await bullmq.release(queue, "1", "sent");
  await bullmq.release(queue, "2", "send");
  await until((found) => found.every(({ outcome }) => outcome === "sent"));
  assert.deepEqual([desk.stored.get("row 1"), desk.stored.get("row 2")], [1, 2]);
  await assert.rejects(bullmq.release(queue, "1", "send"), { name: "ValidationError" });
});

test("holds WhatsApp's limit for one customer", { skip }, async (t) => {
  const rows = rowsOf(4).map((row) => ({ ...row, conversationId: 141 }));
  const { desk, ended } = await campaign(t, rows, { processor: { pairMs: 600, pairBurst: 2 } });
  await ended();
  const [first, , third, fourth] = desk.times;
  assert.ok(third - first >= 500 && fourth - third >= 500, `${desk.times.map((time) => time - first)}`);
});

test("finds the row of a delivery that failed later", { skip }, async (t) => {
  const { queue, ended } = await campaign(t, rowsOf(1));
  const [{ messageId }] = await ended();
  const content_attributes = { external_error: "131047: Re-engagement message" };
  const conversation = { id: 1000, channel: "Channel::Whatsapp" };
  const body = {
    event: "message_updated",
    id: messageId,
    status: "failed",
    content_attributes,
    conversation,
  };
  assert.deepEqual(await bullmq.recordWebhook(queue, body), { id: "1", outcome: "failed" });
  assert.equal(await bullmq.recordWebhook(queue, { ...body, id: 5 }), null);
});
