// What became of each row, beside BullMQ's job in the same Redis. A job can be started twice, or run on without its
// lock; the mark is what only one of them can set before it sends. It outlives the job.

import { describe } from "../input/fields.js";
import { Issues } from "../input/issues.js";
import { LOST } from "./lost.js";
import { PostgresMarks } from "./postgres-marks.js";

/** @import { Pool } from "./postgres-marks.js" */

/** @typedef {{ [name: string]: unknown }} Fields */
/**
 * @typedef {object} Mark
 * @property {"free" | "sending" | "look" | "done" | "dropped"} is
 * @property {number} attempts How many requests were begun.
 * @property {string} [owner] Who sends, or sent last.
 * @property {number} [at] When it began, in milliseconds since 1970.
 * @property {number | string} [retry] The failed message that is to be delivered again.
 * @property {number | string} [messageId]
 * @property {string} [outcome]
 * @property {string} [code]
 * @property {string} [advice]
 */
/**
 * @typedef {object} Client
 * @property {(name: string, definition: { numberOfKeys: number, lua: string }) => void} defineCommand
 * @property {(name: string, words: string[]) => Promise<unknown>} runCommand
 * @property {(key: string) => Promise<string | null>} get
 * @property {(key: string, field: string) => Promise<string | null>} hget
 * @property {(key: string, from: number, to: number) => Promise<string[]>} zrange
 */
/**
 * @typedef {object} Job
 * @property {string} [id]
 * @property {unknown} data
 * @property {(timestamp: number, token?: string) => Promise<void>} moveToDelayed
 * @property {() => Promise<string>} getState
 * @property {(state?: "failed") => Promise<void>} retry
 */
/**
 * @typedef {object} Queue
 * @property {{ client?: Promise<Client>, connection?: { pool?: Pool, waitUntilReady: () => Promise<void> } }} backend
 * @property {string} name
 * @property {(type: string) => string} toKey
 * @property {(jobs: { name: string, data: Fields, opts: Fields }[]) => Promise<unknown>} addBulk
 * @property {(ms: number) => Promise<void>} rateLimit
 * @property {() => Promise<void>} pause
 * @property {(id: string) => Promise<Job | undefined>} getJob
 */

/** ARGV: the two values that may be there ("" for none), the next, the lock's token ("" for any), and a message's id. */
const SWAP = `
if ARGV[4] ~= "" and redis.call("GET", KEYS[2]) ~= ARGV[4] then return "${LOST}" end
local current = redis.call("GET", KEYS[1]) or ""
if current ~= ARGV[1] and current ~= ARGV[2] then return current end
redis.call("SET", KEYS[1], ARGV[3])
if ARGV[5] ~= "" then redis.call("HSET", KEYS[3], ARGV[5], ARGV[6]) end
return ARGV[3]
`;

/** Lists a row unless it is there, in the order of coming. 1: it was new. */
const ADMIT = `
if redis.call("EXISTS", KEYS[1], KEYS[2]) > 0 then return 0 end
redis.call("ZADD", KEYS[3], "NX", redis.call("ZCARD", KEYS[3]), ARGV[1])
return 1
`;

/** How long until this conversation may have a message: `burst` at once, then one every so many milliseconds. */
const PACE = `
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local due = math.max(tonumber(redis.call("GET", KEYS[1]) or "0"), now)
local every = tonumber(ARGV[1])
local wait = due - now - every * (tonumber(ARGV[2]) - 1)
if wait > 0 then return math.ceil(wait) end
redis.call("SET", KEYS[1], string.format("%.0f", due + every), "PX", math.ceil(due + every - now))
return 0
`;

const SCRIPTS = { Swap: [SWAP, 3], Admit: [ADMIT, 3], Pace: [PACE, 1] };

/**
 * @param {Mark} mark
 * @returns {string}
 */
export function written(mark) {
  return JSON.stringify(mark);
}

/**
 * @param {string | null} text
 * @returns {Mark}
 */
export function readMark(text) {
  return text ? JSON.parse(text) : { is: "free", attempts: 0 };
}

/**
 * The marks of a queue. Throws a ValidationError where `queue` is no queue of BullMQ.
 *
 * @param {Queue} queue
 * @returns {Promise<Marks | PostgresMarks>}
 */
