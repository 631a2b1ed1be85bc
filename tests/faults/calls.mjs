// The calls that meet the faults, and how they end.

import assert from "node:assert/strict";
import { CREDENTIALS } from "../lib/package.mjs";

const AUTHORIZATION = `Basic ${btoa(`${CREDENTIALS.apiKey}:${CREDENTIALS.apiSecret}`)}`;
const SETTLED_MS = 15_000;
/** What the server gets after the call has ended counts too. */
const AFTERMATH_MS = 20;
/** From 1 MiB on, Node's fetch is asked to fail on a redirect. */
const LARGE_BYTES = 1280 * 1024;

const template_params = { name: "order_update", language: "en_US" };
const small = new File(["bytes"], "a.txt", { type: "text/plain" });
const large = { data: new Uint8Array(LARGE_BYTES), name: "large.bin" };

/** Every kind of call: what it is in a test's name, and how it is made. */
export const CALLS = [
  ["a text", (desk, options) => desk.sendText(141, { content: "Hello" }, options)],
  ["an attachment", (desk, options) => desk.sendAttachments(141, { attachments: [small] }, options)],
  ["a template", (desk, options) => desk.sendTemplate(141, { content: "Hello", template_params }, options)],
  ["a retry", (desk, options) => desk.retryMessage(141, 29, options)],
  ["a large attachment", (desk, options) => desk.sendAttachments(141, { attachments: [large] }, options)],
].map(([what, send]) => ({ what, send, isLarge: what === "a large attachment" }));

/** What became of a call: `{ message }` or `{ error }`. A call that never settles fails the test. */
export async function settled(call) {
  let timer;
  const guard = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not settled after ${SETTLED_MS} ms`)), SETTLED_MS);
  });
  const ending = call.then(
    (message) => ({ message }),
    (error) => ({ error }),
  );
  const result = await Promise.race([ending, guard]).finally(() => clearTimeout(timer));
  await new Promise((resolve) => setTimeout(resolve, AFTERMATH_MS));
  return result;
}

/** Every request the server saw is the one that was meant, with the credentials. */
export function assertRequests(seen, count) {
  assert.equal(seen.requests.length, count, "requests");
  for (const { method, path, headers } of seen.requests) {
    assert.equal(method, "POST");
    assert.match(path, /^\/api\/v2\/accounts\/conversations\/141\/messages(\/29\/retry)?$/);
    assert.equal(headers.authorization, AUTHORIZATION);
  }
}

/** A server that nobody was to turn to, with credentials or without. */
export function assertUntouched(other) {
  const authorizations = other.requests.map(({ headers }) => headers.authorization);
  assert.deepEqual(
    { connections: other.connections, authorizations },
    { connections: 0, authorizations: [] },
  );
}

/** Takes the jitter out of the client's waits: all of the wait that is not asked for is 0 then. */
export function withoutJitter({ before, after }) {
  const { random } = Math;
  before(() => {
    Math.random = () => 0;
  });
  after(() => {
    Math.random = random;
  });
}

/** `once`, `twice`, `3 times`. */
export function times(count) {
  return ["never", "once", "twice"][count] ?? `${count} times`;
}
