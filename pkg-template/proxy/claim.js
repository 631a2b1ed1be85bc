// Who may send what belongs to a key: the table in docs/decisions/idempotency.md, on top of a store's one
// compare-and-swap. It decides, and sends nothing.

/** So old a `running` record gets before nobody knows whether its process still lives. */
export const LEASE_MS = 30_000;
/** How long a record is kept. */
const KEEP_MS = 24 * 60 * 60 * 1000;
/** A store that takes longer counts as one that cannot be reached. */
const STORE_MS = 5_000;
/** How often a swap is tried again that another request was faster in. */
const SWAPS = 5;

/** What a key's record means for one request that carries it. */
export class Claim {
  #store;
  #id;
  #key;
  #owner = crypto.randomUUID();
  #running;
  #timer;

  constructor(store, id, key) {
    this.#store = store;
    this.#id = id;
    this.#key = key;
  }

  /**
   * Resolves to `{ is, answer?, fingerprint? }`. `is`: "mine", and only then may anything be sent; "running",
   * "forgotten" (its process died), "other_store", "other_body" or "done". Rejects when the store cannot be reached.
   */
  async begin(fingerprint) {
    const { attempt, token } = this.#key;
    const running = JSON.stringify({ is: "running", owner: this.#owner, attempt, fingerprint });
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

  #mine(running) {
    this.#running = running;
    this.#timer = setInterval(() => this.#renew(), LEASE_MS / 3);
    // In Node, to be waited for by nobody.
    this.#timer?.unref?.();
    return { is: "mine" };
  }

  /** When it fails, the lease passes: the page is told `unknown`, and nothing is sent. */
  #renew() {
    this.#swap(this.#running, this.#running).catch(() => {});
  }

  /** Keeps what became of it. `again`: it is proven that nothing was stored, so a later try may be sent. */
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

  async #swap(expected, next, token) {
    const swapped = this.#store.swap(this.#id, expected, next, { token, keepMs: KEEP_MS });
    return inTime(swapped);
  }
}

/** What another request finds. */
export function judge(record, age, fingerprint, attempt) {
  const { is, answer, again } = record;
  if (fingerprint && record.fingerprint && fingerprint !== record.fingerprint) return { is: "other_body" };
  if (is === "running") return { is: age < LEASE_MS ? "running" : "forgotten" };
  const isLater = attempt === undefined || record.attempt === undefined || attempt > record.attempt;
  if (again && isLater) return { is: "again" };
  return { is: "done", answer, fingerprint: record.fingerprint };
}

/** A token of the store's, for who asks ahead of a first try. */
export function tokenOf(store) {
  return inTime(store.token());
}

async function inTime(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("the store does not answer")), STORE_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
