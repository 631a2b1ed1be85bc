// One request as a dispatcher tells of it. Everything is handed to fetch's own handler, but for what it is spared.

/** @import { Watch } from "./watch.js" */

/** The largest answer that is kept from fetch; LiveDesk's have some thousand bytes. */
const MOST_BYTES = 1024 * 1024;
/**
 * What fetch is shown in the place of what it would not show: no code of HTTP's own. Told to fail on a redirect, it keeps
 * no second copy of the body, and is faster by a fifth; but it hides a redirect, and fails where it asks again.
 */
const SHOWN = 399;
const HIDDEN = [301, 302, 303, 307, 308, 421];

/** What fetch asks a dispatcher for. @typedef {{ body?: unknown; headers?: unknown }} Options */
/** fetch's own handler, of whichever undici. @typedef {{ [name: string]: (...all: unknown[]) => unknown }} Handler */
/** @typedef {{ abort(reason: unknown): void }} Controller */

const { setImmediate } = globalThis;

/** A whole answer that fetch was spared, and with that a Response and its streams. */
class Whole {
  #chunks;

  /** @param {Uint8Array[]} chunks */
  constructor(chunks) {
    this.#chunks = chunks;
  }

  get text() {
    const decoder = new TextDecoder();
    let text = "";
    for (const chunk of this.#chunks) text += decoder.decode(chunk, { stream: true });
    return text + decoder.decode();
  }
}

/** @typedef {{ all: unknown[]; chunks: Uint8Array[] }} Held */

/** What both makes of handlers have in common. */
class Onlooker {
  /** Whether it was given to a connection. */
  given = false;
  /** For a moment after it ended: what a wrapper tries in its place takes longer, and proves nothing. */
  isFresh = false;
  /** @type {number | undefined} */
  status;
  /** @type {string | undefined} */
  location;
  /** Whether it failed, with what, and before the attempt was stopped. */
  hasFailed = false;
  /** @type {unknown} */
  error;
  failedBefore = false;
  /**
   * The beginning of an answer that fetch has not been told of.
   * @type {Held | undefined}
   */
  held;
  #bytes = 0;

  /**
   * @param {Watch} watch
   * @param {Options} options
   * @param {Handler} handler
   * @param {boolean} isPrompt
   */
  constructor(watch, options, handler, isPrompt) {
    this.watch = watch;
    this.options = options;
    this.handler = handler;
    this.isPrompt = isPrompt;
  }

  /** @param {unknown} error */
  fail(error) {
    this.hasFailed = true;
    this.error = error;
    this.failedBefore = !this.watch.isStopped;
    this.watch.attend();
    this.freshen();
  }

  freshen() {
    this.isFresh = true;
    setImmediate(() => {
      this.isFresh = false;
    });
  }

  /**
   * Whether it may go out on a connection that is there now; otherwise `abort` is called.
   * @param {(reason: unknown) => void} abort
   */
  start(abort) {
    const refusal = this.watch.refusal(this.options);
    if (refusal) {
      abort(refusal);
      return false;
    }
    this.given = true;
    this.abort = abort;
    this.watch.isOut();
    return true;
  }

  /**
   * The status that fetch is shown, or undefined if the answer is held back: nothing but a good one is.
   * @param {number} status
   * @param {(name: string) => unknown} header
   * @param {unknown[]} all
   */
  answered(status, header, all) {
    this.status = status;
    this.watch.attend();
    const { isDirect } = this.watch;
    if (status >= 300 && status < 400) {
      this.location = /** @type {string | undefined} */ (header("location"));
      this.freshen();
    }
    if (!isDirect) return status;
    if (HIDDEN.includes(status)) return SHOWN;
    if (status < 200 || status >= 300 || header("content-encoding")) return status;
    this.held = { all, chunks: [] };
    return undefined;
  }

