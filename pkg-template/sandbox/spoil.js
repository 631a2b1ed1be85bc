// Answers that go wrong after the message was stored.

import { jsonText } from "./responses.js";
import { onAbort } from "./wait.js";

/**
 * Half of the body, then a broken connection.
 * @param {unknown} body
 */
export function cutAnswer(body) {
  let isStarted = false;
  const stream = new ReadableStream({
    // Error() throws away what was not read yet, so it waits for the next pull.
    pull(controller) {
      if (isStarted) controller.error(new TypeError("terminated"));
      else controller.enqueue(firstHalf(body));
      isStarted = true;
    },
  });
  return jsonText(200, stream);
}

/**
 * Half of the body, then nothing until the request is aborted.
 * @param {unknown} body
 * @param {Request} request
 */
export function stalledAnswer(body, request) {
  /** @type {() => void} */
  let release;
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(firstHalf(body));
      release = onAbort(request, (reason) => controller.error(reason));
    },
    cancel: () => release(),
  });
  return jsonText(200, stream);
}

/** No answer at all: only an abort ends the wait. */
export function noAnswer() {
  return new Promise(() => {});
}

/** @param {unknown} body */
function firstHalf(body) {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  return bytes.slice(0, Math.floor(bytes.length / 2));
}
