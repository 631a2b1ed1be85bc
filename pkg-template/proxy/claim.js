// Who may send what belongs to a key: the table in docs/decisions/idempotency.md, on top of a store's one
// compare-and-swap. It decides, and sends nothing.

import { inTime } from "./in-time.js";

/**
 * @import { ProxyStore } from "../proxy.js"
 * @import { Result } from "./answer.js"
 * @import { Key } from "./key.js"
 */

/** So old a `running` record gets before nobody knows whether its process still lives. */
export const LEASE_MS = 30_000;
/** How long a record is kept. */
const KEEP_MS = 24 * 60 * 60 * 1000;
/** A store that takes longer counts as one that cannot be reached. */
const STORE_MS = 5_000;
/** How often a swap is tried again that another request was faster in. */
const SWAPS = 5;

/**
 * What is kept at a key.
 * @typedef {object} Kept
 * @property {string} is "running" or "done"
 * @property {number | undefined} [attempt]
 * @property {string | undefined} [fingerprint]
 * @property {Result} [answer]
 * @property {boolean | undefined} [again]
 *
 * What it means.
 * @typedef {{ is: string, answer?: Result | undefined, fingerprint?: string | undefined }} Verdict
 */

/** What a key's record means for one request that carries it. */
export class Claim {
  #store;
  #id;
  #key;
  #owner = crypto.randomUUID();
  /** @type {string | null} */
  #running = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;

  /**
   * @param {ProxyStore} store
   * @param {string} id
   * @param {Key} key
   */
  constructor(store, id, key) {
    this.#store = store;
    this.#id = id;
    this.#key = key;
  }

  /**
   * Resolves to `{ is, answer?, fingerprint? }`. `is`: "mine", and only then may anything be sent; "running",
   * "forgotten" (its process died), "other_store", "other_body" or "done". Rejects when the store cannot be reached.
   * @param {string | undefined} fingerprint
   * @returns {Promise<Verdict>}
   */
  async begin(fingerprint) {
    const { attempt, token } = this.#key;
    const running = JSON.stringify({ is: "running", owner: this.#owner, attempt, fingerprint });
    /** @type {string | null} */
    let expected = null;
    for (let left = SWAPS; left > 0; left -= 1) {
      const { current, age } = await this.#swap(expected, running, token);
      // Our own, too: a store's client may have sent the swap a second time, when its first answer was lost.
      if (current === running) return this.#mine(running);
      if (current === null) {
        if (expected === null) return { is: "other_store" };
        expected = null;
        continue;
      }
      const verdict = judge(JSON.parse(current), age, fingerprint, attempt);
      if (verdict.is !== "again") return verdict;
      expected = current;
    }
    return { is: "running" };
  }

  /** @param {string} running */
  #mine(running) {
    this.#running = running;
    this.#timer = setInterval(() => this.#renew(), LEASE_MS / 3);
    // In Node, to be waited for by nobody.
    /** @type {{ unref?: () => void }} */ (this.#timer).unref?.();
    return { is: "mine" };
  }

  /** When it fails, the lease passes: the page is told `unknown`, and nothing is sent. */
  #renew() {
    if (this.#running === null) return;
    this.#swap(this.#running, this.#running).catch(() => {});
  }

  /**
   * Keeps what became of it. `again`: it is proven that nothing was stored, so a later try may be sent.
   * @param {string | undefined} fingerprint
   * @param {Result} answer
   * @param {boolean | undefined} again
   */
  async end(fingerprint, answer, again) {
    this.leave();
    const { attempt } = this.#key;
    const done = JSON.stringify({ is: "done", attempt, fingerprint, answer, again });
    await this.#swap(this.#running, done).catch(() => {});
  }

  /** Nothing is under way any more. */
  leave() {
    clearInterval(this.#timer);
  }

  /**
   * @param {string | null} expected
   * @param {string} next
   * @param {string} [token]
   */
  async #swap(expected, next, token) {
    const swapped = this.#store.swap(this.#id, expected, next, { token, keepMs: KEEP_MS });
    return inTime(swapped, STORE_MS);
  }
}

/**
 * What another request finds.
 * @param {Kept} record
 * @param {number} age
 * @param {string | undefined} fingerprint
 * @param {number | undefined} attempt
 * @returns {Verdict}
 */
export function judge(record, age, fingerprint, attempt) {
  const { is, answer, again } = record;
  if (fingerprint && record.fingerprint && fingerprint !== record.fingerprint) return { is: "other_body" };
  if (is === "running") return { is: age < LEASE_MS ? "running" : "forgotten" };
  const isLater = attempt === undefined || record.attempt === undefined || attempt > record.attempt;
  if (again && isLater) return { is: "again" };
  return { is: "done", answer, fingerprint: record.fingerprint };
}

/**
 * A token of the store's, for who asks ahead of a first try.
 * @param {ProxyStore} store
 */
export function tokenOf(store) {
  return inTime(store.token(), STORE_MS);
}
