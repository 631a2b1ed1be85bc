// What the Rust boundary asks of the runtime. Nothing here throws into Rust, and nothing decides: whether
// to wait, to try again or to give up is the retry policy's, in Rust.

import { cleanCopy } from "./cause.js";
import { redactFor } from "./secrets.js";

/** How much of an error's body is kept. */
const KEPT_BYTES = 64 * 1024;
/** From this size on, Node's copy of a request body (see `failsOnRedirect`) would be felt. */
const LARGE_BODY_BYTES = 1024 * 1024;
/** More headers than any answer has. */
const MOST_HEADERS = 1000;
/** How many links of a cause chain are looked at. */
const LINKS = 5;

/** Milliseconds on a clock that never jumps. */
export function now() {
  return performance.now();
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

  /** What an error about it carries; what others wrote of it, and a reader sees, is redacted. */
  extras(call, authorization) {
    const headers = this.#headers;
    const { failed, native } = this.facts;
    const texts = [headers?.get("x-request-id") ?? ""];
    if (native) cleanCopy(this.#thrown, (text) => String(texts.push(text)));
    const [requestId, ...redacted] = redactFor(call, authorization, texts);
    const extras = { headers, requestId: requestId || undefined, sent: this.value };
    extras.body = headers ? this.facts.body : keep(this.#text);
    if (failed) extras.cause = native ? cleanCopy(this.#thrown, () => redacted.shift() ?? "") : this.#thrown;
    return extras;
  }
}

/** What tells a message from other answers, and a failed one; the caller gets all of it. */
function essence(answer) {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) return undefined;
  const { id, status, content_attributes } = answer;
  return { id, status, content_attributes };
}

/** Something the runtime threw outside of a request. */
export function seenThrown(thrown) {
  const seen = new Seen();
  seen.facts.native = true;
  return seen.throw(thrown);
}

/** Asks the caller's `authorization` function. Resolves, always. */
export async function authorize(ask, stop) {
  const seen = new Seen();
  try {
    const value = await stop.race(Promise.resolve().then(() => ask()));
    if (value === stop.STOPPED) seen.facts.stopped = true;
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
  // What the caller's own fetch throws stays as it was thrown.
  facts.native = fetch === globalThis.fetch;
  let response;
  try {
    // Deno's fetch sends again what fails on a used connection, unless it cannot read the body twice. An empty one
    // costs a retry its Content-Length, and is worth it.
    if (globalThis.Deno && typeof init.body !== "object") init.body = new Blob([init.body ?? ""]);
    response = await stop.race(fetch(url, init));
    if (response === stop.STOPPED) {
      facts.stopped = true;
      return seen;
    }
    facts.status = statusOf(response);
    if (facts.status === undefined) return seen;
    const isError = facts.status < 200 || facts.status > 299;
    if (isError) seen.refuse(response.headers);
    const text = await stop.race(readBody(response, isError));
    if (text === stop.STOPPED) facts.stopped = true;
    else if (typeof text === "string") seen.answer(text);
    return seen;
  } catch (thrown) {
    seen.throw(thrown, stop);
    // Something has answered: whatever else failed, a connection there was.
    if (response) facts.links = [];
    else if (thrown instanceof UnknownForm) facts.unsent = true;
    return seen;
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
    // A stream of nothing but empty chunks has an end, too.
    bytes += kept.byteLength || 1;
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
  const copy = new Headers();
  try {
    let left = MOST_HEADERS;
    // One by one, since a stranger's may have no end.
    for (const [name, value] of headers[Symbol.iterator] ? headers : Object.entries(headers)) {
      copy.append(name, value);
      if (!left--) break;
    }
  } catch {
    // What could be read of them is kept.
  }
  return copy;
}

/**
 * Whether fetch is to fail on a redirect rather than show it. Showing it lets a 3xx be read; but Node's fetch
 * then keeps a second copy of the body while it is sent, 1.1 GB for a file of 1 GiB, so large ones go
 * without, and what that throws is recognised. workerd cannot fail on one, even where it calls itself Node.
 */
export function failsOnRedirect(bytes) {
  const { Deno, navigator, process } = globalThis;
  const node = process?.versions?.node && !process.versions.bun && !Deno;
  return Boolean(node && navigator?.userAgent !== "Cloudflare-Workers" && bytes >= LARGE_BODY_BYTES);
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

class UnknownForm extends TypeError {}

/** A fetch that asks a form for its text does not know it, and would send "[object FormData]" in its place. */
function refuseForm() {
  throw new UnknownForm(
    "this fetch takes a form for text, so it does not know this FormData; give the runtime's own",
  );
}

/**
 * Adds a file to the form, labelled with its type; its bytes are not copied. Its name is escaped as the standard
 * asks forms to: workerd writes it as it is, and a line break in it would end the part's header.
 */
export function addFile(form, field, blob, type, name) {
  form.toString = refuseForm;
  const part = blob.type === type ? blob : blob.slice(0, blob.size, type);
  form.append(field, part, name.replace(/[\r\n"]/g, encodeURIComponent));
}
