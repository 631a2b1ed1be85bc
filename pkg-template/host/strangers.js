// Requests of this process that a wrapper of fetch may have made beside those that a call sees, by other means.
//
// Only Node tells, and only while the attempt of such a wrapper is under way does anybody listen.

const CHANNELS = [
  // fetch and undici, whichever copy of it.
  "undici:request:create",
  // node:http when it is asked, from Node 22 on, and when it writes; and node:http2, from Node 22 on.
  "http.client.request.created",
  "http.client.request.start",
  "http2.client.stream.created",
];
/** What creates nothing. */
const HARMLESS = ["GET", "HEAD", "OPTIONS", "TRACE", "CONNECT"];

/**
 * What undici and node:http tell of a request.
 * @typedef {{ body?: object; method: string; path: string; origin?: string; getHeader(name: string): string }} Told
 */

/** @type {Set<Listener>} */
const listeners = new Set();
/** The bodies of our own requests: a dispatcher may make a request of one later. */
const bodies = new WeakSet();
let isOurs = false;

/**
 * Runs what makes requests that are ours.
 * @template T
 * @param {unknown} body
 * @param {() => T} run
 */
export function asOurs(body, run) {
  if (typeof body === "object" && body !== null) bodies.add(body);
  isOurs = true;
  try {
    return run();
  } finally {
    isOurs = false;
  }
}

/** So many times all that follows at once is waited for: node:http in Node 20 tells a tick or two later. */
const TICKS = 4;

/**
 * Listens from now on; what it hears is for the same host, or, in a moment when only its own wrapper can have begun it,
 * for the same path at any. What is exactly for another call's address is that call's.
 */
export class Listener {
  hasHeard = false;
  #url;
  #moments = 0;

  /** @param {string} url */
  constructor(url) {
    this.#url = url;
    listeners.add(this);
    if (!isListening) listen();
  }

  /**
   * 2: for exactly this address; 1: perhaps for this; 0: for another.
   * @param {string | null | undefined} host
   * @param {string} path
   */
  fits(host, path) {
    // Taken apart only when there is something to compare: hardly ever.
    const own = new URL(this.#url);
    const fitsHost = host === own.host;
    if (fitsHost && path === own.pathname) return 2;
    return fitsHost || (this.#moments > 0 && path.endsWith(own.pathname)) ? 1 : 0;
  }

  /** The wrapper is called now, or learns of an answer or a failure, and what is begun at once is begun by it. */
  attend() {
    const { nextTick } = globalThis.process;
    const tick = (/** @type {number} */ left) => {
      // Ticks alone would all come before the promises.
      if (left > 0) queueMicrotask(() => nextTick(tick, left - 1));
      else this.#moments -= 1;
    };
    this.#moments += 1;
    tick(TICKS);
  }

  end() {
    if (listeners.delete(this) && listeners.size === 0 && !isIdle) {
      isIdle = true;
      setImmediate(stopWhenIdle);
    }
  }
}

const { setImmediate } = globalThis;
let isListening = false;
let isIdle = false;

function listen() {
  isListening = true;
  for (const channel of channels()) channel.subscribe(hear);
}

/** Once all that follows at once is over: to stop and listen anew for each of many calls in a row would be dear. */
function stopWhenIdle() {
  isIdle = false;
  if (listeners.size > 0) return;
  isListening = false;
  for (const channel of channels()) channel.unsubscribe(hear);
}

let known;

function channels() {
  const diagnostics = globalThis.process.getBuiltinModule?.("node:diagnostics_channel");
  known ??= diagnostics ? CHANNELS.map((name) => diagnostics.channel(name)) : [];
  return known;
}

/**
 * What a subscriber throws would end the process.
 * @param {{ request?: Told; headers: Record<string, string> }} message
 */
function hear({ request, headers }) {
  try {
    if (isOurs || bodies.has(/** @type {object} */ (request?.body))) return;
    const [method, host, path] = request
      ? [request.method, hostOf(request), request.path]
      : [headers[":method"], headers[":authority"], headers[":path"]];
    if (HARMLESS.includes(method)) return;
    const plain = String(path).replace(/[?#].*/s, "");
    /** @type {[listener: Listener, fit: number][]} */
    const fits = [...listeners].map((listener) => [listener, listener.fits(host, plain)]);
    const best = Math.max(...fits.map(([, fit]) => fit));
    for (const [listener, fit] of fits) listener.hasHeard ||= fit > 0 && fit === best;
  } catch {
    // Nothing that could be told.
  }
}

/** @param {Told} request */
function hostOf(request) {
  return request.origin ? new URL(request.origin).host : request.getHeader("host");
}
