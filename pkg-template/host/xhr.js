// A page's own upload with XMLHttpRequest, which alone tells how far it is. To the engine it is a fetch.

/** @import { FetchInit, FetchLike } from "../types/runtime.js" */
/** @import { Progress } from "./progress.js" */

/** The largest answer that is read; LiveDesk's have some thousand bytes. */
const MOST_BYTES = 1024 * 1024;
/** Responses with these have no body. */
const BODILESS = [204, 205, 304];

/**
 * A fetch of forms by XMLHttpRequest; all else goes to `own`. It follows redirects, as nobody can keep it from, so an answer
 * from another address is none: what became of the message there is not known.
 * @param {FetchLike} own
 * @param {Progress} progress
 * @param {number} files bytes
 * @returns {FetchLike}
 */
export function uploadBy(own, progress, files) {
  return (url, init) => (init.body instanceof FormData ? upload(url, init, progress, files) : own(url, init));
}

/**
 * @param {string} url
 * @param {FetchInit} init
 * @param {Progress} progress
 * @param {number} files
 * @returns {Promise<Response>}
 */
function upload(url, { method, headers, body: form, signal }, progress, files) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const target = new URL(url, globalThis.location?.href);
    target.hash = "";
    /** @type {ReadableStreamDefaultController<Uint8Array> | undefined} */
    let body;
    const fail = (/** @type {unknown} */ thrown) => {
      reject(thrown);
      body?.error(thrown);
    };
    const finish = () => {
      body?.enqueue(new TextEncoder().encode(xhr.responseText));
      body?.close();
      body = undefined;
    };
    const abort = () => {
      xhr.abort();
      fail(signal.reason);
    };
    xhr.upload.onprogress = ({ loaded, total }) => progress.reach(loaded - Math.max(0, total - files));
    xhr.upload.onload = () => progress.handedOver();
    xhr.onreadystatechange = () => {
      if (xhr.readyState !== XMLHttpRequest.HEADERS_RECEIVED) return;
      if (xhr.responseURL !== target.href) return fail(new TypeError("a redirect was followed"));
      const stream = new ReadableStream({
        start: (controller) => {
          body = controller;
        },
      });
      try {
        resolve(answerOf(xhr, stream));
      } catch (thrown) {
        fail(thrown);
      }
    };
    xhr.onprogress = ({ loaded }) => {
      if (loaded <= MOST_BYTES) return;
      finish();
      xhr.abort();
    };
    xhr.onload = finish;
    xhr.onerror = () => fail(new TypeError("the request failed, or its answer broke off"));
    xhr.onloadend = () => signal.removeEventListener("abort", abort);
    xhr.open(method, target.href);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    signal.addEventListener("abort", abort);
    if (signal.aborted) reject(signal.reason);
    else xhr.send(/** @type {FormData} */ (form));
  });
}

/**
 * @param {XMLHttpRequest} xhr
 * @param {ReadableStream<Uint8Array>} stream
 */
function answerOf(xhr, stream) {
  const { status } = xhr;
  const headers = new Headers();
  for (const line of xhr.getAllResponseHeaders().trim().split("\r\n")) {
    const at = line.indexOf(":");
    if (at > 0) headers.append(line.slice(0, at), line.slice(at + 1).trim());
  }
  return new Response(BODILESS.includes(status) ? null : stream, { status, headers });
}
