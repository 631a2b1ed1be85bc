// How calls to the real server end, in rotation; each makes exactly one request. The server knows the same
// table, and finds a call's place in it by its conversation.

import * as answers from "./answers.mjs";
import * as expected from "./expected.mjs";

/**
 * `held` are calls that the caller aborts once the server has the whole request, so that it is sure to have
 * come; `begins` is the part of an answer that the server sends first.
 */
const REAL_ENDINGS = [
  { expects: expected.SENT, answer: answers.MESSAGE_SENT },
  { expects: expected.SENT, answer: answers.MESSAGE_SENT },
  { expects: expected.REJECTED, answer: answers.INVALID },
  { expects: expected.SERVER_ERROR, answer: answers.BROKEN },
  // Its end is not read, which costs the connection.
  { expects: expected.SERVER_ERROR, answer: answers.BAD_GATEWAY },
  { expects: expected.UNREADABLE, answer: answers.NO_MESSAGE },
  { expects: expected.UNDELIVERED, answer: answers.NOT_DELIVERED },
  { expects: expected.ABORTED_UNDER_WAY, held: true },
  { expects: expected.ABORTED_UNDER_WAY, held: true, begins: '{"id":1,"sta' },
];
const KINDS = 4;

/** How the call of that number is to end. */
export function realEnding(index) {
  return REAL_ENDINGS[Math.floor(index / KINDS) % REAL_ENDINGS.length];
}
