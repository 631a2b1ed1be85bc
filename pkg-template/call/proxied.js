// A call to a backend that is `createProxy`, which sends each Idempotency-Key once: it may be repeated where nobody knows
// what became of it, and ends as if LiveDesk itself had been called. See docs/decisions/idempotency.md.

/**
 * @import { FetchInit, FetchLike } from "../types/runtime.js"
 */

/** So old a token gets before the next call asks for another one. */
const FRESH_MS = 30_000;
/** Statuses of the proxy's own that say by themselves that nothing was stored. */
const REFUSALS = [400, 401, 403, 404, 405, 409, 413, 415, 422, 429];

/** What all calls of one client know of their backend. */
export class Backend {
  /** @type {string | undefined} */
  #token;
  #asked = Number.NEGATIVE_INFINITY;

  /**
   * The store's token, or undefined where the backend is none of ours; rejects when it cannot be reached.
   * @param {FetchLike} fetch
   * @param {string} url
   * @param {FetchInit} init
   */
  async token(fetch, url, { headers: { Authorization }, signal }) {
    // Also when the clock was set back.
    if (this.#token && Math.abs(Date.now() - this.#asked) < FRESH_MS) return this.#token;
    /** @type {Record<string, string>} */
    const headers = Authorization ? { Authorization } : {};
    const asked = Date.now();
    const asks = { method: "HEAD", redirect: /** @type {const} */ ("manual"), headers, signal };
    const response = /** @type {Response} */ (await fetch(url, asks));
    const [is, { store }] = readTold(response);
    if (is === "no_store") throw new TypeError("the backend has no store of keys");
    this.#token = is === "ready" ? store : undefined;
    this.#asked = asked;
    return this.#token;
  }

  /** The store is another one by now. */
  forget() {
    this.#token = undefined;
  }
}

/** The requests of one call: one key, one store, and what the proxy said of them last. */
export class Proxied {
  /** Whether nothing is to be gained by another request. */
  isSettled = false;
  /** Whether what was said counts for all requests of the call, not for the last alone. */
  isAboutAll = false;
  /** Whether what was thrown last says what happened: it is the proxy's word, or the runtime's own. */
  isBelieved = false;
  /** @type {Backend} */
  #backend;
  #key = newKey();
  /** @type {string | undefined} */
  #token;
  #attempt = 0;

  /** @param {Backend} backend */
  constructor(backend) {
    this.#backend = backend;
  }

  /**
   * `fetch` with the key, and with LiveDesk's own answer; `isNative()` says whether it is the runtime's.
   * @param {FetchLike} fetch
   * @param {() => boolean} isNative
   */
  wrap(fetch, isNative) {
    /**
     * @param {string} url
     * @param {FetchInit} init
     */
    return async (url, init) => {
      this.isSettled = this.isAboutAll = this.isBelieved = false;
      // The store that the first request was for is asked for by all.
      if (this.#attempt === 0) await this.#begin(fetch, url, init);
      this.#attempt += 1;
      const store = this.#token ? `;store="${this.#token}";try=${this.#attempt}` : "";
      const headers = { ...init.headers, "Idempotency-Key": `"${this.#key}"${store}` };
      // Without a token a repetition could meet a store that never saw the key.
      this.isSettled = !this.#token;
      this.isBelieved = isNative();
      const response = /** @type {Response} */ (await fetch(url, { ...init, headers }));
      this.isBelieved = false;
      return this.#read(response);
    };
  }

  /**
   * @param {FetchLike} fetch
   * @param {string} url
   * @param {FetchInit} init
   */
  async #begin(fetch, url, init) {
    try {
      this.#token = await this.#backend.token(fetch, url, init);
    } catch (thrown) {
      // It asks for a token, and sends nothing.
      throw this.#unsent(thrown);
    }
  }

  /** @param {Response} response */
  #read(response) {
    const [is, { status }] = readTold(response);
    const code = Number(status ?? response.status);
    switch (is) {
      case "answered":
        this.isAboutAll = true;
        this.isSettled = code !== 429 && code !== 425;
        if (!status) return response;
        // A redirect's has no body.
        return new Response(code < 400 ? null : response.body, { status: code, headers: response.headers });
      case "cut":
      case "too_long":
        this.isSettled = this.isAboutAll = true;
        return new Response(broken(), { status: code, headers: response.headers });
      case "refused":
        this.isSettled = code !== 429;
        if (REFUSALS.includes(code)) return response;
        throw this.#unsent();
      case "running":
        return new Response(null, { status: 503, headers: { "Retry-After": "1" } });
      case "no_store":
        throw this.#unsent();
      case "not_connected":
      case "not_sent":
        this.isAboutAll = true;
        throw this.#unsent();
      case "other_store":
        this.#backend.forget();
        this.isSettled = true;
        throw unknown();
      case "lost":
      case "forgotten":
        // The call's one request to LiveDesk, whichever attempt it was.
        this.isSettled = true;
        throw unknown();
      default:
        return response;
    }
  }

  /**
   * What is thrown, in the form in which the engine knows a connection that never came about.
   * @param {unknown} [cause]
   */
  #unsent(cause) {
    this.isBelieved = true;
    return Object.assign(new TypeError("the backend sent nothing", { cause }), { syscall: "connect" });
  }
}

function unknown() {
  return new TypeError("the backend does not know what became of the request");
}

/**
 * The first word of the proxy's header, and what it names.
 * @param {Response} response
 * @returns {[is: string, named: Record<string, string | undefined>]}
 */
function readTold(response) {
  const [is = "", ...more] = (response?.headers?.get?.("livedesk-proxy") ?? "").split(";");
  return [is, Object.fromEntries(more.map((pair) => pair.split("=")))];
}

/** A body that broke off. */
function broken() {
  return new ReadableStream({
    start: (controller) => controller.error(new TypeError("the answer broke off")),
  });
}

/** `randomUUID` is not there in a page without TLS. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
