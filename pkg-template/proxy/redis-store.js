// Keys in Redis, for sites with more than one process, and for who wants answers after a restart.

import { describe, readFields } from "../input/fields.js";
import { Issues } from "../input/issues.js";
import { text } from "../input/rules.js";

/**
 * @import { RedisStoreOptions } from "../proxy.js"
 * @typedef {(script: string, keys: string[], values: string[]) => Promise<unknown>} Ask
 */

/** In braces, so that in a cluster all of it is in one place, where one script can see it. */
const PREFIX = "{livedesk}:";

/**
 * What both scripts begin with: the start of this Redis, which is another one as soon as it could have forgotten a key
 * (a restart or a replica's promotion, an eviction, FLUSHALL), and its clock in milliseconds.
 */
const START = `
local mark = redis.call("GET", KEYS[1])
if not mark then
  mark = ARGV[1]
  redis.call("SET", KEYS[1], mark)
end
local run = string.match(redis.call("INFO", "server"), "run_id:(%w+)")
local evicted = string.match(redis.call("INFO", "stats"), "evicted_keys:(%d+)")
if not run or not evicted then return redis.error_reply("INFO has no run_id or evicted_keys") end
local start = mark .. "-" .. run .. "-" .. evicted
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

const TOKEN = `${START}
return start .. "." .. string.format("%.0f", now)
`;

/** ARGV: expected ("" for none), next, token ("" for none), milliseconds to keep it and a token is good for. */
const SWAP = `${START}
local value = redis.call("HGET", KEYS[2], "value")
if value then
  local age = math.max(0, now - tonumber(redis.call("HGET", KEYS[2], "written")))
  if value ~= ARGV[2] then return {value, string.format("%.0f", age)} end
elseif ARGV[2] ~= "" then
  return {"", "0"}
elseif ARGV[4] ~= "" then
  local named, asked = string.match(ARGV[4], "^([%w-]+)%.(%d+)$")
  if named ~= start or tonumber(asked) > now or now - tonumber(asked) >= tonumber(ARGV[6]) then return {"", "0"} end
end
redis.call("HSET", KEYS[2], "value", ARGV[3], "written", string.format("%.0f", now))
redis.call("PEXPIRE", KEYS[2], ARGV[5])
return {ARGV[3], "0"}
`;

/** A token that is older has to be asked for again. */
const TOKEN_MS = 60 * 60 * 1000;

/**
 * A store in the Redis that `client`, of `ioredis` or `redis`, is connected to.
 * @param {unknown} client
 * @param {unknown} [options]
 */
export function redisStore(client, options = {}) {
  const issues = new Issues();
  const ask = askerOf(client);
  if (!ask)
    issues.add("client", "wrong_type", `must be a client of ioredis or redis; got ${describe(client)}`);
  const given = readFields(options, "options", { prefix: text }, issues);
  issues.raise("Invalid arguments");
  return new Redis(/** @type {Ask} */ (ask), /** @type {RedisStoreOptions} */ (given).prefix ?? PREFIX);
}

/**
 * How each of the two libraries runs a script: `(script, keys, values)`.
 * @param {unknown} given
 * @returns {Ask | undefined}
 */
function askerOf(given) {
  const client = /** @type {{ eval: (...call: unknown[]) => Promise<unknown>, [name: string]: unknown }} */ (
    given
  );
  try {
    // Only ioredis defines commands at run time.
    if (typeof client.defineCommand === "function" && typeof client.eval === "function") {
      return (script, keys, values) => client.eval(script, keys.length, ...keys, ...values);
    }
    if (typeof client.sendCommand === "function" && typeof client.eval === "function") {
      return (script, keys, values) => client.eval(script, { keys, arguments: values });
    }
  } catch {
    // Something that lets nobody ask.
  }
  return undefined;
}

class Redis {
  /** Whether keys outlive the process. */
  durable = true;
  #ask;
  #prefix;

  /**
   * @param {Ask} ask
   * @param {string} prefix
   */
  constructor(ask, prefix) {
    this.#ask = ask;
    this.#prefix = prefix;
  }

  async token() {
    return String(await this.#run(TOKEN, [], []));
  }

  /**
   * @param {string} id
   * @param {string | null} expected
   * @param {string} next
   * @param {{ token?: string | undefined, keepMs: number }} options
   */
  async swap(id, expected, next, { token = "", keepMs }) {
    const values = [expected ?? "", next, token, String(keepMs), String(TOKEN_MS)];
    const [current, age] = /** @type {[unknown, unknown]} */ (
      await this.#run(SWAP, [`${this.#prefix}key:${id}`], values)
    );
    return { current: String(current) || null, age: Number(age) };
  }

  /**
   * @param {string} script
   * @param {string[]} keys
   * @param {string[]} values
   */
  #run(script, keys, values) {
    // Marks the Redis, should it have no mark any more: never one that it had before.
    return this.#ask(script, [`${this.#prefix}start`, ...keys], [crypto.randomUUID(), ...values]);
  }
}
