// How calls end whose fetch is a function of this process, in rotation: `answer(init, call)` is that fetch.

import * as answers from "./answers.mjs";
import * as expected from "./expected.mjs";

const REASON = new Error("changed my mind");

const respond = (answer) => new Response(answer[1], { status: answer[0], headers: answer[2] });
const answering = (answer) => async () => respond(answer);
/** That answer first, then a message. */
const firstOf = (first) => (init, call) =>
  call.requests === 1 ? first(init) : respond(answers.MESSAGE_SENT);

/** Never answers, and ends with its signal, as a real fetch does. */
function silent({ signal }) {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** Never answers, and does not hear its signal either. */
function deaf() {
  return new Promise(() => {});
}

/** Begins its answer, and never ends it. */
function stalling() {
  const begin = (stream) => stream.enqueue(new TextEncoder().encode('{"id":1,"sta'));
  return Promise.resolve(new Response(new ReadableStream({ start: begin }), { status: 200 }));
}

/** The caller gives up as soon as the request is under way. */
function abortedIn(fetch) {
  return (init, call) => {
    queueMicrotask(() => call.controller.abort(REASON));
    return fetch(init);
  };
}

function notConnected() {
  const refused = Object.assign(new Error("connect ECONNREFUSED"), {
    code: "ECONNREFUSED",
    syscall: "connect",
  });
  return Promise.reject(new TypeError("fetch failed", { cause: refused }));
}

function throwing() {
  throw new TypeError("this fetch is broken");
}

/**
 * `requests` is how many the call makes; `desk` is the client it needs, where it needs a certain one;
 * `pauses` where all other calls of its client would wait with it, so that it has one of its own;
 * `isHasty` where time may be over before a request; `signal` is `own` where the call itself aborts, or `aborted`; `onRetry` runs when it begins to wait.
 */
export const STUB_ENDINGS = [
  { expects: expected.SENT, requests: 1, answer: answering(answers.MESSAGE_SENT) },
  {
    expects: expected.SENT,
    requests: 1,
    // Later than everything that is ready, so that all calls are under way at once.
    answer: () => new Promise((resolve) => setImmediate(() => resolve(respond(answers.MESSAGE_SENT)))),
  },
  { expects: expected.REFUSED, requests: 0, isBad: true },
  { expects: expected.REJECTED, requests: 1, answer: answering(answers.INVALID) },
  { expects: expected.SERVER_ERROR, requests: 1, answer: answering(answers.BROKEN) },
  { expects: expected.SERVER_ERROR, requests: 1, answer: answering(answers.BAD_GATEWAY) },
  { expects: expected.SENT, requests: 2, pauses: true, answer: firstOf(answering(answers.TRY_AT_ONCE)) },
  // A fetch of the caller's own proves nothing by what it throws.
  { expects: expected.LOST, requests: 1, answer: firstOf(notConnected) },
  { expects: expected.UNREADABLE, requests: 1, answer: answering(answers.NO_MESSAGE) },
  { expects: expected.UNDELIVERED, requests: 1, answer: answering(answers.NOT_DELIVERED) },
  { expects: expected.ABORTED_BEFORE, requests: 0, signal: "aborted" },
  { expects: expected.ABORTED_UNDER_WAY, requests: 1, signal: "own", answer: abortedIn(silent) },
  { expects: expected.ABORTED_UNDER_WAY, requests: 1, signal: "own", answer: abortedIn(deaf) },
  { expects: expected.ABORTED_UNDER_WAY, requests: 1, signal: "own", answer: abortedIn(stalling) },
  {
    expects: expected.ABORTED_BEFORE,
    requests: 1,
    signal: "own",
    desk: "asking",
    pauses: true,
    answer: answering(answers.TRY_LATER),
    onRetry: (call) => queueMicrotask(() => call.controller.abort(REASON)),
  },
  { expects: expected.TIMED_OUT, requests: 1, isHasty: true, options: { timeout: 1 }, answer: silent },
  { expects: expected.TIMED_OUT, requests: 1, isHasty: true, options: { timeout: 1 }, answer: deaf },
  { expects: expected.TIMED_OUT, requests: 1, isHasty: true, options: { timeout: 1 }, answer: stalling },
  {
    expects: expected.ALL_TIME_OUT,
    requests: 1,
    isHasty: true,
    options: { totalTimeout: 1 },
    answer: silent,
  },
  { expects: expected.LOST, requests: 1, answer: throwing },
  { expects: expected.NOT_ASKED, requests: 0, desk: "failing" },
];
