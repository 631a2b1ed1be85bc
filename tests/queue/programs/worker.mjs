// One worker of a campaign: `node worker.mjs`, with what it needs in WORKER as JSON. It prints `ready`.

import { Queue, Worker } from "bullmq";

const { entries, name, connection, desk, processor, worker } = JSON.parse(process.env.WORKER);
const { LiveDesk } = await import(entries.index);
const { createProcessor, workerOptions } = await import(entries.bullmq);

const queue = new Queue(name, { connection });
const process_ = createProcessor(new LiveDesk(desk), { queue, ...processor });
const running = new Worker(name, process_, workerOptions({ connection, ...worker }));
// Redis is restarted, and locks are lost: both are told here.
for (const one of [queue, running]) one.on("error", () => {});
await running.waitUntilReady();
console.log("ready");
