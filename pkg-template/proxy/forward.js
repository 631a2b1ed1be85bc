// One request to LiveDesk, and what came of it. Nothing here throws.

import { isNative } from "../host/platform.js";
import { canLookOn, Onlooker } from "./onlooker.js";

/**
 * @import { Result } from "./answer.js"
 * @import { Form } from "./body.js"
 * @import { Secrets } from "./secrets.js"
 */

/** So long nothing may happen, neither on the way there nor back. */
const IDLE_MS = 120_000;
/** The largest answer that is a message; LiveDesk's have some thousand bytes. */
const MOST_BYTES = 1024 * 1024;
/** How much of an error's body goes to the page. */
const ERROR_BYTES = 64 * 1024;
/** What comes before the first byte, where fetch says so: Bun, and Node without an onlooker. */
const CONNECTING = ["connect", "getaddrinfo"];
const LINKS = 5;

/**
 * Resolves to what `passOn` takes, with `again` where it is proven that nothing was stored. `form` streams, or `bytes`.
 * @param {{ fetch: typeof globalThis.fetch | undefined, url: string, headers: Record<string, string>, form: Form | undefined, bytes: Uint8Array<ArrayBuffer> | undefined, secrets: Secrets }} request
 * @returns {Promise<Result>}
 */
export async function forward({ fetch, url, headers, form, bytes, secrets }) {
  const sending = new Sending(fetch);
  try {
    const response = await sending.fetch(url, headers, form, bytes);
    return await readAnswer(response, sending, secrets);
  } catch (thrown) {
    return sending.failed(thrown);
  } finally {
    sending.end();
  }
}

class Sending {
  #fetch;
  #native;
  #onlooker;
  #controller = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #isOver = false;

  /** @param {typeof globalThis.fetch | undefined} fetch */
  constructor(fetch) {
    // Looked up at each request, so that a tracer may replace it at any time.
    this.#fetch = fetch ?? globalThis.fetch;
    this.#native = isNative(this.#fetch);
    this.#onlooker = canLookOn() ? new Onlooker() : undefined;
    this.moves();
  }

  /** Something happened: time begins anew. */
  moves() {
    clearTimeout(this.#timer);
    // What is left of a form is read after the end, too.
    if (this.#isOver) return;
    this.#timer = setTimeout(() => {
      this.#onlooker?.end();
      this.#controller.abort(new Error("LiveDesk does not answer"));
    }, IDLE_MS);
  }

