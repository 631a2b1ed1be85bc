// A soak against a real HTTP server.

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { clientOf } from "../lib/package.mjs";
import { ending, mismatch } from "./expected.mjs";
import { KINDS } from "./messages.mjs";
import { realEnding } from "./real-endings.mjs";

const AT_ONCE = 32;
const SERVER = fileURLToPath(new URL("server.mjs", import.meta.url));
/** One call with attachments in so many has a large one. */
const LARGE_EVERY = 16;

/** As `stubSoak`. */
export async function realSoak(shared, calls) {
  /** Aborts the calls whose requests the server holds, by conversation. */
  const held = new Map();
  const server = await startServer(calls, (id) => held.get(id)?.abort(new Error("changed my mind")));
  const desk = clientOf(`http://127.0.0.1:${server.port}`);

  async function call(index) {
    const kind = KINDS[index % KINDS.length];
    const how = realEnding(index);
    const id = index + 1;
    const controller = how.held ? new AbortController() : undefined;
    if (controller) held.set(id, controller);
    const isLarge = kind.large && Math.floor(index / KINDS.length) % LARGE_EVERY === 0;
    const message = isLarge ? kind.large(index) : kind.good(index);
    const signal = controller?.signal ?? (index % 8 < 4 ? shared : undefined);
    const ended = await ending(kind.send(desk, id, message, { signal }));
    held.delete(id);
    return mismatch(ended, how.expects);
  }

  const connections = () => server.ask("connections");

  async function stop() {
    const { never, once, more, foreign } = await server.ask("report");
    server.close();
    if (once === calls && foreign === 0) return [];
    return [`${never} calls never came, ${more} more than once, and ${foreign} were none of ours`];
  }

  return { atOnce: AT_ONCE, call, start() {}, stop, connections };
}

/** `received(id)` is told of every request that the server holds. */
async function startServer(calls, received) {
  const child = fork(SERVER, [String(calls)]);
  let settle;
  child.on("message", (message) => {
    if (message.received) received(message.received);
    else settle(message.answer);
  });
  const answer = () =>
    new Promise((resolve) => {
      settle = resolve;
    });
  const port = await answer();
  const ask = (question) => {
    child.send(question);
    return answer();
  };
  return { port, ask, close: () => child.disconnect() };
}
