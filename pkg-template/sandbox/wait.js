// Waiting, ended at once by the request's abort signal.

/** A timer set for longer than this fires at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

// Node ties a Request's signal to the caller's only weakly: a request that nothing else holds could be
// collected while it waits, and its abort be lost.
const underWay = new Set();

/**
 * Calls `action` with the reason when the request is aborted.
 *
 * @param {Request} request
 * @param {(reason: unknown) => void} action
 * @returns {() => void} forgets about it
 */
export function onAbort(request, action) {
  const { signal } = request;
  const listener = () => {
    release();
    action(signal.reason);
  };
  const release = () => {
    underWay.delete(listener);
    signal.removeEventListener("abort", listener);
  };
  listener.request = request;
  underWay.add(listener);
  if (signal.aborted) listener();
  else signal.addEventListener("abort", listener, { once: true });
  return release;
}

/**
 * What `work` gives, unless the request is aborted first: then a rejection with the abort's reason.
 * @template T
 * @param {Request} request
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function untilAborted(request, work) {
  return new Promise((resolve, reject) => {
    if (request.signal.aborted) {
      reject(request.signal.reason);
      return;
    }
    const release = onAbort(request, reject);
    work().then(resolve, reject).finally(release);
  });
}

/**
 * Resolves after `ms` milliseconds.
 * @param {Request} request
 * @param {number} ms
 */
export async function pause(request, ms) {
  let timer;
  const waited = () =>
    new Promise((resolve) => {
      timer = setTimeout(resolve, ms);
    });
  try {
    await untilAborted(request, waited);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Resolves when `promise` has settled, or after `ms` milliseconds.
 * @param {Promise<unknown>} promise
 * @param {number} ms
 */
export async function deadline(promise, ms) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise.then(noop, noop), late]);
  clearTimeout(timer);
}

function noop() {}
