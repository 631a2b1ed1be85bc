// A plain <script type="module"> in Chromium, without any tool in between.

import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { launchChromium } from "../lib/chromium.mjs";
import { inRoot } from "../lib/root.mjs";
import { openPage, startSite } from "../lib/site.mjs";
import { assertCalls } from "./four-calls.mjs";

const CSP = "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";

const browser = await launchChromium();
after(() => browser.close());
const site = await startSite({ after }, inRoot("tests", "browser", "app"));

beforeEach(() => {
  site.headers = {};
  site.requests.length = 0;
  site.reset();
});

/** A page with the package in `globalThis.livedesk`. */
async function open(t) {
  const opened = await openPage(t, browser, `${site.url}/plain.html`);
  await opened.page.waitForFunction(() => globalThis.makeCalls !== undefined);
  return opened;
}

/** What became of one `sendText` in the page. */
function send(page, options, conversationId, requestOptions) {
  const call = async ([options, conversationId, requestOptions]) => {
    const { livedesk, errorOf } = globalThis;
    const promise = livedesk.sendText(options, conversationId, { content: "Hello" }, requestOptions);
    return (await errorOf(promise)).seen;
  };
  return page.evaluate(call, [options, conversationId, requestOptions]);
}

test("the four calls and refused input work without an error in the console or a failed request", async (t) => {
  const { page, problems } = await open(t);
  assertCalls(await page.evaluate(() => globalThis.makeCalls(globalThis.livedesk)), site);
  assert.deepEqual(problems, []);
});

test("a page with a strict Content-Security-Policy works", async (t) => {
  site.headers = { "Content-Security-Policy": CSP };
  const { page, problems } = await open(t);
  assertCalls(await page.evaluate(() => globalThis.makeCalls(globalThis.livedesk)), site);
  assert.deepEqual(problems, []);
});

test("a policy that forbids WebAssembly is a LoadError that says what to add", async (t) => {
  site.headers = { "Content-Security-Policy": "script-src 'self'; connect-src 'self'" };
  const { page } = await open(t);
  const seen = await send(page, { baseUrl: "/desk" }, 141);
  assert.equal(seen.name, "LoadError");
  assert.equal(seen.outcome, "not_sent");
  assert.match(seen.message, /'wasm-unsafe-eval'/);
  assert.deepEqual(site.requests, []);
});

const GUARDED = {
  "a key and secret": { apiKey: "key", apiSecret: "secret", baseUrl: "/desk" },
  "an authorization string": { authorization: "Basic x", baseUrl: "/desk" },
};

for (const [what, options] of Object.entries(GUARDED)) {
  test(`the constructor throws in a page for ${what}, unless that is allowed`, async (t) => {
    const { page, problems } = await open(t);
    const construct = (options) => {
      try {
        new globalThis.livedesk.LiveDesk(options);
        return undefined;
      } catch ({ name, outcome, issues }) {
        return { name, outcome, path: issues[0].path };
      }
    };
    const path = "options.dangerouslyAllowBrowser";
    assert.deepEqual(await page.evaluate(construct, options), {
      name: "ValidationError",
      outcome: "not_sent",
      path,
    });
    const allowed = { ...options, dangerouslyAllowBrowser: true };
    assert.equal(await page.evaluate(construct, allowed), undefined);
    assert.equal((await send(page, allowed, 141)).resolved.status, "sent");
    assert.deepEqual(problems, []);
  });
}

test("a function for authorization is allowed in a page: it can ask who is there", async (t) => {
  const { page } = await open(t);
  const status = await page.evaluate(async () => {
    const options = { authorization: async () => "Bearer t0ken", baseUrl: "/desk" };
    return (await globalThis.livedesk.sendText(options, 141, { content: "Hello" })).status;
  });
  assert.equal(status, "sent");
});

test("a worker of a page is guarded as well, and can send", async (t) => {
  const { page, problems } = await open(t);
  const told = await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const worker = new Worker("/worker.js", { type: "module" });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
      }),
  );
  assert.equal(told.guard.name, "ValidationError");
  assert.equal(told.status, "sent");
  assert.deepEqual(problems, []);
});

test("a redirect, which a browser hides, is rejected and not followed", async (t) => {
  const { page } = await open(t);
  const seen = await send(page, { baseUrl: "/desk" }, 900302);
  assert.deepEqual(
    { name: seen.name, code: seen.code, outcome: seen.outcome, status: seen.status },
    { name: "ApiError", code: "redirected", outcome: "rejected", status: 0 },
  );
  assert.equal(site.requests.length, 1);
});

/** [what, conversation, request options, name, outcome, messages stored] */
const FAILURES = [
  ["a 422", 900422, {}, "ApiError", "rejected", 0],
  ["a 500 after storing", 900500, {}, "ApiError", "unknown", 1],
  ["a cut answer", 900206, {}, "ResponseError", "unknown", 1],
  ["no answer", 900999, { timeout: 200 }, "TimeoutError", "unknown", 1],
  ["a stalled answer", 900207, { timeout: 200 }, "TimeoutError", "unknown", 1],
];

for (const [what, conversation, options, name, outcome, stored] of FAILURES) {
  test(`${what} is ${outcome} in a page, and not repeated`, async (t) => {
    const { page } = await open(t);
    const seen = await send(page, { baseUrl: "/desk" }, conversation, options);
    assert.equal(seen.name, name, seen.message);
    assert.equal(seen.outcome, outcome);
    assert.equal(seen.attempts, 1);
    assert.equal(site.conversations.get(conversation)?.length ?? 0, stored);
    assert.equal(site.requests.length, 1);
  });
}

test("an abort while the request is under way is an AbortError, unknown", async (t) => {
  const { page } = await open(t);
  const seen = await page.evaluate(async () => {
    const signal = AbortSignal.timeout(200);
    const { livedesk, errorOf } = globalThis;
    return (await errorOf(livedesk.sendText({ baseUrl: "/desk" }, 900999, { content: "Hello" }, { signal })))
      .seen;
  });
  assert.equal(seen.name, "AbortError");
  assert.equal(seen.outcome, "unknown");
});

test("a cross-origin call, which LiveDesk does not allow, is unknown and says why", async (t) => {
  const { page } = await open(t);
  const elsewhere = site.url.replace("127.0.0.1", "localhost");
  const seen = await send(page, { baseUrl: `${elsewhere}/desk` }, 141);
  assert.equal(seen.name, "ConnectionError");
  assert.equal(seen.outcome, "unknown");
  assert.match(seen.message, /cross-origin.*call a backend of yours/);
});
