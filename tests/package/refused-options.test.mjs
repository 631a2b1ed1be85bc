// Options that are refused: of the client at once, of a call before anything is sent.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { inspect } from "node:util";
import { assertError, assertIssues, refusal } from "../lib/assertions.mjs";
import { CREDENTIALS, clientOf, livedesk } from "../lib/package.mjs";
import { startServer } from "../lib/servers.mjs";

const server = await startServer({ after });

/** The ValidationError that the constructor throws. */
function thrown(options) {
  try {
    new livedesk.LiveDesk(options);
  } catch (error) {
    return error;
  }
  return assert.fail("constructed");
}

function assertThrown(options, ...paths) {
  const error = assertError(thrown(options), "ValidationError", {
    code: "invalid_input",
    outcome: "not_sent",
    attempts: 0,
  });
  assertIssues(error.issues, paths);
  assert.match(error.message, /^Invalid options/);
  return error;
}

const NO_STRING = [7, true, {}, [], Symbol("x"), new String("x")];
const NO_NUMBER = ["1000", true, {}, [], 7n, Symbol("x"), new Date()];
const NO_FUNCTION = ["fetch", 7, true, {}, []];

/** Every option with what it does not take. */
const BAD = {
  apiKey: [...NO_STRING, "", " \t", "key:secret", "key\n", "key\u0000", "key\u0085"],
  apiSecret: [...NO_STRING, "", " ", "secret\r\nX: y"],
  baseUrl: [
    7,
    true,
    {},
    [],
    "",
    "livedesk-api.engagelab.com",
    "ftp://x",
    "file:///x",
    "javascript:alert(1)",
    "https://user:pass@example.com",
    "https://example.com?x=1",
    "https://example.com#x",
    "/livedesk",
    "://",
  ],
  timeout: [...NO_NUMBER, -1, NaN, Infinity],
  totalTimeout: [...NO_NUMBER, -0.5, NaN, -Infinity],
  maxRetries: [...NO_NUMBER, -1, 1.5, NaN, 101, Infinity],
  fetch: NO_FUNCTION,
  channel: ["", "WhatsApp", "fax", 7, {}, [], Symbol("x")],
  onEvent: NO_FUNCTION,
  dangerouslyAllowBrowser: ["true", 1, {}],
  dangerouslyAllowHttp: ["true", 1, {}],
};

for (const [name, values] of Object.entries(BAD)) {
  for (const value of [...values, null]) {
    test(`the constructor refuses ${name}: ${inspect(value)}`, () => {
      assertThrown({ ...CREDENTIALS, [name]: value }, `options.${name}`);
    });
  }
}

for (const value of [...NO_STRING, "", " ", "Basic x\n", "Basic ☂", null]) {
  test(`the constructor refuses authorization: ${inspect(value)}`, () => {
    assertThrown({ authorization: value }, "options.authorization");
  });
}

for (const value of [undefined, null, 7, "key", [], () => {}, Symbol("x")]) {
  test(`the constructor refuses ${inspect(value)} in place of options`, () => {
    assertThrown(value, "options");
  });
}

const UNKNOWN = {
  apikey: "apiKey",
  api_secret: "apiSecret",
  baseURL: "baseUrl",
  base_url: "baseUrl",
  timeOut: "timeout",
  authorisation: "authorization",
  base_uri: "baseUrl",
  timeoutMs: "timeout",
  totaltimeout: "totalTimeout",
  maxretrys: "maxRetries",
  fetcher: "fetch",
  chanel: "channel",
  onevent: "onEvent",
  dangerouslyAllowBrowsers: "dangerouslyAllowBrowser",
  dangerouslyAllowHTTP: "dangerouslyAllowHttp",
};

for (const [name, meant] of Object.entries(UNKNOWN)) {
  test(`the constructor refuses the unknown option ${name} and names ${meant}`, () => {
    const error = assertThrown({ ...CREDENTIALS, [name]: "secret-value" }, `options.${name}`);
    assert.match(error.message, new RegExp(`did you mean ${meant}\\?`));
    assert.doesNotMatch(inspect(error), /secret-value/);
  });
}

