// What a call sees of its own requests in Node: whether one was given to a connection, and how it ended.
//
// Node's fetch takes a `dispatcher` in its second argument, and so it goes through every wrapper that hands that
// argument on. This one passes all to the dispatcher that would have been used, and looks on. Why this way and
// not by diagnostics channels: docs/decisions/watching-requests.md.

import { UnknownForm } from "./form.js";
import { NewOnlooker, OldOnlooker } from "./onlooker.js";
import { globalOf, isNode } from "./platform.js";
import { asOurs, Listener } from "./strangers.js";

/** @import { Stop } from "./stop.js" */
/** @import { Facts } from "../types/engine.js" */

/**
 * Under these names undici keeps the dispatcher of its fetch: up to undici 7, and from 8 on.
 * @type {unique symbol}
 */
const DISPATCHER_1 = Symbol.for("undici.globalDispatcher.1");
/** @type {unique symbol} */
const DISPATCHER_2 = Symbol.for("undici.globalDispatcher.2");

/** @import { Handler, Options } from "./onlooker.js" */
/** @import { Whole } from "./seen.js" */
/** @typedef {{ isMockActive?: boolean; dispatch(options: Options, handler: NewOnlooker | OldOnlooker): boolean }} Dispatcher */
/** Where undici keeps the dispatcher of its fetch. @typedef {{ [DISPATCHER_1]?: Dispatcher; [DISPATCHER_2]?: Dispatcher }} Global */

const { setImmediate } = globalThis;

/** Whether this process has shown that its fetch asks our dispatcher. */
let works = false;

/** Whether a call can watch its requests here; where nothing can be added to the global object, undici keeps its own. */
export function canWatch() {
  return isNode() && (Object.isExtensible(globalThis) || DISPATCHER_1 in globalThis);
}

/** Resolves to false once all that follows at once from what is happening now has happened. */
export function turn() {
  return new Promise((resolve) => {
    setImmediate(resolve, false);
  });
}

/** undici's own: one that somebody else wrote may send by means of its own, and never say so. */
const KNOWN =
  /^(Agent|ProxyAgent|EnvHttpProxyAgent|Socks5ProxyAgent|RetryAgent|Pool|BalancedPool|RoundRobinPool|Client|H2CClient|MockAgent|SnapshotAgent|Dispatcher1Wrapper)$/;

/** @type {object | undefined} */
let current;

/** The same for all that happens at once: nothing that was begun in it can have been answered in it. */
function thisTurn() {
  if (!current) {
    current = {};
    setImmediate(() => {
      current = undefined;
    });
  }
  return current;
}

/** One attempt's requests, seen from the dispatcher that it gives to fetch. */
export class Watch {
  /** Whether the runtime's own fetch is called: then nobody else is told of an answer, or knows the signal. */
  isDirect;
  /**
   * The answer, if fetch was spared it, as `{ text }`.
   * @type {Whole | undefined}
   */
  whole;
  /**
   * Is told of it at once; set by who waits.
   * @type {((whole: Whole) => void) | undefined}
   */
  take;
  /** @type {(NewOnlooker | OldOnlooker)[]} */
  #seen = [];
  #stop;
  #wantsForm;
  #isMocked = false;
  #isForeign = false;
  #isClosed = false;
  #begun;
  #strangers;

  /**
   * `stop` ends the attempt of a request to `url`; with `wantsForm`, a body that is no form is refused. `isDirect` says
   * that the runtime's own fetch is called.
   * @param {Stop} stop
   * @param {string} url
   * @param {boolean} wantsForm
   * @param {boolean} isDirect
   */
  constructor(stop, url, wantsForm, isDirect) {
    this.#stop = stop;
    this.#wantsForm = wantsForm;
    this.isDirect = isDirect;
    if (isDirect) return;
    this.#begun = thisTurn();
    this.#strangers = new Listener(url);
    this.attend();
  }

  /** Whether this ends its request by itself when the attempt is stopped, so that fetch needs no signal. */
  get needsNoSignal() {
    return this.isDirect && works;
  }

  /** Mocks are handed the body in another form when their dispatcher says that it is one. */
  get isMockActive() {
    return dispatcherOf(/** @type {Global} */ (globalThis), {})?.isMockActive;
  }

  /**
   * Called by fetch: hands the request on, with a handler that looks on.
   * @param {Options} options
   * @param {Handler} handler
   */
  dispatch(options, handler) {
    works = true;
    const isPrompt = !this.isDirect && thisTurn() === this.#begun;
    const seen = new (isNew(handler) ? NewOnlooker : OldOnlooker)(this, options, handler, isPrompt);
    this.#seen.push(seen);
    const refusal = this.refusal(options);
    try {
      if (refusal) throw refusal;
      const dispatcher = /** @type {Dispatcher} */ (dispatcherOf(globalOf(handler), handler));
      this.#isMocked ||= Boolean(dispatcher.isMockActive);
      this.#isForeign ||= !KNOWN.test(dispatcher.constructor?.name);
      return asOurs(options.body, () => dispatcher.dispatch(options, seen));
    } catch (thrown) {
      seen.fail(thrown);
      throw thrown;
    }
  }

