// What the Rust boundary asks of the runtime. Nothing here throws into Rust, and nothing decides: whether
// to wait, to try again or to give up is the retry policy's, in Rust.
//
// It imports its neighbours alone, since Rust's own tests take those along; what it needs of the package comes with the call.

import { within } from "./ahead.js";
import { KEPT_BYTES, Seen, told } from "./seen.js";

/** The largest answer that is read as a message; LiveDesk's have some thousand bytes. */
const MOST_BYTES = 1024 * 1024;
/** It was sent to the wrong server, and nothing was done with it. */
const MISDIRECTED = 421;

/** @import { Call } from "../call/call.js" */
/** @import { Stop } from "./stop.js" */
/** @import { Watch } from "./watch.js" */
/** @import { Headed } from "./seen.js" */
/** @import { FetchInit } from "../types/runtime.js" */
/** An answer of whoever's fetch. @typedef {Omit<Response, "headers"> & { headers: Headed }} Answer */
/** What a request is made with. @typedef {{ method: string; redirect: "error" | "manual"; headers: Record<string, string>; body: string | FormData | Blob | undefined; signal?: AbortSignal; dispatcher?: Watch }} Init */

/** Milliseconds on a clock that never jumps. */
export function now() {
  return performance.now();
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
