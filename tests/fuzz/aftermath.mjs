// What no value may leave behind.

import assert from "node:assert/strict";
import { inspect } from "node:util";
import { clientOf } from "../lib/package.mjs";

const AsyncFunction = (async () => {}).constructor;
const OWNERS = [
  ...[
    Object,
    Function,
    Array,
    String,
    Number,
    Boolean,
    Symbol,
    BigInt,
    RegExp,
    Date,
    Error,
    Promise,
    Map,
    Set,
  ],
  ...[
    ArrayBuffer,
    Uint8Array,
    DataView,
    Proxy,
    AsyncFunction,
    Blob,
    File,
    Headers,
    Response,
    AbortSignal,
    URL,
  ],
].flatMap((type) => [type, type.prototype ?? Reflect]);

const state = () =>
  OWNERS.map((owner) => {
    const names = Reflect.ownKeys(owner);
    return names.flatMap((name) => {
      const { value, get, set } = Reflect.getOwnPropertyDescriptor(owner, name);
      return [name, value, get, set];
    });
  });
const isSame = (one, other) =>
  one.length === other.length && one.every((part, at) => Object.is(part, other[at]));
const before = state();

/** Nothing was added to, taken from or changed in what all code of a process shares. */
export function assertPristine() {
  const changed = state().findIndex((now, index) => !isSame(now, before[index]));
  assert.ok(changed < 0, `${inspect(OWNERS[changed], { depth: 0 })} was changed`);
  assert.equal({}.polluted, undefined);
}

const unexpected = [];
process.on("unhandledRejection", (reason) => unexpected.push(["unhandledRejection", reason]));
process.on("uncaughtException", (error) => unexpected.push(["uncaughtException", error]));

/** Nothing went unhandled; Node tells of it once all that was ready has run. */
export async function assertQuiet() {
  await new Promise((resolve) => setImmediate(resolve));
  const [first] = unexpected.splice(0);
  assert.ok(!first, `${first?.[0]}: ${first?.[1]?.stack}`);
}

const desk = clientOf("https://livedesk.invalid", {
  fetch: (_, { body }) => new Response(`{"id":17,"status":"sent","content":${JSON.parse(body).content}}`),
});
let count = 0;

/** A call as anybody makes it, whose answer is its own. */
export async function assertGoodCall() {
  count += 1;
  const message = await desk.sendText(141, { content: String(count) });
  assert.deepEqual(message, { id: 17, status: "sent", content: count });
}
