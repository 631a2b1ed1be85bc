// What others may never answer: nobody waits for it for ever.

/**
 * What the promise brings, or a rejection after `ms` milliseconds.
 * @template T
 * @param {T | PromiseLike<T>} promise
 * @param {number} ms
 * @returns {Promise<T>}
 */
export async function inTime(promise, ms) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
