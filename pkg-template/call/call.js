// One call, as Rust and host.js know it: what the caller gave, and what they need of the package.

import { look } from "../host/files.js";
import { formOf } from "../host/form.js";
import { isBrowser } from "../host/page.js";
import { isNative, isNode } from "../host/platform.js";
import { callText } from "../host/records.js";
import { canWatch, turn, Watch } from "../host/watch.js";
import { aboutField } from "../input/told.js";
import { cleanCopy } from "../redaction/cause.js";
import { redactFor } from "../redaction/secrets.js";
import { Context } from "./context.js";
import { Backend, Proxied } from "./proxied.js";

/** @import { FormParts } from "../host/form.js" */
/** @import { Gate } from "./gate.js" */
/** @import { Settings } from "../client/options.js" */
/** @import { Given } from "../client/given.js" */
/** @import { Events } from "../client/events.js" */
/** @import { Stop } from "../host/stop.js" */
/** @import { Told } from "../types/engine.js" */

/** From this size on, Node's copy of a request body would be felt. */
const LARGE_BODY_BYTES = 1024 * 1024;

/** @typedef {ReturnType<Gate["ticket"]>} Ticket */

export class Call {
  /** Runs what is the caller's in the caller's own async context. */
  context = new Context();
  /** The call's Events, if anybody wants them. */
  events;
  /** A copy of what the runtime threw, with its texts as a function gives them back. */
  cleanCopy = cleanCopy;
  /** Resolves to false when all that follows at once from what is happening now has happened. */
  turn = turn;
  /** Whether this is a page, which is told nothing of why a request failed. */
  isPage = isBrowser;
  /** Rejects when a file cannot be read, or is not what it was. */
  look = look;
  /**
   * With `proxy: true`, what this call's backend says of it.
   * @type {Proxied | undefined}
   */
  proxied;
  #settings;
  #order;
  /** @type {Ticket | undefined} */
  #ticket;

  /**
   * `given` is what `read` gives of the call, `order` its place among all of its client's.
   * @param {Settings} settings
   * @param {number} order
   * @param {Given} given
   * @param {Events | undefined} events
   */
  constructor(settings, order, given, events) {
    this.#settings = settings;
    this.#order = order;
    /** @type {import("../types/engine.js").Written} */
    this.written = given.written;
    this.fetch = given.fetch;
    this.authorization = given.authorization;
    this.signal = given.signal;
    this.binaries = given.binaries;
    if (settings.isProxied) this.#goThrough(settings);
    events?.within(this.context);
    this.events = events && {
      emit: (/** @type {Told} */ event) => events.emit(event.field ? aboutField(event) : event),
    };
  }

  /**
   * The backend sends a key once, however often it is repeated.
   * @param {Settings} settings
   */
  #goThrough(settings) {
    settings.backend ??= new Backend();
    this.proxied = new Proxied(settings.backend);
    const own = this.fetch;
    this.fetch = this.proxied.wrap(own, () => this.#isNative(own));
    this.written.dangerouslyRetryUnknown = true;
  }

  /** All that the engine is to know, as one text. */
  get text() {
    return callText(/** @type {string} */ (this.#settings.text), this.written);
  }

  /** What no error repeats, whatever was sent. */
  get secrets() {
    return this.#settings.secrets;
  }

  /**
   * The text without what an error must not repeat; `authorization` is the header of the last attempt.
   * @param {string | undefined} authorization
   * @param {string} text
   */
  redact(authorization, text) {
    return this.redactAll(authorization, [text])[0];
  }

  /**
   * The same for several.
   * @param {string | undefined} authorization
   * @param {string[]} texts
   */
  redactAll(authorization, texts) {
    return redactFor(this, authorization, texts);
  }

  /**
   * Asks the client's gate for a turn; whether the request may go at once, else `myTurn` says when.
   * @param {string} authorization
   */
  enter(authorization) {
    this.leave();
    this.#ticket = /** @type {Gate} */ (this.#settings.gate).ticket(authorization, this.#order);
    return /** @type {Ticket} */ (this.#ticket).enter();
  }

  /** Resolves when the request may go. */
  get myTurn() {
    return /** @type {Ticket} */ (this.#ticket).turn;
  }

  /** About how long it has to wait for that still, in milliseconds. */
  get estimate() {
    return /** @type {Ticket} */ (this.#ticket).estimate;
  }

  /** At least how long. */
  get least() {
    return /** @type {Ticket} */ (this.#ticket).least;
  }

  /** How often in a row LiveDesk has refused, now that it refused this, whoever's requests. */
  get refusals() {
    return /** @type {Ticket} */ (this.#ticket).refusals;
  }

  /** Gives the turn back: there was no request, or no answer. */
  leave() {
    this.#ticket?.leave();
    this.#ticket = undefined;
  }

  /** The call is over: nobody is to wait for it any more, whatever became of the engine. */
  close() {
    try {
      this.leave();
    } catch {
      // A clock that throws, say: what the call came to counts for more.
    }
  }

  /** Gives it back: answered with anything but a 429. */
  passed() {
    this.#ticket?.passed();
    this.#ticket = undefined;
  }

  /**
   * Gives it back: answered with a 429, and nobody is to go for `pause` milliseconds.
   * @param {number} pause
   */
  refused(pause) {
    this.#ticket?.refused(pause);
    this.#ticket = undefined;
  }

  /**
   * A form of the message's own files.
   * @param {FormParts} parts
   * @param {Stop} stop
   */
  form(parts, stop) {
    return formOf(parts, this.binaries, stop);
  }

  /** Whether a proxy has said all there is to say of the call, so that another request would bring nothing new. */
  get isSettled() {
    return this.proxied?.isSettled ?? false;
  }

  /** Whether what a proxy said last counts for the requests before it as well. */
  get isAboutAll() {
    return this.proxied?.isAboutAll ?? false;
  }

  /**
   * Watches one attempt's requests, where the runtime lets anybody; with `wantsForm`, other bodies are refused.
   * @param {Stop} stop
   * @param {string} url
   * @param {boolean} wantsForm
   */
  watch(stop, url, wantsForm) {
    // What became of a request is the proxy's to say.
    return canWatch() && !this.proxied ? new Watch(stop, url, wantsForm, this.isNative()) : undefined;
  }

  /** Whether it is the runtime's own fetch that is called; only in Node one that the caller gave can be told to be it. */
  isNative() {
    return this.proxied ? this.proxied.isBelieved : this.#isNative(this.fetch);
  }

  /** @param {import("../types/runtime.js").FetchLike} fetch */
  #isNative(fetch) {
    return (!this.#settings.fetch || isNode()) && isNative(fetch);
  }

  /**
   * Whether fetch is to fail on a redirect rather than show it: Node's then keeps no copy of the body while it is
   * sent, which is a fifth of a message's time, and for a file of 1 GiB 1.1 GB. Of the runtime's own fetch the watch
   * knows the answer all the same; another is shown it, unless the body is large. workerd cannot fail on one, even
   * where it calls itself Node.
   * @param {number} bytes
   */
  failsOnRedirect(bytes) {
    return isNode() && (bytes >= LARGE_BODY_BYTES || (canWatch() && !this.proxied && this.isNative()));
  }
}