test("the constructor refuses credentials that are incomplete, doubled or missing", () => {
  assertThrown({ apiKey: "key" }, "options.apiSecret");
  assertThrown({ apiSecret: "secret" }, "options.apiKey");
  assertThrown({ ...CREDENTIALS, authorization: "Basic x" }, "options.authorization");
  assertThrown({}, "options.baseUrl");
  new livedesk.LiveDesk({ baseUrl: "https://backend.example" });
});

test("the constructor reports everything that is wrong in one error", () => {
  const error = assertThrown(
    { apiKey: "a:b", apiSecret: "", timeout: -1, chanel: "sms" },
    "options.apiKey",
    "options.apiSecret",
    "options.timeout",
    "options.chanel",
  );
  assert.match(error.message, /^Invalid options, 4 issues: /);
});

test("the constructor survives options that resist being read", () => {
  const getter = {
    ...CREDENTIALS,
    get timeout() {
      throw new Error("getter");
    },
  };
  assertThrown(getter, "options.timeout");
  const trap = new Proxy(
    {},
    {
      get() {
        throw new Error("trap");
      },
    },
  );
  assertError(thrown(trap), "ValidationError", { outcome: "not_sent" });
});

/** Every request option with what it does not take. */
const BAD_REQUEST_OPTIONS = {
  signal: [7, true, "abort", {}, [], new AbortController(), new EventTarget()],
  timeout: [...NO_NUMBER, -1, NaN, null],
  totalTimeout: [...NO_NUMBER, -1, Infinity, null],
  maxRetries: [...NO_NUMBER, -1, 0.5, 101, null],
  dangerouslyRetryUnknown: ["true", 1, {}, null],
  extra: [7, "x", [], new Date(), new Map()],
};

for (const [name, values] of Object.entries(BAD_REQUEST_OPTIONS)) {
  test(`a call refuses what is no ${name}`, async () => {
    for (const value of values) {
      const call = clientOf(server).sendText(141, { content: "Hello" }, { [name]: value });
      await refusal(call, `requestOptions.${name}`);
    }
    assert.equal(server.requests.length, 0);
  });
}

test("a call refuses unknown request options and names the nearest", async () => {
  for (const [name, meant] of [
    ["timeOut", "timeout"],
    ["abortSignal", undefined],
    ["max_retries", "maxRetries"],
  ]) {
    const call = clientOf(server).sendText(141, { content: "Hello" }, { [name]: 1 });
    const error = await refusal(call, `requestOptions.${name}`);
    if (meant) assert.match(error.message, new RegExp(`did you mean ${meant}\\?`));
  }
  for (const options of [7, "x", [], () => {}]) {
    await refusal(clientOf(server).sendText(141, { content: "Hello" }, options), "requestOptions");
  }
  assert.equal(server.requests.length, 0);
});

test("extra adds fields, and replaces none of the message's own", async () => {
  const send = (call, message, extra) => clientOf(server)[call](141, message, { extra });
  await refusal(send("sendText", { content: "x" }, { 'a"b': 1 }), 'requestOptions.extra["a\\"b"]');
  await refusal(send("sendText", { content: "x" }, { private: true }), "requestOptions.extra.private");
  await refusal(send("sendText", { content: "x" }, { when: new Map() }), "requestOptions.extra.when");
  const files = { attachments: [new Blob(["x"])] };
  await refusal(
    send("sendAttachments", files, { "attachments[]": 1 }),
    'requestOptions.extra["attachments[]"]',
  );
  await refusal(send("retryMessage", 29, { x: 1 }), "requestOptions.extra");
  assert.equal(server.requests.length, 0);
});

test("null and undefined request options are none", async () => {
  for (const options of [undefined, null, {}, { signal: null }, { timeout: undefined, extra: null }]) {
    await clientOf(server).sendText(141, { content: "Hello" }, options);
  }
  assert.equal(server.requests.length, 5);
});