  /**
   * Why nothing may be sent any more, or not this; undefined if it may.
   * @param {Options} options
   */
  refusal({ headers }) {
    // A process that was stopped meets its late connection before its late timer.
    if (this.#isClosed || this.#stop.isStopped || this.#stop.isLate())
      return new Error("the attempt has ended, and its request is not sent any more");
    if (this.#wantsForm && !namesForm(headers)) return new UnknownForm(true);
  }

  /** A request was given to a connection. */
  isOut() {
    this.#stop.isOut = true;
  }

  /** A wrapper is about to learn of something, and may do something in its place. */
  attend() {
    this.#strangers?.attend();
  }

  get isStopped() {
    return this.#stop.isStopped;
  }

  /**
   * A whole answer that fetch was spared.
   * @param {Whole} whole
   */
  finish(whole) {
    this.whole = whole;
    this.take?.(whole);
  }

  /** The attempt was stopped: what is on its way is given up. */
  abort() {
    for (const { abort } of this.#seen) abort?.(new DOMException("The attempt has ended", "AbortError"));
  }

  /** The status of the answer, by what the last request saw. */
  get status() {
    return this.#seen.at(-1)?.status;
  }

  /**
   * Whether this is what one of the requests failed with, just now: nothing can have been tried in its place.
   * @param {unknown} thrown
   */
  isOwn(thrown) {
    const chain = chainOf(thrown);
    return this.#seen.some(({ isFresh, error }) => isFresh && chain.includes(error));
  }

  /**
   * Whether this is what the runtime's fetch made of a failure, however it came here.
   * @param {unknown} thrown
   */
  isRuntimes(thrown) {
    return this.#seen.some(
      (seen) =>
        seen.hasFailed &&
        (seen.error === thrown || seen.error === /** @type {Error | undefined} */ (thrown)?.cause),
    );
  }

  /**
   * Whether our signal ended all of them, with `thrown`: none had failed before, so nothing was tried in its place.
   * @param {unknown} reason
   * @param {unknown} thrown
   */
  isStoppedBy(reason, thrown) {
    return this.isPending && chainOf(thrown).includes(reason);
  }

  /** Whether no request had failed when the attempt was stopped. */
  get isPending() {
    return !this.#seen.some(({ failedBefore }) => failedBefore);
  }

  /** The only request, if it was just answered with a redirect; a fetch told to fail on one does not show it. */
  get freshRedirect() {
    const [seen, ...others] = this.#seen;
    const status = Number(seen?.status);
    return others.length === 0 && seen?.isFresh && status >= 300 && status < 400 ? seen : undefined;
  }

  /**
   * The attempt is over. What a wrapper tries later, or has in a queue, is not sent any more unless the message was. Adds
   * what Rust judges by, but for a message: of that nobody asks how it came.
   * @param {Facts} facts
   */
  async end(facts) {
    const { failed, refused, body } = facts;
    const status = /** @type {number} */ (facts.status);
    this.#isClosed = !(status >= 200 && status < 300);
    if (failed || refused || body === undefined) {
      Object.assign(facts, this.#findings(status));
      // What another client was answered, and asked alone, was heard as well, and is believed.
      const listened = this.#strangers && (this.#seen.length > 0 || failed);
      // node:http tells of what was asked of it only when it writes.
      if (listened) await turn();
      if (listened && this.#strangers?.hasHeard) {
        facts.foreign = true;
        facts.redirect = undefined;
        facts.others?.push(0);
      }
    }
    this.#strangers?.end();
  }

  /**
   * `status` is that of the answer which fetch gave, if it gave one.
   * @param {number | undefined} status
   */
  #findings(status) {
    const given = this.#seen.filter(({ given }) => given);
    const answer = given.findLastIndex((seen) => seen.status !== undefined && seen.status === status);
    return {
      requests: this.#seen.length,
      given: given.length,
      mocked: this.#isMocked,
      foreign: this.#isForeign,
      prompt: this.#seen[0]?.isPrompt ?? false,
      // What became of those that a wrapper sent besides: their status, or 0.
      others: given.filter((_, index) => index !== answer).map(({ status }) => status ?? 0),
      works,
    };
  }
}

/**
 * Of undici 7 or later.
 * @param {Handler} handler
 */
function isNew(handler) {
  return Boolean(handler.onRequestStart);
}

/**
 * @param {Global} global
 * @param {Handler} handler
 */
function dispatcherOf(global, handler) {
  return isNew(handler)
    ? (global[DISPATCHER_2] ?? global[DISPATCHER_1])
    : (global[DISPATCHER_1] ?? global[DISPATCHER_2]);
}

/** @param {unknown} headers */
function namesForm(headers) {
  try {
    const lines = Array.isArray(headers) ? headers : Object.entries(/** @type {object} */ (headers)).flat();
    return lines.some((line) => /^multipart\/form-data\b/i.test(String(line)));
  } catch {
    return false;
  }
}

/** How many links of a cause chain are looked at. */
const LINKS = 5;

/** @param {unknown} thrown */
function chainOf(thrown) {
  /** @type {unknown[]} */
  const chain = [];
  try {
    for (
      let link = thrown;
      typeof link === "object" && link !== null;
      link = /** @type {Error} */ (link).cause
    ) {
      if (chain.push(link) >= LINKS) break;
    }
  } catch {
    // A getter that throws proves nothing.
  }
  return chain;
}