  end() {
    this.#isOver = true;
    this.#onlooker?.end();
    clearTimeout(this.#timer);
  }

  /**
   * @param {string} url
   * @param {Record<string, string>} headers
   * @param {Form | undefined} form
   * @param {Uint8Array<ArrayBuffer> | undefined} bytes
   */
  async fetch(url, headers, form, bytes) {
    const fetch = this.#fetch;
    /** @type {RequestInit & { dispatcher?: unknown }} */
    const init = { method: "POST", headers, redirect: "manual", signal: this.#controller.signal };
    if (this.#onlooker) init.dispatcher = this.#onlooker;
    if (form) Object.assign(init, { body: streamOf(form, headers, () => this.moves()), duplex: "half" });
    // Deno's fetch sends again what fails on a used connection, unless it cannot read the body twice.
    else if ("Deno" in globalThis) init.body = new Blob([bytes ?? ""]);
    else if (bytes) init.body = bytes;
    // Node's fetch would keep a second copy of a stream; the onlooker tells a redirect all the same.
    if (form && this.#native && this.#onlooker) init.redirect = "error";
    const response = await fetch(url, init);
    this.moves();
    return response;
  }

  /**
   * @param {unknown} thrown
   * @returns {Result}
   */
  failed(thrown) {
    const redirect = this.#native ? this.#onlooker?.redirect : undefined;
    if (redirect) return { is: "answered", status: redirect, type: "text/plain; charset=utf-8", body: "" };
    return this.#isUnsent(thrown) ? { is: "not_connected", again: true } : { is: "lost" };
  }

  /**
   * Whether it is proven that LiveDesk has nothing of it, and will have nothing.
   * @param {unknown} thrown
   */
  #isUnsent(thrown) {
    if (!this.#native) return false;
    if (this.#onlooker) return this.#onlooker.isUnsent;
    return linksOf(thrown).some(({ syscall }) => CONNECTING.includes(String(syscall)));
  }

  /** Whether nothing else was sent, by a wrapper of fetch, besides what was answered. */
  get wasAlone() {
    return this.#onlooker?.isAlone ?? true;
  }
}

/**
 * In Cloudflare's runtime only a stream of this kind keeps its Content-Length.
 * @param {Form} form
 * @param {Record<string, string>} headers
 * @param {() => void} moves
 */
function streamOf(form, headers, moves) {
  const length = Number(headers["Content-Length"]);
  const { FixedLengthStream } =
    /** @type {{ FixedLengthStream?: new (length: number) => TransformStream<Uint8Array, Uint8Array> }} */ (
      /** @type {unknown} */ (globalThis)
    );
  if (typeof FixedLengthStream !== "function" || !(length >= 0)) return form.stream(moves);
  const { readable, writable } = new FixedLengthStream(length);
  // A failure shows where the other end is read.
  form
    .stream(moves)
    .pipeTo(writable)
    .catch(() => {});
  return readable;
}

/**
 * @param {Response} response
 * @param {Sending} sending
 * @param {Secrets} secrets
 * @returns {Promise<Result>}
 */
async function readAnswer(response, sending, secrets) {
  const { status } = response;
  if (!(status >= 200 && status <= 599)) return { is: "lost" };
  const isError = status > 299;
  const isJson = /^application\/(?:[\w.+-]+\+)?json\b/i.test(response.headers.get("content-type") ?? "");
  // An error page of a gateway is text: it must not run as a page of the site that the proxy is in.
  const type = isJson ? "application/json" : "text/plain; charset=utf-8";
  const about = {
    status,
    type,
    retryAfter: secrets.header(response.headers.get("retry-after")) ?? undefined,
    requestId: secrets.header(response.headers.get("x-request-id")) ?? undefined,
  };
  let text;
  try {
    text = await readText(response, isError ? ERROR_BYTES : MOST_BYTES, isError, () => sending.moves());
  } catch {
    return { is: "cut", ...about, body: "" };
  }
  if (text === undefined) return { is: "too_long", ...about, body: "" };
  const again = (status === 429 || status === 425) && !saysBroken(text) && sending.wasAlone;
  return { is: "answered", ...about, body: secrets.body(text, isJson), again: again || undefined };
}

/**
 * Of an error its beginning; undefined for anything else that is too long.
 * @param {Response} response
 * @param {number} most
 * @param {boolean} isError
 * @param {() => void} moves
 */
async function readText({ body }, most, isError, moves) {
  if (!body) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let left = most;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    moves();
    text += decoder.decode(value.subarray(0, left), { stream: true });
    // A stream of nothing but empty pieces has an end, too.
    left -= value.byteLength || 1;
    if (left > 0) continue;
    reader.cancel().catch(() => {});
    return isError ? text : undefined;
  }
}

/**
 * Whether a page of another status says inside that LiveDesk broke down.
 * @param {string} text
 */
function saysBroken(text) {
  try {
    const { status } = JSON.parse(text) ?? {};
    return status >= 500 && status <= 599;
  } catch {
    return false;
  }
}

/** @param {unknown} thrown */
function linksOf(thrown) {
  /** @type {{ cause?: unknown, syscall?: unknown }[]} */
  const links = [];
  try {
    let link = /** @type {{ cause?: unknown, syscall?: unknown } | null} */ (thrown);
    while (typeof link === "object" && link !== null && links.push(link) < LINKS)
      link = /** @type {typeof link} */ (link.cause);
    return links.map(({ syscall }) => ({ syscall }));
  } catch {
    // A getter that throws proves nothing.
    return [];
  }
}
