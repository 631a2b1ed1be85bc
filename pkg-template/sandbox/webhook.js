// Tells a webhook what happens: a function at once, an address one event after the other.

import { deadline } from "./wait.js";

/** @import { SandboxEvent } from "../sandbox.js" */

/** Upstream waits no longer for one. */
const PATIENCE_MS = 5000;
/** Events that wait for a slow address; what comes then is lost, as with a full queue. */
const MOST_WAITING = 1000;

export class Webhook {
  #target;
  #waiting = 0;
  #last = Promise.resolve();
  /** Functions that have not returned yet. */
  #open = new Set();

  /** @param {string | URL | ((event: SandboxEvent) => unknown) | undefined} target */
  constructor(target) {
    if (target === undefined || typeof target === "function") this.#target = target;
    else this.#target = addressOf(target);
  }

  get isSet() {
    return this.#target !== undefined;
  }

  /**
   * Never throws: a webhook that breaks breaks nothing else.
   * @param {SandboxEvent} event
   */
  tell(event) {
    if (!this.isSet) return;
    const text = JSON.stringify(event);
    if (typeof this.#target === "function") this.#call(JSON.parse(text));
    else this.#post(text);
  }

  /** Resolves when what was told so far has ended, or has had its time. */
  async settled() {
    await deadline(Promise.all([this.#last, ...this.#open]), PATIENCE_MS);
  }

  /** @param {SandboxEvent} event */
  #call(event) {
    try {
      const returned = /** @type {(event: SandboxEvent) => unknown} */ (this.#target)(event);
      if (typeof (/** @type {PromiseLike<unknown> | undefined} */ (returned)?.then) !== "function") return;
      const ended = Promise.resolve(returned).then(noop, noop);
      if (this.#open.size >= MOST_WAITING) return;
      this.#open.add(ended);
      ended.then(() => this.#open.delete(ended));
    } catch {
      // The caller's own fault, and upstream ignores it too.
    }
  }

  /** @param {string} body */
  #post(body) {
    if (this.#waiting >= MOST_WAITING) return;
    this.#waiting += 1;
    this.#last = this.#last.then(async () => {
      try {
        const headers = { "Content-Type": "application/json", Accept: "application/json" };
        const signal = AbortSignal.timeout(PATIENCE_MS);
        /** @type {RequestInit} */
        const init = { method: "POST", headers, body, redirect: "manual", signal };
        const response = await globalThis.fetch(/** @type {string} */ (this.#target), init);
        await response.body?.cancel();
      } catch {
        // Nobody listens, or not in time.
      }
      this.#waiting -= 1;
    });
  }
}

function noop() {}

/** @param {string | URL} target */
function addressOf(target) {
  let url;
  try {
    url = new URL(target);
  } catch {
    // Said below.
  }
  if (!/^https?:$/.test(String(url?.protocol)))
    throw new TypeError("webhook is a function, or an http or https address");
  return String(url);
}
