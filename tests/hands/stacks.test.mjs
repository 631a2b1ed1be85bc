// The stack of every class of error names the function and the line that called.

import assert from "node:assert/strict";
import test from "node:test";
import { caught } from "../lib/assertions.mjs";
import { CREDENTIALS, livedesk } from "../lib/package.mjs";

const answering = (status, body) => () => new Response(body, { status });
const hanging = (_, { signal }) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
const HELLO = { content: "Hello" };

/** [class of error, what is sent, the client's fetch, request options] */
const ENDINGS = [
  ["ValidationError", { content: "" }, hanging],
  ["ValidationError", HELLO, hanging, { timeuot: 1 }],
  ["ApiError", HELLO, answering(404, "{}")],
  ["ApiError", HELLO, answering(500, "<html>")],
  ["ConnectionError", HELLO, () => Promise.reject(new TypeError("Failed to fetch"))],
  ["TimeoutError", HELLO, hanging, { timeout: 20, maxRetries: 0 }],
  ["AbortError", HELLO, hanging, { signal: AbortSignal.abort() }],
  ["ResponseError", HELLO, answering(200, "<html>")],
  ["DeliveryError", HELLO, answering(200, '{"id":29,"status":"failed"}')],
];

const optionsOf = (fetch) => ({ ...CREDENTIALS, baseUrl: "https://livedesk.invalid", fetch });

async function announceByMethod(desk, message, options) {
  return await desk.sendText(141, message, options);
}

async function announceByFunction(desk, message, options) {
  return await livedesk.sendText(desk, 141, message, options);
}

async function announceToAll(desk, message, options) {
  return await Promise.all([desk.sendText(141, message, options)]);
}

async function announceFromAFunctionThatOnlyReturns(desk, message, options) {
  const send = () => desk.sendText(141, message, options);
  return await send();
}

const CALLERS = [announceByMethod, announceByFunction, announceToAll, announceFromAFunctionThatOnlyReturns];

for (const [name, message, fetch, options] of ENDINGS) {
  for (const caller of CALLERS) {
    test(`the stack of a ${name} names ${caller.name} and its line`, async () => {
      const desk = new livedesk.LiveDesk(optionsOf(fetch));
      const error = await caught(caller(desk, message, options));
      assert.equal(error.name, name);
      assert.match(
        error.stack,
        new RegExp(`at (async )?${caller.name} \\(.*stacks\\.test\\.mjs:\\d+:\\d+\\)`),
      );
      assert.doesNotMatch(error.stack, /wasm/);
      assert.ok(error.stack.startsWith(`${name}: ${error.message}`), error.stack);
    });
  }
}

test("validate and explainFailure name their callers, too", async () => {
  async function check() {
    return await livedesk.validate("letter", {});
  }
  assert.match((await caught(check())).stack, /at (async )?check .*stacks\.test\.mjs:\d+/);
});

test("bad options name the line that made the client", () => {
  function makeClient() {
    return new livedesk.LiveDesk({ ...CREDENTIALS, timeout: "soon" });
  }
  assert.throws(makeClient, (error) => /at makeClient .*stacks\.test\.mjs:\d+/.test(error.stack));
});
