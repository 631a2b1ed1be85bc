// What the Rust boundary asks of the runtime. Nothing here throws into Rust, and nothing decides: whether
// to wait, to try again or to give up is the retry policy's, in Rust.
//
// It imports nothing, since Rust's own tests take it along alone; what it needs of the package comes with the call.

/** How much of an error's body is kept. */
const KEPT_BYTES = 64 * 1024;
/** The largest answer that is read as a message; LiveDesk's have some thousand bytes. */
const MOST_BYTES = 1024 * 1024;
/** The longest Authorization header that is taken, in UTF-16 units: twice what common servers take. */
const MOST_HEADER = 16_384;
/** More headers than any answer has. */
const MOST_HEADERS = 1000;
/** A timer set for longer than this fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** It was sent to the wrong server, and nothing was done with it. */
const MISDIRECTED = 421;
/** How many links of a cause chain are looked at. */
const LINKS = 5;
/** And how many members of an AggregateError. */
const MEMBERS = 32;

/** @import { Call } from "../call/call.js" */
/** @import { Stop } from "./stop.js" */
/** @import { Watch } from "./watch.js" */
/** @import { Facts, Link } from "../types/engine.js" */
/** @import { FetchInit } from "../types/runtime.js" */
/** @typedef {{ get(name: string): string | null } & Partial<Iterable<[string, string]>>} Headed */
/** An answer of whoever's fetch. @typedef {Omit<Response, "headers"> & { headers: Headed }} Answer */
/** What is read of one. @typedef {{ readonly text: string; readonly tooLong?: boolean }} Whole */
/** What a request is made with. @typedef {{ method: string; redirect: "error" | "manual"; headers: Record<string, string>; body: string | FormData | Blob | undefined; signal?: AbortSignal; dispatcher?: Watch }} Init */
/** What an error says of what it is about. @typedef {{ headers: Headers | undefined; requestId: string | undefined; sent: unknown; body?: unknown; cause?: unknown }} Extras */

/** Milliseconds on a clock that never jumps. */
export function now() {
  return performance.now();
}

/** What one attempt saw. `facts` are plain data for Rust to judge; the rest is for the error, if it ends in one. */
class Seen {
  /** @type {import("../types/engine.js").Facts} */
  facts = {};
  /**
   * The answer's JSON.
   * @type {unknown}
   */
  value;
  /** Whether what was thrown is the runtime's, and none of the caller's own functions made it. */
  isRuntimes = false;
  /** @type {Headers | undefined} */
  #headers;
  /** @type {string | undefined} */
  #text;
  /** @type {unknown} */
  thrown;

  /**
   * Something was thrown, and nobody had stopped it.
   * @param {unknown} thrown
   */
  throw(thrown) {
    this.thrown = thrown;
    this.facts.failed = true;
    this.facts.links = errorLinks(thrown);
    return this;
  }

  /**
   * An error status; its headers are copied, since they may be of any implementation of fetch.
   * @param {Headed} headers
   */
  refuse(headers) {
    this.#headers = realHeaders(headers);
    // A cookie of LiveDesk's would be a credential in an error.
    this.#headers.delete("set-cookie");
    this.facts.refused = true;
    this.facts.retryAfter = this.#headers.get("retry-after");
    this.facts.location = this.#headers.get("location");
  }

