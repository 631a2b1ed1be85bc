// What pace worked of late.

/** How far back it is counted what pace worked: upstream's own window. */
const MINUTE_MS = 60_000;
const BUCKET_MS = 100;

/** How many requests were not refused in the last minute. */
export class Recent {
  /**
   * By tenths of a second, the oldest first.
   * @type {Map<number, number>}
   */
  #counts = new Map();

  /** @param {number} now */
  add(now) {
    this.#forget(now);
    const bucket = Math.floor(now / BUCKET_MS);
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + 1);
  }

  /**
   * How many, and since when.
   * @param {number} now
   */
  sum(now) {
    this.#forget(now);
    let count = 0;
    for (const here of this.#counts.values()) count += here;
    const [oldest] = this.#counts.keys();
    return { count, since: Math.min(now, oldest * BUCKET_MS) };
  }

  /** @param {number} now */
  #forget(now) {
    for (const bucket of this.#counts.keys()) {
      if (bucket * BUCKET_MS > now - MINUTE_MS) break;
      this.#counts.delete(bucket);
    }
  }
}
