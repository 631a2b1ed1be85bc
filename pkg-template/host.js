// What the Rust boundary asks of the runtime. Nothing here throws into Rust, and nothing decides: whether
// to wait, to try again or to give up is the retry policy's, in Rust.

/** A timer set for longer than this fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** How much of an error's body is kept. */
const KEPT_BYTES = 64 * 1024;
/** From this size on, Node's copy of a request body (see `failsOnRedirect`) would be felt. */
const LARGE_BODY_BYTES = 1024 * 1024;
/** How many links of a cause chain are looked at. */
const LINKS = 5;
/** What a race gives when it was stopped rather than finished. */
const STOPPED = Symbol("stopped");

/** Milliseconds on a clock that never jumps. */
export function now() {
  return performance.now();
}

/** The calls under way. */
const stops = new Set();

/** Releases every call's timer and listener, when the engine that would have done so broke down. */
export function releaseAll() {
  for (const stop of stops) stop.close();
}

/** Ends one call: by the caller's signal, or by the time an attempt may take. */
export class Stop {
  /** Whether the caller's signal, or time, ended it. */
  aborted = false;
  timedOut = false;
  #signal;
  #listener;
  #controller;
  #timer;
  #stopped;
  #fire;

  constructor(signal) {
    stops.add(this);
    this.#renew();
    if (!signal) return;
    this.#signal = signal;
    this.#listener = () => this.#stop(true);
    if (signal.aborted) this.#listener();
    else signal.addEventListener("abort", this.#listener, { once: true });
  }

  /** Starts an attempt of at most `ms` milliseconds (0: no limit); gives the signal for its fetch. */
  begin(ms) {
    this.end();
    // The attempt before this one timed out; the caller's abort stays for good.
    if (this.timedOut) this.#renew();
    this.#controller = new AbortController();
    if (this.aborted) this.#controller.abort();
    else if (ms > 0) {
      this.#timer = setTimeout(() => this.#stop(false), Math.min(ms, LONGEST_TIMER_MS));
    }
    return this.#controller.signal;
  }

  /** Ends the attempt: its timer is released. */
  end() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Releases everything. */
  close() {
    this.end();
    stops.delete(this);
    this.#signal?.removeEventListener("abort", this.#listener);
  }

  /** The promise's result, or STOPPED as soon as the call is stopped. */
  race(promise) {
    return Promise.race([promise, this.#stopped]);
  }

  /** Resolves after `ms`, or as soon as the call is stopped. */
  async wait(ms) {
    if (this.timedOut) this.#renew();
    const waited = new Promise((resolve) => {
      this.#timer = setTimeout(resolve, Math.min(ms, LONGEST_TIMER_MS));
    });
    await this.race(waited);
    this.end();
  }

  /** What an AbortError carries: the caller's reason, whatever it is. */
  extras() {
    try {
      return { cause: this.#signal.reason };
    } catch (thrown) {
      return { cause: thrown };
    }
  }

  #renew() {
    this.timedOut = false;
    this.#stopped = new Promise((resolve) => {
      this.#fire = () => resolve(STOPPED);
    });
  }

  #stop(byCaller) {
    if (this.aborted || this.timedOut) return;
    this.aborted = byCaller;
    this.timedOut = !byCaller;
    this.#controller?.abort();
    this.#fire();
  }
}

/** What one attempt saw. `facts` are plain data for Rust to judge; the rest is for the error, if it ends in one. */
class Seen {
  facts = {};
  /** What the authorization function gave, or the answer's JSON. */
  value;
  #headers;
  #text;
  #thrown;

  /** Something was thrown. */
  throw(thrown, stop) {
    this.#thrown = thrown;
    // Runtimes throw different things when a request is aborted; only the stop itself is sure.
    if (stop?.aborted || stop?.timedOut) this.facts.stopped = true;
    else Object.assign(this.facts, { failed: true, links: errorLinks(thrown) });
    return this;
  }

  /** An error status; its headers are copied, since they may be of any implementation of fetch. */
  refuse(headers) {
    this.#headers = realHeaders(headers);
    // A cookie of LiveDesk's would be a credential in an error.
    this.#headers.delete("set-cookie");
    const retryAfter = this.#headers.get("retry-after");
    const location = this.#headers.get("location");
    Object.assign(this.facts, { refused: true, retryAfter, location });
  }

