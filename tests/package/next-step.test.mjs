// What a queue does next: nextStep, of real errors of real calls, and its page.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { nextStepPage, nextSteps } from "../../scripts/build/next-steps.mjs";
import { caught, rejection } from "../lib/assertions.mjs";
import { clientOf, livedesk } from "../lib/package.mjs";
import { inRoot } from "../lib/root.mjs";
import { closedPort, MESSAGE, reply, startServer } from "../lib/servers.mjs";

const { nextStep } = livedesk;
const HELLO = { content: "Hello" };
const failed = (external_error) => ({ ...MESSAGE, status: "failed", content_attributes: { external_error } });

test("the page is what `node scripts/build/next-steps.mjs` writes, and every row of it can be met", async () => {
  assert.equal(await readFile(inRoot("docs", "next-step.md"), "utf8"), nextStepPage());
  for (const { outcome, what, step, then } of nextSteps()) {
    // What nextStep finds out by itself has no code of that name.
    if (/used_up|payment_required|^options$/.test(what) || outcome === "*") continue;
    const failure = { class: what, canRetry: true, maxRetries: 3, retryAfterMs: 5 };
    const code = what === "*" ? "something" : what;
    const found = await nextStep({ outcome, code, failure });
    assert.equal(found.do, outcome === "failed" && what === "*" ? "look" : step, `${outcome} ${what}`);
    assert.equal(found.then, then || undefined);
  }
});

const ANSWERS = [
  [
    "a 429 that asks for 7 s",
    { status: 429, headers: { "Retry-After": "7" } },
    { do: "pause", afterMs: 7000 },
  ],
  ["a 429 that asks for nothing", { status: 429 }, { do: "pause", afterMs: 5000 }],
  ["a 401", { status: 401 }, { do: "stop", then: "again" }],
  ["a 402", { status: 402 }, { do: "stop", then: "again" }],
  ["a redirect", { status: 302, headers: { Location: "https://x.test/" } }, { do: "stop", then: "again" }],
  ["a 404", { status: 404, body: { error: "Resource could not be found" } }, { do: "drop" }],
  ["a 413", { status: 413 }, { do: "drop" }],
  ["a 500", { status: 500 }, { do: "look" }],
  ["an answer that is no message", { status: 200, body: "<html>" }, { do: "look" }],
  ["a message", { status: 200, body: MESSAGE }, { do: "done" }],
  [
    "a passing fault of WhatsApp's",
    { status: 200, body: failed("131000: x") },
    { do: "retry_message", afterMs: 2000 },
  ],
  ["a closed window", { status: 200, body: failed("131047: x") }, { do: "drop" }],
  [
    "a lost login of the inbox's",
    { status: 200, body: failed("190: x") },
    { do: "stop", then: "retry_message" },
  ],
];

for (const [what, { status, body = "", headers }, expected] of ANSWERS) {
  test(`${what} is ${expected.do}, as an error, as JSON keeps it, and after its journey between threads`, async (t) => {
    const server = await startServer(t, (_, response) => reply(response, status, body, headers));
    const ended = await clientOf(server)
      .sendText(141, HELLO, { maxRetries: 0 })
      .catch((error) => error);
    for (const told of [ended, JSON.parse(JSON.stringify(ended)), structuredClone({ ...ended })]) {
      const { why, ...step } = await nextStep(told);
      assert.deepEqual(step, expected);
      assert.match(why, /^[A-Z].{15,}\.$/);
    }
  });
}

test("nothing that was sent counts as not sent, and the other way round", async (t) => {
  const refused = await caught(clientOf(await closedPort()).sendText(141, HELLO, { maxRetries: 0 }));
  assert.deepEqual((await nextStep(refused)).do, "again");
  assert.deepEqual((await nextStep(refused, { attempts: 3 })).afterMs, 4000);
  assert.deepEqual((await nextStep(refused, { attempts: 10 })).do, "stop");
  const server = await startServer(t, (_, response) => response.destroy());
  const lost = await caught(clientOf(server).sendText(141, HELLO));
  for (const attempts of [1, 10, 1000]) assert.equal((await nextStep(lost, { attempts })).do, "look");
});

test("a message that is wrong is dropped, and a client that is wrong stops", async () => {
  const server = await closedPort();
  assert.equal((await nextStep(await caught(clientOf(server).sendText(141, { content: "" })))).do, "drop");
  const wrong = await caught(livedesk.sendText({ apiKey: "a:b", apiSecret: "c" }, 141, HELLO));
  assert.equal((await nextStep(wrong)).do, "stop");
  const none = clientOf(server, {
    apiKey: undefined,
    apiSecret: undefined,
    authorization: () => {
      throw new Error("no token");
    },
  });
  assert.equal((await nextStep(await caught(none.sendText(141, HELLO)))).do, "stop");
});

test("what is no error of this package is looked at", async () => {
  const strangers = [
    new TypeError("x is not a function"),
    undefined,
    null,
    "oops",
    7,
    {},
    [],
    () => {},
    { outcome: "done" },
    structuredClone(new livedesk.ApiError("x", { status: 401 })),
    new Proxy({}, { get: () => assert.fail("asked") }),
  ];
  for (const stranger of strangers) assert.equal((await nextStep(stranger)).do, "look");
});

test("a channel's own number is none of WhatsApp's", async () => {
  assert.equal((await nextStep(failed("131000: x"), { channel: "api" })).do, "look");
});

test("refuses a count that is none", async () => {
  for (const attempts of [0, -1, 1.5, "1", Number.NaN]) {
    const error = await rejection(nextStep({}, { attempts }), "ValidationError");
    assert.equal(error.issues[0].path, "options.attempts");
  }
});
