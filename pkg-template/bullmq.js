// BullMQ with the meaning of outcomes: each row of a campaign is sent once, by however many workers.

export { createProcessor } from "./bullmq/create-processor.js";
export { enqueue } from "./bullmq/enqueue.js";
export { look, release } from "./bullmq/look.js";
export { report } from "./bullmq/report.js";
export { recordWebhook } from "./bullmq/webhook.js";
export { workerOptions } from "./bullmq/worker-options.js";

// Not exported: everything in ./bullmq/, which may change in any release.
