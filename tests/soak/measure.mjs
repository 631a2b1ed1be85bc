// What a process holds while no call is under way. Needs --expose-gc, or asks V8 for it.

import { getEventListeners } from "node:events";
import v8 from "node:v8";
import { runInNewContext } from "node:vm";
import { livedesk } from "../lib/package.mjs";
import { slowDesk } from "../lib/slow-desk.mjs";
import { engineMemory } from "./engine.mjs";

/** What garbage collection finds can free more only after a turn of the event loop: finalizers run then. */
const TURNS = 5;

/** Whether objects can be counted: since Node 20.13. */
export const canCount = typeof v8.queryObjects === "function";

/** What the package makes for each call, and keeps in a Set while it is under way: seen by looking on. */
const Stop = await engineMemory().then(findStop);
const collect = globalThis.gc ?? exposeGc();

function exposeGc() {
  v8.setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}

async function findStop() {
  const { add } = Set.prototype;
  let found;
  Set.prototype.add = function (value) {
    if (value?.constructor?.name === "Stop") found = value.constructor;
    return add.call(this, value);
  };
  try {
    await slowDesk(livedesk.LiveDesk).desk.sendText(1, { content: "Hello" });
  } finally {
    Set.prototype.add = add;
  }
  if (!found) throw new Error("no call was seen to begin");
  return found;
}

/** `shared` is the signal that many calls were given; `connections()` asks the server. */
export async function measure({ shared, connections }) {
  const memory = await engineMemory();
  const open = await connections();
  for (let turn = 0; turn < TURNS; turn += 1) {
    await new Promise(setImmediate);
    collect();
  }
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  const active = process.getActiveResourcesInfo();
  const count = (name) => active.filter((resource) => resource === name).length;
  return {
    wasm: memory.buffer.byteLength,
    rss,
    heap: heapUsed,
    external,
    arrayBuffers,
    timers: count("Timeout"),
    listeners: getEventListeners(shared, "abort").length,
    // Those that keep the process alive; idle ones do not, but the server counts them.
    sockets: count("TCPSocketWrap"),
    connections: open,
    stops: live(Stop),
    promises: live(Promise),
  };
}

/** How many objects of a class are reachable. */
function live(kind) {
  return canCount ? v8.queryObjects(kind, { format: "count" }) : undefined;
}
