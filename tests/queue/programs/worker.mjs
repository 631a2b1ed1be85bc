// One worker of a campaign: `node worker.mjs`, with what it needs in WORKER as JSON. It prints `ready`.

import { createPostgresBackend, Queue, Worker } from "bullmq";

const { entries, name, connection, isPostgres, desk, processor, worker } = JSON.parse(process.env.WORKER);
const { LiveDesk } = await import(entries.index);
const { createProcessor, workerOptions } = await import(entries.bullmq);

const backend = isPostgres ? createPostgresBackend : undefined;
const queue = new Queue(name, { connection }, backend);
const process_ = createProcessor(new LiveDesk(desk), { queue, ...processor });
const running = new Worker(name, process_, workerOptions({ connection, ...worker }), backend);
// The queue's server is restarted, and locks are lost: both are told here.
for (const one of [queue, running]) one.on("error", () => {});
await running.waitUntilReady();
console.log("ready");
