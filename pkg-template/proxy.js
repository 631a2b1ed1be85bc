// A backend for web pages in one line: what a page sends goes on to LiveDesk with the credentials, once.

export { createProxy } from "./proxy/create.js";
export { memoryStore } from "./proxy/memory-store.js";
export { toNodeHandler } from "./proxy/node-handler.js";
export { redisStore } from "./proxy/redis-store.js";

// Not exported: everything in ./proxy/, which may change in any release.
