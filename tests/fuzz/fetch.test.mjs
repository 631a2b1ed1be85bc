// The caller's own functions: fetch, authorization, onEvent and the signal, which give and throw anything.

import assert from "node:assert/strict";
import fc from "fast-check";
import { livedesk } from "../lib/package.mjs";
import { BASE_URL, callUnderFire, goodAnswer, LIMITS } from "./calls.mjs";
import { fuzzing } from "./harness.mjs";
import { anyValue, define } from "./values.mjs";
import { way } from "./ways.mjs";

const { fuzz, countThrown } = fuzzing("fetch");
const message = { content: "Hello" };
const send = (options, requestOptions) =>
  livedesk.sendText({ baseUrl: BASE_URL, ...LIMITS, ...options }, 141, message, requestOptions);

/** Where nothing is meant to hang: the events of a whole batch take their time, and that counts. */
const PATIENT = { timeout: 10_000, totalTimeout: 20_000 };

/** Whether somewhere in it there is what a runtime says of a connection that never came about. */
function provesNoConnection(thrown, links = 6) {
  try {
    if (links === 0 || typeof thrown !== "object" || thrown === null) return false;
    const { code, syscall, cause, errors } = thrown;
    if (["connect", "getaddrinfo"].includes(syscall) || code === "UND_ERR_CONNECT_TIMEOUT") return true;
    return [cause, ...(Array.isArray(errors) ? errors : [])].some((next) =>
      provesNoConnection(next, links - 1),
    );
  } catch {
    return false;
  }
}

fuzz(
  "a fetch may give and throw anything, and is asked once",
  "gives",
  fc.tuple(way, anyValue),
  async (thrown) => {
    const [as, recipe] = thrown;
    const give = as(recipe.make());
    await callUnderFire((fetch) => send({ fetch }), give);
  },
);

const CODES = ["ECONNREFUSED", "ECONNRESET", "UND_ERR_CONNECT_TIMEOUT", "CERT_HAS_EXPIRED", "ENOTFOUND"];
const telling = fc.record(
  {
    code: fc.constantFrom(...CODES),
    syscall: fc.constantFrom("connect", "getaddrinfo", "read"),
    message: fc.constantFrom("unexpected redirect", "fetch failed"),
  },
  { requiredKeys: [] },
);
const place = fc.constantFrom("code", "syscall", "message", "cause", "errors", "an error", "stack", "name");
const cause = fc.tuple(telling, place, fc.nat(6), anyValue, fc.boolean());

/** An error as a runtime throws it, with anything at one place of its chain. */
function chain([fields, name, depth, recipe, isGetter]) {
  const value = recipe.make();
  const inner = Object.assign(new Error("inner"), fields);
  if (name === "an error") define(inner, "errors", { value: [{ syscall: "connect" }, value] });
  else define(inner, name, isGetter ? { get: () => value } : { value });
  let error = inner;
  for (let level = 0; level < depth; level += 1) error = new TypeError("fetch failed", { cause: error });
  return error;
}

fuzz(
  "what fetch throws may be of any make, and is repeated for a proof alone",
  "causes",
  cause,
  async (thrown) => {
    const error = chain(thrown);
    const ended = await callUnderFire(
      (fetch) => send({ fetch }),
      () => {
        throw error;
      },
      () => provesNoConnection(error),
    );
    // Looking into it changes nothing: the caller gets the very thing that was thrown.
    if (ended.error.name !== "TimeoutError") assert.ok(Object.is(ended.error.cause, error), "another cause");
  },
);

fuzz("an onEvent may give and throw anything", "events", fc.tuple(way, anyValue), async ([as, recipe]) => {
  const onEvent = as(recipe.make());
  const ended = await callUnderFire((fetch) => send({ fetch, onEvent, ...PATIENT }));
  assert.deepEqual(ended.value, { id: 1, status: "sent" });
});

fuzz(
  "an authorization may give and throw anything",
  "authorization",
  fc.tuple(way, anyValue),
  async (thrown) => {
    const [as, recipe] = thrown;
    const give = as(recipe.make());
    await callUnderFire((fetch) => send({ fetch, authorization: give }));
  },
);

/** When the caller aborts. */
const MOMENTS = ["before", "in authorization", "in fetch", "in the body", "in onEvent"];
const abort = fc.tuple(fc.constantFrom(...MOMENTS), anyValue, fc.boolean());

fuzz("an abort may have any reason", "signals", abort, async ([when, recipe, isOdd]) => {
  const reason = recipe.make();
  const controller = new AbortController();
  const { signal } = controller;
  if (isOdd) define(signal, "reason", { get: () => reason });
  const at = (moment) => moment === when && controller.abort(reason);
  at("before");
  const options = {
    ...PATIENT,
    authorization: () => at("in authorization") || "Bearer x",
    onEvent: () => at("in onEvent"),
  };
  const answer = () => {
    at("in fetch");
    return { ...goodAnswer(), text: () => at("in the body") || new Promise(() => {}) };
  };
  const { error } = await callUnderFire((fetch) => send({ fetch, ...options }, { signal }), answer);
  assert.equal(error.name, "AbortError");
  // Without a reason of the caller's, the runtime makes one.
  if (reason !== undefined || isOdd) assert.ok(Object.is(error.cause, reason));
});

countThrown();