  /**
   * The whole answer, or of an error its first 64 KiB; or the beginning of one that is too long for a message.
   * @param {Whole} body
   */
  answer({ text, tooLong = false }) {
    this.#text = text;
    if (tooLong) {
      this.facts.tooLong = true;
      return;
    }
    try {
      this.value = this.facts.body = JSON.parse(text);
    } catch {
      this.facts.body = text;
    }
    if (!this.#headers) this.facts.body = essence(this.value);
  }

  /**
   * What an error about it carries; what others wrote of it, and a reader sees, is redacted.
   * @param {Call} call
   * @param {string | undefined} authorization
   */
  extras(call, authorization) {
    const headers = this.#headers;
    const texts = [headers?.get("x-request-id") ?? ""];
    const { failed } = this.facts;
    // What is the caller's own stays as it was thrown.
    const isClean = failed && this.isRuntimes;
    if (isClean) call.cleanCopy(this.thrown, (/** @type {string} */ text) => String(texts.push(text)));
    const [requestId, ...redacted] = call.redactAll(authorization, texts);
    /** @type {Extras} */
    const extras = { headers, requestId: requestId || undefined, sent: this.value };
    extras.body = headers ? this.facts.body : keep(this.#text);
    if (failed) {
      extras.cause = isClean ? call.cleanCopy(this.thrown, () => redacted.shift() ?? "") : this.thrown;
    }
    return extras;
  }
}

/**
 * What tells a message from other answers, a failed one, and one without its files; the caller gets all of it.
 * @param {unknown} answer
 */
function essence(answer) {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) return undefined;
  const given = /** @type {Record<string, unknown>} */ (answer);
  const { id, status, content_attributes, content_type, message_type, attachments } = given;
  return { id, status, content_attributes, content_type, message_type, private: given.private, attachments };
}

/**
 * Something the runtime threw outside of a request.
 * @param {unknown} thrown
 */
export function seenThrown(thrown) {
  const seen = new Seen();
  seen.isRuntimes = true;
  return seen.throw(thrown);
}

/**
 * Asks the caller's `authorization` function, in an attempt of at most `ms` milliseconds. Resolves, always.
 * @param {Call} call
 * @param {Stop} stop
 * @param {number} ms
 */
export function authorize(call, stop, ms) {
  const { authorization } = call;
  return ahead(call, stop, ms, async (/** @type {Seen} */ { facts }) => {
    const given = await authorization?.();
    // Whatever the caller's function gave: text that is no header could be more than the engine holds.
    if (typeof given === "string" && given.length <= MOST_HEADER) facts.authorization = given;
  });
}

/**
 * Looks at the files of an attempt, one after the other; `facts.unreadable` is the first bad one. Resolves, always.
 * @param {Call} call
 * @param {Stop} stop
 * @param {number} ms
 */
export function lookAtFiles(call, stop, ms) {
  return ahead(call, stop, ms, async (/** @type {Seen} */ seen) => {
    const { facts } = seen;
    seen.isRuntimes = true;
    for (const [index, blob] of call.binaries.entries()) {
      facts.unreadable = index;
      await call.look(blob);
    }
  });
}

/**
 * Something that comes ahead of the request, and can be stopped as well.
 * @param {Call} call
 * @param {Stop} stop
 * @param {number} ms
 * @param {(seen: Seen) => Promise<void>} work
 */
function ahead(call, stop, ms, work) {
  // Time runs from here on, also while an event of the caller's is told.
  stop.begin(ms);
  return within(call, async () => {
    const seen = new Seen();
    try {
      seen.facts.stopped = (await stop.race(work(seen))) === stop.STOPPED;
    } catch (thrown) {
      told(seen, thrown, stop);
    }
    return seen;
  });
}

/**
 * Waits for the request's turn, at most `ms` milliseconds, or not at all when it would not come by then.
 * @param {Call} call
 * @param {Stop} stop
 * @param {number} ms
 */
export async function waitTurn(call, stop, ms) {
  const seen = new Seen();
  const late = call.least >= ms;
  let timer;
  const deadline = new Promise((resolve) => {
    if (!late && ms <= LONGEST_TIMER_MS) timer = setTimeout(resolve, ms, true);
  });
  const tooLate = late || (await stop.race(Promise.race([call.myTurn, deadline]))) === true;
  clearTimeout(timer);
  if (tooLate) seen.facts.late = Math.max(1, call.estimate);
  return seen;
}

/**
 * Runtimes throw different things when something is aborted; only the stop itself is sure.
 * @param {Seen} seen
 * @param {unknown} thrown
 * @param {Stop} stop
 */
function told(seen, thrown, stop) {
  if (stop.isLate()) stop.expire();
  if (!stop.isStopped) return seen.throw(thrown);
  seen.thrown = thrown;
  seen.facts.stopped = true;
  return seen;
}

/**
 * One request of at most `ms` milliseconds, and its whole answer. Resolves, always. `body` is JSON text, a form or
 * undefined; `bytes` are those of its files.
 * @param {Call} call
 * @param {string} method
 * @param {string} url
 * @param {string | undefined} authorization
 * @param {string | FormData | undefined} body
 * @param {number} bytes
 * @param {Stop} stop
 * @param {number} ms
 */
export function exchange(call, method, url, authorization, body, bytes, stop, ms) {
  stop.begin(ms);
  const redirect = call.failsOnRedirect(bytes) ? "error" : "manual";
  // A plain object: building Headers would cost up to an eighth of a call.
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" };
  if (authorization !== undefined) headers.Authorization = authorization;
  // No Content-Type for a form: the runtime's own has the boundary.
  if (typeof body === "string") headers["Content-Type"] = "application/json";
  /** @type {Init} */
  const init = { method, redirect, headers, body };
  return within(call, () => request(call, url, init, stop));
}

/**
 * In the async context of the call's own.
 * @param {Pick<Call, "context">} call
 * @template T
 * @param {() => T} work
 * @returns {T | Promise<T>}
 */
function within(call, work) {
  return call.context ? call.context.run(work) : work();
}

/**
 * @param {Call} call
 * @param {string} url
 * @param {Init} init
 * @param {Stop} stop
 */
async function request(call, url, init, stop) {
  const seen = new Seen();
  const { facts } = seen;
  // Time passes, or the caller aborts, in what the caller does at an event; and a process can be stopped anywhere.
  if (stop.isLate()) stop.expire();
  if (stop.isStopped) {
    facts.stopped = facts.uncalled = true;
    return seen;
  }
  const watch = call.watch?.(stop, url, typeof init.body === "object");
  if (watch) init.dispatcher = watch;
  if (watch?.needsNoSignal) stop.whenStopped(() => watch.abort());
  else stop.lendSignal(init);
  let sending;
  let response;
  try {
    // Deno's fetch sends again what fails on a used connection, unless it cannot read the body twice. An empty one
    // costs a retry its Content-Length, and is worth it.
    if (globalThis.Deno && typeof init.body !== "object") init.body = new Blob([init.body ?? ""]);
    // As a function, not as a method: the runtime's own asks for that.
    const { fetch } = call;
    const send = () => {
      stop.isHandingOver = true;
      try {
        sending = fetch(url, /** @type {FetchInit} */ (init));
      } finally {
        stop.isHandingOver = false;
      }
      return stop.race(/** @type {Promise<Answer>} */ (sending), watch);
    };
    let answer = await send();
    // As its standard wants it, fetch would ask once more by itself; but without a copy of the body it cannot.
    if (watch?.isDirect && watch.status === MISDIRECTED && !stop.isStopped) {
      /** @type {Answer} */ (answer).body?.cancel().catch(() => {});
      answer = await send();
    }
    if (answer === stop.STOPPED) {
      facts.stopped = true;
    } else if (watch?.whole && answer === watch.whole) {
      response = answer;
      facts.status = watch.status;
      seen.answer(watch.whole);
    } else {
      response = answer;
      await readAnswer(seen, /** @type {Answer} */ (answer), stop, { call, watch });
    }
  } catch (thrown) {
    told(seen, thrown, stop);
  }
  if (stop.broken) {
    facts.stopped = false;
    seen.throw(stop.broken.thrown);
  }
  if (response) {
    // Something has answered: whatever else failed, a connection there was.
    if (facts.failed) facts.links = [];
  } else {
    await lookBack(seen, { call, watch, stop, sending });
  }
  if (facts.failed || facts.stopped) {
    facts.native = call.isNative();
    seen.isRuntimes = Boolean(facts.native || facts.brokenOff || watch?.isRuntimes(seen.thrown));
  }
  await watch?.end(facts);
  return seen;
}

/**
 * @param {Seen} seen
 * @param {Answer} response
 * @param {Stop} stop
 * @param {{ call: Call; watch: Watch | undefined }} by
 */
async function readAnswer(seen, response, stop, { call, watch }) {
  const { facts } = seen;
  facts.status = watch?.isDirect ? watch.status : statusOf(response);
  if (facts.status === undefined) return;
  const isError = facts.status < 200 || facts.status > 299;
  if (isError) seen.refuse(response.headers);
  const body = await stop.race(readBody(response, isError, call.isPage?.()));
  if (body === stop.STOPPED) facts.stopped = true;
  else if (typeof body.text === "string") seen.answer(body);
}

/**
 * What is known of a request that got no answer.
 * @param {Seen} seen
 * @param {{ call: Call; watch: Watch | undefined; stop: Stop; sending: unknown }} by
 */
async function lookBack(seen, { call, watch, stop, sending }) {
  const { facts } = seen;
  facts.page = call.isPage?.() ?? false;
  if (stop.broken) {
    facts.brokenOff = true;
    facts.own = watch?.isPending;
  } else if (facts.stopped) {
    if (!watch) return;
    if (watch.isDirect) {
      // The answer may have begun. Nobody else can have sent anything, whatever failed before.
      facts.status = watch.status;
      facts.own = true;
      return;
    }
    // Whether it was our signal that ended it: a wrapper may have taken that out.
    const thrown = seen.thrown ?? (await Promise.race([reasonOf(sending), call.turn()]));
    facts.own = watch.isOwn(thrown) || watch.isStoppedBy(stop.signal?.reason, thrown);
  } else if (watch) {
    const redirect = watch.freshRedirect;
    facts.own = watch.isOwn(seen.thrown);
    if (redirect) {
      facts.redirect = redirect.status;
      facts.location = redirect.location;
    }
  }
}

/**
 * What a promise is rejected with, if it is.
 * @param {unknown} promise
 */
function reasonOf(promise) {
  return Promise.resolve(promise).then(
    () => undefined,
    (thrown) => thrown,
  );
}

/**
 * A response's status, or undefined if this is none; 0 is a redirect that a browser hides.
 * @param {Answer} response
 */
function statusOf(response) {
  if (typeof response !== "object" || response === null) return undefined;
  if (response.type === "opaqueredirect") return 0;
  const { status } = response;
  return Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
}

/**
 * The body's text: of an error its first 64 KiB, of a message all of it, unless it is `tooLong` for one. Chromium notes a
 * request as broken off whose answer is read piece by piece, to its end as well, so in a page a message is read whole.
 * @param {Answer} response
 * @param {boolean} isError
 * @param {boolean | undefined} isPage
 */
async function readBody(response, isError, isPage) {
  if (response.type === "opaqueredirect") return { text: "" };
  const most = isError ? KEPT_BYTES : MOST_BYTES;
  if (typeof response.body?.getReader !== "function" || (!isError && (isPage || isShort(response.headers)))) {
    const text = await response.text();
    return { text, tooLong: !isError && text?.length > most };
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  while (bytes <= most) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode() };
    const kept = isError ? value.subarray(0, most - bytes) : value;
    // A stream of nothing but empty chunks has an end, too.
    bytes += kept.byteLength || 1;
    text += decoder.decode(kept, { stream: true });
    if (isError && bytes >= most) break;
  }
  // The connection is given up with the rest of the page; nobody waits for that.
  reader.cancel().catch(() => {});
  return { text, tooLong: !isError };
}