  /** The whole answer, or of an error its first 64 KiB. */
  answer(text) {
    this.#text = text;
    try {
      this.value = this.facts.body = JSON.parse(text);
    } catch {
      this.facts.body = text;
    }
    if (!this.#headers) this.facts.body = essence(this.value);
    return this;
  }

  /** What an error about it carries. */
  extras() {
    const headers = this.#headers;
    const extras = { headers, requestId: headers?.get("x-request-id") ?? undefined, sent: this.value };
    extras.body = headers ? this.facts.body : keep(this.#text);
    if (this.facts.failed) extras.cause = this.#thrown;
    return extras;
  }
}

/** What tells a message from other answers, and a failed one; the caller gets all of it. */
function essence(answer) {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) return undefined;
  const { id, status, content_attributes } = answer;
  return { id, status, content_attributes };
}

/** Something thrown outside of a request. */
export function seenThrown(thrown) {
  return new Seen().throw(thrown);
}

/** Asks the caller's `authorization` function. Resolves, always. */
export async function authorize(ask, stop) {
  const seen = new Seen();
  try {
    const value = await stop.race(Promise.resolve().then(() => ask()));
    if (value === STOPPED) seen.facts.stopped = true;
    else seen.value = value;
  } catch (thrown) {
    seen.throw(thrown, stop);
  }
  return seen;
}

/** One request and its whole answer. Resolves, always. */
export async function exchange(fetch, url, init, stop) {
  const seen = new Seen();
  const { facts } = seen;
  try {
    const response = await stop.race(fetch(url, init));
    if (response === STOPPED) {
      facts.stopped = true;
      return seen;
    }
    facts.status = statusOf(response);
    if (facts.status === undefined) return seen;
    const isError = facts.status < 200 || facts.status > 299;
    if (isError) seen.refuse(response.headers);
    const text = await stop.race(readBody(response, isError));
    if (text === STOPPED) facts.stopped = true;
    else if (typeof text === "string") seen.answer(text);
    return seen;
  } catch (thrown) {
    return seen.throw(thrown, stop);
  }
}

/** A response's status, or undefined if this is none; 0 is a redirect that a browser hides. */
function statusOf(response) {
  if (typeof response !== "object" || response === null) return undefined;
  if (response.type === "opaqueredirect") return 0;
  const { status } = response;
  return Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
}

/** The body's text: of an error only its first 64 KiB. */
async function readBody(response, isError) {
  if (response.type === "opaqueredirect") return "";
  if (!isError || typeof response.body?.getReader !== "function") return response.text();
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  while (bytes < KEPT_BYTES) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    const kept = value.subarray(0, KEPT_BYTES - bytes);
    bytes += kept.byteLength;
    text += decoder.decode(kept, { stream: true });
  }
  // The connection is given up with the rest of the page; nobody waits for that.
  reader.cancel().catch(() => {});
  return text;
}

/** The first 64 KiB of a text. */
function keep(text = "") {
  if (text.length <= KEPT_BYTES / 4) return text;
  const bytes = new TextEncoder().encode(text);
  if (bytes.byteLength <= KEPT_BYTES) return text;
  return new TextDecoder().decode(bytes.subarray(0, KEPT_BYTES), { stream: true });
}

/** Headers of the runtime's own, to keep, whatever implementation the response came from. */
function realHeaders(headers) {
  try {
    return new Headers(headers);
  } catch {
    return new Headers();
  }
}

/**
 * Whether fetch is to fail on a redirect rather than show it. Showing it lets a 3xx be read; but Node's fetch
 * then keeps a second copy of the body while it is sent, 1.1 GB for a file of 1 GiB, so large ones go
 * without, and what that throws is recognised. workerd cannot fail on one.
 */
export function failsOnRedirect(bytes) {
  const node = typeof process === "object" && process.versions?.node && !process.versions.bun;
  return Boolean(node && typeof Deno === "undefined" && bytes >= LARGE_BODY_BYTES);
}

/** What a thrown value says of itself, outermost first: `{ code, syscall, message, errors? }`. */
function errorLinks(thrown) {
  const links = [];
  let error = thrown;
  try {
    while (links.length < LINKS && typeof error === "object" && error !== null) {
      const link = describeError(error);
      if (Array.isArray(error.errors)) link.errors = error.errors.slice(0, 32).map(describeError);
      links.push(link);
      error = error.cause;
    }
  } catch {
    // A getter that throws proves nothing.
  }
  return links;
}

function describeError(error) {
  const link = {};
  for (const key of ["code", "syscall", "message"]) {
    const value = error?.[key];
    if (typeof value === "string" && value.length <= 1000) link[key] = value;
  }
  return link;
}

/** Tells the caller's `onEvent`; its own trouble, now or later, changes nothing. */
export function emit(onEvent, event) {
  try {
    const told = onEvent(event);
    if (typeof told?.then === "function") told.then(undefined, () => {});
  } catch {
    // Documented: a throwing onEvent changes nothing.
  }
}

/** A file for the form, labelled with its type; its bytes are not copied. */
export function filePart(blob, type) {
  return blob.type === type ? blob : blob.slice(0, blob.size, type);
}