export async function marksOf(queue) {
  const place = placeOf(queue);
  if (place?.pool) {
    await queue.backend.connection?.waitUntilReady();
    const marks = new PostgresMarks(place.pool, queue.name);
    await marks.prepare();
    return marks;
  }
  const client = await place?.client;
  const issues = new Issues();
  if (typeof client?.defineCommand !== "function" || typeof client.runCommand !== "function")
    issues.add("queue", "wrong_type", `must be a Queue of BullMQ 6; got ${describe(queue)}`);
  issues.raise("Nothing was done");
  return new Marks(/** @type {Client} */ (client), queue);
}

/**
 * @param {Queue} queue
 * @returns {{ client?: Promise<Client> | undefined, pool?: Pool | undefined } | undefined}
 */
function placeOf(queue) {
  try {
    const { backend } = queue;
    const { pool } = backend.connection ?? {};
    return typeof pool?.query === "function" ? { pool } : { client: backend.client };
  } catch {
    // Something that lets nobody ask.
  }
  return undefined;
}

/** @type {WeakSet<object>} */
const prepared = new WeakSet();

export class Marks {
  #client;
  #queue;

  /**
   * @param {Client} client
   * @param {Queue} queue
   */
  constructor(client, queue) {
    this.#client = client;
    this.#queue = queue;
    if (prepared.has(client)) return;
    prepared.add(client);
    for (const [name, [lua, numberOfKeys]] of /** @type {[string, [string, number]][]} */ (
      Object.entries(SCRIPTS)
    ))
      client.defineCommand(`livedesk${name}`, { numberOfKeys, lua });
  }

  /**
   * @param {string} jobId
   * @returns {Promise<string | null>}
   */
  read(jobId) {
    return this.#client.get(this.#key(`mark:${jobId}`));
  }

  /**
   * In one step: if the mark is one of `expected`, it becomes `next`. Resolves to what is there then. With a `token`
   * only for who holds the job's lock, and else to LOST.
   *
   * @param {string} jobId
   * @param {string[]} expected
   * @param {string} next
   * @param {{ token?: string, messageId?: number | string | undefined }} [more]
   * @returns {Promise<string>}
   */
  async swap(jobId, expected, next, { token = "", messageId = "" } = {}) {
    const keys = [this.#key(`mark:${jobId}`), this.#queue.toKey(`${jobId}:lock`), this.#key("messages")];
    const [first = "", second = first] = expected;
    const words = [first, second, next, token, String(messageId), jobId];
    return String(await this.#client.runCommand("livedeskSwap", [...keys, ...words]));
  }

  /**
   * Lists a row; resolves to whether it was neither a job nor a mark.
   *
   * @param {string} jobId
   * @returns {Promise<boolean>}
   */
  async admit(jobId) {
    const keys = [this.#queue.toKey(jobId), this.#key(`mark:${jobId}`), this.#key("rows")];
    return (await this.#client.runCommand("livedeskAdmit", [...keys, jobId])) === 1;
  }

  /**
   * The milliseconds until the conversation's next message; 0 takes the place.
   *
   * @param {string} conversationId
   * @param {number} everyMs
   * @param {number} burst
   * @returns {Promise<number>}
   */
  async pace(conversationId, everyMs, burst) {
    const words = [this.#key(`pace:${conversationId}`), String(everyMs), String(burst)];
    return Number(await this.#client.runCommand("livedeskPace", words));
  }

  /**
   * All rows, in the order of coming, so many at a time.
   *
   * @param {number} count
   * @returns {AsyncGenerator<string[], void, void>}
   */
  async *pages(count) {
    for (let from = 0; ; from += count) {
      const rows = await this.#client.zrange(this.#key("rows"), from, from + count - 1);
      yield rows;
      if (rows.length < count) return;
    }
  }

  /**
   * The job that a message came of.
   *
   * @param {number | string} messageId
   * @returns {Promise<string | null>}
   */
  jobOf(messageId) {
    return this.#client.hget(this.#key("messages"), String(messageId));
  }

  /** @param {string} name */
  #key(name) {
    return this.#queue.toKey(`livedesk:${name}`);
  }
}