  /**
   * Whether the chunk is held back, too.
   * @param {unknown} chunk
   */
  holds(chunk) {
    if (!this.held) return false;
    if (!ArrayBuffer.isView(chunk)) {
      this.release();
      return false;
    }
    this.held.chunks.push(/** @type {Uint8Array} */ (chunk));
    this.#bytes += chunk.byteLength;
    if (this.#bytes > MOST_BYTES) this.release();
    return true;
  }

  /** Whether all of the answer was held back, and the attempt has it now. */
  takes() {
    this.abort = undefined;
    if (!this.held) return false;
    this.watch.finish(new Whole(this.held.chunks));
    return true;
  }

  /** What was held back is fetch's after all. */
  release() {
    const { all, chunks } = /** @type {Held} */ (this.held);
    this.held = undefined;
    /** @type {NewOnlooker} */ (/** @type {unknown} */ (this)).tell(all, chunks);
  }

  /**
   * `then` tells fetch of a failure: later, if it has to make a Response of what came before.
   * @param {unknown} error
   * @param {() => void} then
   */
  failed(error, then) {
    this.fail(error);
    this.abort = undefined;
    if (!this.held || this.watch.isStopped) return then();
    this.release();
    setImmediate(then);
  }
}

/** @type {{ [name: string]: (this: Onlooker, ...all: unknown[]) => unknown }} */
const passedOn = /** @type {never} */ (Onlooker.prototype);
for (const name of ["onUpgrade", "onRequestUpgrade", "onResponseStarted", "onBodySent", "onRequestSent"]) {
  passedOn[name] = function (...all) {
    return this.handler[name]?.(...all);
  };
}

/** For handlers of undici 7 and later. */
export class NewOnlooker extends Onlooker {
  /**
   * @param {Controller} controller
   * @param {unknown} context
   */
  onRequestStart(controller, context) {
    if (this.start((/** @type {unknown} */ reason) => controller.abort(reason)))
      this.handler.onRequestStart(controller, context);
  }
  /**
   * @param {Controller} controller
   * @param {number} status
   * @param {unknown} headers
   * @param {...unknown} more
   */
  onResponseStart(controller, status, headers, ...more) {
    const all = [controller, status, headers, ...more];
    const shown = this.answered(
      status,
      (/** @type {string} */ name) => /** @type {Record<string, unknown> | undefined} */ (headers)?.[name],
      all,
    );
    if (shown !== undefined) return this.handler.onResponseStart?.(controller, shown, headers, ...more);
  }
  /**
   * @param {Controller} controller
   * @param {unknown} chunk
   */
  onResponseData(controller, chunk) {
    if (!this.holds(chunk)) return this.handler.onResponseData?.(controller, chunk);
  }
  /** @param {...unknown} all */
  onResponseEnd(...all) {
    if (!this.takes()) return this.handler.onResponseEnd?.(...all);
  }
  /**
   * @param {Controller} controller
   * @param {unknown} error
   */
  onResponseError(controller, error) {
    this.failed(error, () => this.handler.onResponseError?.(controller, error));
  }
  /**
   * @param {unknown[]} all
   * @param {Uint8Array[]} chunks
   */
  tell(all, chunks) {
    this.handler.onResponseStart?.(...all);
    for (const chunk of chunks) this.handler.onResponseData?.(all[0], chunk);
  }
}

/** For those of undici up to 7. */
export class OldOnlooker extends Onlooker {
  /**
   * @param {(reason: unknown) => void} abort
   * @param {unknown} context
   */
  onConnect(abort, context) {
    if (this.start(abort)) this.handler.onConnect(abort, context);
  }
  /**
   * @param {number} status
   * @param {unknown} headers
   * @param {...unknown} more
   */
  onHeaders(status, headers, ...more) {
    const shown = this.answered(
      status,
      (/** @type {string} */ name) => rawHeader(/** @type {string[]} */ (headers), name),
      [status, headers, ...more],
    );
    return shown === undefined || this.handler.onHeaders(shown, headers, ...more);
  }
  /** @param {unknown} chunk */
  onData(chunk) {
    return this.holds(chunk) || this.handler.onData(chunk);
  }
  /** @param {...unknown} all */
  onComplete(...all) {
    if (!this.takes()) return this.handler.onComplete(...all);
  }
  /** @param {unknown} error */
  onError(error) {
    this.failed(error, () => this.handler.onError(error));
  }
  /**
   * @param {unknown[]} all
   * @param {Uint8Array[]} chunks
   */
  tell(all, chunks) {
    this.handler.onHeaders(...all);
    for (const chunk of chunks) this.handler.onData(chunk);
  }
}

/**
 * From names and values, one after the other; `name` is in small letters.
 * @param {string[]} headers
 * @param {string} name
 */
function rawHeader(headers, name) {
  for (let index = 0; index + 1 < headers?.length; index += 2) {
    const each = headers[index];
    if (each.length === name.length && String(each).toLowerCase() === name) return String(headers[index + 1]);
  }
}
