// What becomes of a request in Node: fetch is given a dispatcher that hands it to the one it would have used, and looks
// on. Only of the runtime's own fetch does it prove anything. More in docs/decisions/watching-requests.md.

import { globalOf, isNode } from "../host/platform.js";

/** Under these names undici keeps the dispatcher of its fetch: up to undici 7, and from 8 on. */
const DISPATCHER_1 = Symbol.for("undici.globalDispatcher.1");
const DISPATCHER_2 = Symbol.for("undici.globalDispatcher.2");
/** undici's own that send what they are given, and nothing else. */
const KNOWN = /^(Agent|ProxyAgent|EnvHttpProxyAgent|Socks5ProxyAgent|Dispatcher1Wrapper)$/;

/** Whether one can be given here. */
export function canLookOn() {
  return isNode() && (Object.isExtensible(globalThis) || DISPATCHER_1 in globalThis);
}

/**
 * @import { Handler } from "../host/onlooker.js"
 * @typedef {{ dispatch(options: unknown, handler: Handler): boolean }} Dispatcher
 */

export class Onlooker {
  #requests = 0;
  #given = 0;
  /** @type {number | undefined} */
  #status;
  #isForeign = false;
  #isOver = false;

  /**
   * Called by fetch.
   * @param {unknown} options
   * @param {Handler} handler
   */
  dispatch(options, handler) {
    this.#requests += 1;
    const global = /** @type {Record<symbol, Dispatcher>} */ (globalOf(handler));
    const [first, second] =
      "onRequestStart" in handler ? [DISPATCHER_2, DISPATCHER_1] : [DISPATCHER_1, DISPATCHER_2];
    const dispatcher = /** @type {Dispatcher} */ (global[first] ?? global[second]);
    this.#isForeign ||= !KNOWN.test(dispatcher.constructor?.name);
    return dispatcher.dispatch(options, this.#watched(handler));
  }

  /**
   * @param {Handler} handler
   * @returns {Handler}
   */
  #watched(handler) {
    return new Proxy(handler, {
      get: (target, name) => {
        const value = target[/** @type {string} */ (name)];
        if (typeof value !== "function") return value;
        return (/** @type {unknown[]} */ ...given) => {
          const refusal = this.#note(name, given);
          return refusal ? refusal() : value.apply(target, given);
        };
      },
    });
  }

  /**
   * The handlers of undici up to 7 have other names than those from 7 on.
   * @param {string | symbol} name
   * @param {unknown[]} given
   */
  #note(name, [first, second]) {
    if (name === "onConnect" || name === "onRequestStart") {
      const late = new Error("the attempt has ended, and its request is not sent any more");
      const abort = name === "onConnect" ? first : /** @type {{ abort?: unknown }} */ (first)?.abort;
      if (this.#isOver) return () => /** @type {Function} */ (abort).call(first, late);
      this.#given += 1;
    } else if (name === "onHeaders") this.#status = Number(first);
    else if (name === "onResponseStart") this.#status = Number(second);
    return undefined;
  }

  /** Nothing is sent from here on. */
  end() {
    this.#isOver = true;
  }

  /** Whether no request was given to a connection, where there was one at all. */
  get isUnsent() {
    return this.#requests > 0 && this.#given === 0 && !this.#isForeign;
  }

  /** Whether not more than one was: a wrapper of fetch may send several. */
  get isAlone() {
    return this.#given <= 1;
  }

  /** The status of a redirect, which a fetch that was told to fail on one does not show. */
  get redirect() {
    const status = this.#requests === 1 ? (this.#status ?? 0) : 0;
    return status >= 300 && status <= 399 ? status : undefined;
  }
}
