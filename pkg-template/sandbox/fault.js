// Connections that break, told as the runtime's own fetch tells of them.

/**
 * What Node's fetch names as the cause. Pages are told none.
 * @type {Record<"refused" | "reset" | "closed", { message: string; code: string; syscall?: string }>}
 */
const CAUSES = {
  refused: { message: "connect ECONNREFUSED 127.0.0.1:443", code: "ECONNREFUSED", syscall: "connect" },
  reset: { message: "read ECONNRESET", code: "ECONNRESET", syscall: "read" },
  closed: { message: "other side closed", code: "UND_ERR_SOCKET" },
};
/** Nothing can listen on port 0, so a connection to it is always refused, and before it leaves the machine. */
const NOWHERE = "http://127.0.0.1:0/";
const IS_PAGE = /^Mozilla\//;

/** @type {WeakMap<object, string>} */
const faults = new WeakMap();
/** As it was before a test put a sandbox in its place. */
const { fetch: runtimeFetch } = globalThis;

/**
 * The error of a connection that broke.
 *
 * @param {"refused" | "reset" | "closed"} kind
 * @returns {TypeError}
 */
export function broken(kind) {
  if (IS_PAGE.test(globalThis.navigator?.userAgent ?? ""))
    return marked(new TypeError("Failed to fetch"), kind);
  const { message, ...details } = CAUSES[kind];
  const cause = Object.assign(new Error(message), details);
  return marked(new TypeError("fetch failed", { cause }), kind);
}

/**
 * The error of a connection that was refused. A client that looks on through a dispatcher sees a real one refused,
 * so that it can prove as much as it could of a real server.
 *
 * @param {unknown} dispatcher what the request was made with
 * @returns {Promise<TypeError>}
 */
export async function refused(dispatcher) {
  if (!dispatcher || !runtimeFetch) return broken("refused");
  try {
    // Whoever sends a form looks for its type.
    const headers = { "Content-Type": "multipart/form-data; boundary=none" };
    await runtimeFetch(NOWHERE, /** @type {RequestInit} */ ({ method: "POST", headers, dispatcher }));
  } catch (error) {
    const failed = /** @type {TypeError} */ (error);
    const cause = /** @type {NodeJS.ErrnoException | undefined} */ (failed?.cause);
    const { message, ...details } = CAUSES.refused;
    // Another one is of a fetch that a test has put in the runtime's place.
    if (cause && cause.syscall === details.syscall) {
      // Systems differ in what they call it.
      if (cause.code !== details.code) Object.assign(cause, { message, ...details });
      return marked(failed, "refused");
    }
  }
  return broken("refused");
}

/**
 * Which kind of fault an error tells of; undefined if it is no fault of a sandbox.
 * @param {unknown} error
 */
export function faultOf(error) {
  return typeof error === "object" && error !== null ? faults.get(error) : undefined;
}

/**
 * @template {object} T
 * @param {T} error
 * @param {string} kind
 */
function marked(error, kind) {
  faults.set(error, kind);
  return error;
}
