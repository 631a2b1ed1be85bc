// A campaign in a real Redis: its queue, its workers, each a process of its own, and the desk that they send to.

import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createPostgresBackend, Queue } from "bullmq";
import { CREDENTIALS, inPackage } from "../lib/package.mjs";
import { ensureRedis } from "../lib/redis.mjs";
import { MESSAGE, reply, startServer } from "../lib/servers.mjs";

export const program = await ensureRedis();
export const skip = program ? false : "NO REDIS: neither installed, nor to be had with apt-get";
/** What keeps every mark that was confirmed. */
export const KEPT = ["--save", "", "--appendonly", "yes", "--appendfsync", "always"];

const WORKER = fileURLToPath(new URL("programs/worker.mjs", import.meta.url));
const entries = Object.fromEntries(
  ["index", "bullmq"].map((name) => [name, pathToFileURL(inPackage(`${name}.js`)).href]),
);

/** A queue with a name of its own, closed in the end; `store` is a Redis, or a PostgreSQL, which has a `connection`. */
export function makeQueue(hooks, { port, connection }, name = randomUUID()) {
  const queue = connection
    ? new Queue(name, { connection }, createPostgresBackend)
    : new Queue(name, { connection: { host: "127.0.0.1", port } });
  queue.on("error", () => {});
  hooks.after(() => queue.close());
  return queue;
}

/** Text to one conversation each, so that the limit of pairs holds nobody up. */
export function rowsOf(count) {
  return Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    conversationId: 1000 + index,
    kind: "text",
    message: { content: `row ${index + 1}` },
  }));
}

/** A desk that counts what it stored of each content; `fault()` names what goes wrong with a request, if anything. */
export async function startDesk(hooks, fault = () => undefined) {
  const stored = new Map();
  const times = [];
  const server = await startServer(hooks, async (request, response) => {
    times.push(Date.now());
    const { content } = JSON.parse(request.body.toString() || "{}");
    const store = () => stored.set(content, (stored.get(content) ?? 0) + 1);
    const message = { ...MESSAGE, id: MESSAGE.id + request.count, content };
    await (FAULTS[fault(request)] ?? FAULTS.none)({ response, store, message, request });
  });
  return { url: server.url, requests: server.requests, stored, times };
}

const LATE_MS = 2_500;

/** What may go wrong; each is known by its name. */
export const FAULTS = {
  none: ({ response, store, message, request }) => {
    if (!request.path.endsWith("/retry")) store();
    reply(response, 200, message);
  },
  429: ({ response }) => reply(response, 429, "Retry later", { "Retry-After": "1" }),
  422: ({ response }) => reply(response, 422, { message: "Content is too long", attributes: ["content"] }),
  "500 unstored": ({ response }) => reply(response, 500, { status: 500, error: "Internal Server Error" }),
  "500 stored": ({ response, store }) => {
    store();
    reply(response, 500, { status: 500, error: "Internal Server Error" });
  },
  "cut unstored": ({ response }) => response.destroy(),
  "cut stored": ({ response, store }) => {
    store();
    response.destroy();
  },
  502: ({ response }) => reply(response, 502, "<html>Bad Gateway</html>"),
  failed: ({ response, store, message }) => {
    store();
    const content_attributes = { external_error: "131047: Re-engagement message" };
    reply(response, 200, { ...message, status: "failed", content_attributes });
  },
  late: async ({ response, store, message }) => {
    store();
    await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    reply(response, 200, message);
  },
};

/** A worker in a process of its own; `kill(signal)`, and whether it has `ended`. */
export async function startWorker(hooks, { queue, store, desk, processor, worker, options }) {
  const env = {
    ...process.env,
    WORKER: JSON.stringify({
      entries,
      name: queue.name,
      isPostgres: store.connection !== undefined,
      connection: store.connection ?? { host: "127.0.0.1", port: store.port },
      desk: { ...CREDENTIALS, baseUrl: desk.url, ...options },
      processor,
      worker,
    }),
  };
  const child = spawn(process.execPath, [WORKER], { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  let output = "";
  child.stderr.on("data", (text) => {
    output += text;
  });
  hooks.after(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  await new Promise((resolve, reject) => {
    child.stdout.once("data", resolve);
    ended.then(() => reject(new Error(`the worker ended:\n${output}`)));
  });
  return { kill: (signal) => child.kill(signal), ended };
}