/**
 * Whether an answer says that it is short, and is not packed: then the runtime's own reading is the fastest.
 * @param {Headed} headers
 */
function isShort(headers) {
  try {
    return (
      Number(headers.get("content-length") ?? MOST_BYTES) < MOST_BYTES && !headers.get("content-encoding")
    );
  } catch {
    return false;
  }
}

/** The first 64 KiB of a text. */
function keep(text = "") {
  if (text.length <= KEPT_BYTES / 4) return text;
  const bytes = new TextEncoder().encode(text);
  if (bytes.byteLength <= KEPT_BYTES) return text;
  return new TextDecoder().decode(bytes.subarray(0, KEPT_BYTES), { stream: true });
}

/**
 * Headers of the runtime's own, to keep, whatever implementation the response came from.
 * @param {Headed} headers
 */
function realHeaders(headers) {
  const copy = new Headers();
  try {
    let left = MOST_HEADERS;
    // One by one, since a stranger's may have no end.
    for (const [name, value] of /** @type {Iterable<[string, string]>} */ (
      headers[Symbol.iterator] ? headers : Object.entries(headers)
    )) {
      copy.append(name, value);
      if (!left--) break;
    }
  } catch {
    // What could be read of them is kept.
  }
  return copy;
}

/**
 * What a thrown value says of itself, outermost first: `{ code, syscall, message, errors? }`.
 * @param {unknown} thrown
 */
function errorLinks(thrown) {
  /** @type {Link[]} */
  const links = [];
  let error = /** @type {{ errors?: unknown; cause?: unknown } | null | undefined} */ (thrown);
  try {
    while (links.length < LINKS && typeof error === "object" && error !== null) {
      const link = describeError(error);
      if (Array.isArray(error.errors)) link.errors = describeMembers(error.errors);
      links.push(link);
      error = /** @type {object | undefined} */ (error.cause);
    }
  } catch {
    // A getter that throws proves nothing.
  }
  return links;
}

/**
 * A list of our own: a stranger's may give anything when it is asked for a part of itself.
 * @param {Iterable<unknown>} errors
 */
function describeMembers(errors) {
  const members = [];
  for (const error of errors) {
    if (members.push(describeError(error)) >= MEMBERS) break;
  }
  return members;
}

/** @param {unknown} error */
function describeError(error) {
  /** @type {Link} */
  const link = {};
  for (const key of /** @type {const} */ (["code", "syscall", "message"])) {
    const value = /** @type {Record<string, unknown> | null | undefined} */ (error)?.[key];
    if (typeof value === "string" && value.length <= 1000) link[key] = value;
  }
  return link;
}
