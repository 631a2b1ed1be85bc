// Credentials that are refused at once: mistyped, missing, or to where others can read them.

import assert from "node:assert/strict";
import test from "node:test";
import { inspect } from "node:util";
import { assertError, assertIssues, rejection } from "../lib/assertions.mjs";
import { CREDENTIALS, livedesk } from "../lib/package.mjs";
import { startServer } from "../lib/servers.mjs";

const { LiveDesk } = livedesk;
const PAIR = { apiKey: "key-a81f", apiSecret: "secret-77b2" };

/** What the constructor throws, for these paths. */
function refused(options, ...paths) {
  let error;
  try {
    new LiveDesk(options);
  } catch (thrown) {
    error = thrown;
  }
  assertError(error, "ValidationError", { code: "invalid_input", outcome: "not_sent", attempts: 0 });
  assertIssues(error.issues, paths);
  return error;
}

const BLANKS = {
  "a space at the end": (text) => `${text} `,
  "a space at the beginning": (text) => ` ${text}`,
  "a no-break space": (text) => `${text}\u00a0`,
  "a byte order mark": (text) => `\ufeff${text}`,
};

for (const [what, blank] of Object.entries(BLANKS)) {
  test(`refuses credentials with ${what}, without showing them`, () => {
    for (const [name, options] of Object.entries({
      apiKey: { ...PAIR, apiKey: blank(PAIR.apiKey) },
      apiSecret: { ...PAIR, apiSecret: blank(PAIR.apiSecret) },
      authorization: { authorization: blank("Basic a2V5OnNlY3JldA==") },
    })) {
      const error = refused(options, `options.${name}`);
      if (!blank("").includes("\ufeff")) assert.match(error.message, /blanks around it/);
      assert.doesNotMatch(inspect(error), /key-a81f|secret-77b2|a2V5/);
    }
  });
}

test("credentials may have blanks inside", () => {
  new LiveDesk({ apiKey: "a key", apiSecret: "a secret" });
});

test("refuses what an authorization function gives with blanks around it, or as key:secret", async (t) => {
  const server = await startServer(t);
  for (const given of [
    " Bearer t0ken",
    "Bearer t0ken ",
    "Bearer t0ken\u00a0",
    "key:secret",
    "Basic key:secret",
  ]) {
    const desk = new LiveDesk({ baseUrl: server.url, authorization: () => given });
    const error = await rejection(desk.sendText(141, { content: "Hello" }), "ValidationError", {
      outcome: "not_sent",
    });
    assertIssues(error.issues, ["options.authorization"]);
    assert.match(error.message, /no key:secret as it is, no blanks around it/);
  }
  assert.equal(server.requests.length, 0);
});

test("authorization as key:secret is told what to give", () => {
  for (const authorization of ["key-a81f:secret-77b2", "key-a81f:a secret", "Basic key-a81f:secret-77b2"]) {
    const error = refused({ authorization }, "options.authorization");
    assert.match(error.message, /looks like a key and secret as they are; give apiKey and apiSecret/);
    assert.doesNotMatch(inspect(error), /77b2/);
  }
  for (const authorization of ["Bearer a:b", "AWS id:signature", "t0ken"]) new LiveDesk({ authorization });
});

test("asks for environment variables when both keys are undefined", () => {
  const error = refused({ apiKey: undefined, apiSecret: undefined }, "options.apiKey");
  assert.match(error.message, /apiKey and apiSecret are undefined: are the environment variables set\?$/);
  assert.match(refused({ authorization: undefined }, "options.authorization").message, /is undefined/);
});

test("asks for an environment variable when one key is undefined", () => {
  const error = refused({ apiKey: "key", apiSecret: undefined }, "options.apiSecret");
  assert.match(error.message, /is required with apiKey; got undefined: is its environment variable set\?$/);
  assert.match(refused({ apiKey: "key" }, "options.apiSecret").message, /is required with apiKey\.$/);
});

const ELSEWHERE = [
  "http://livedesk-api.engagelab.com",
  "HTTP://gateway:8080/desk",
  "http://192.168.1.7",
  "http://128.0.0.1",
  "http://localhost.example.com",
  "http://127.0.0.1.example.com",
  "http://notlocalhost",
  "http://[::2]",
  "http://0.0.0.0",
  new URL("http://gateway"),
];
const HERE = [
  "http://localhost:3900",
  "http://LOCALHOST",
  "http://localhost.",
  "http://desk.localhost:3900/api",
  "http://127.0.0.1:3900",
  "http://127.1",
  "http://127.255.255.254",
  "http://[::1]:3900",
  new URL("http://localhost"),
];

for (const baseUrl of ELSEWHERE) {
  test(`refuses credentials to ${baseUrl}`, () => {
    for (const credentials of [PAIR, { authorization: "Basic x" }, { authorization: () => "Basic x" }]) {
      const error = refused({ ...credentials, baseUrl }, "options.dangerouslyAllowHttp");
      assert.equal(error.issues[0].code, "credentials_over_http");
      refused({ ...credentials, baseUrl, dangerouslyAllowHttp: false }, "options.dangerouslyAllowHttp");
      new LiveDesk({ ...credentials, baseUrl, dangerouslyAllowHttp: true });
    }
    new LiveDesk({ baseUrl });
  });
}

for (const baseUrl of HERE) {
  test(`takes credentials to ${baseUrl}, which is this machine`, () => {
    new LiveDesk({ ...CREDENTIALS, baseUrl });
  });
}

test("of a relative baseUrl the page's own origin counts", (t) => {
  t.after(() => delete globalThis.location);
  const options = { ...PAIR, baseUrl: "/desk" };
  globalThis.location = new URL("http://intranet/page");
  refused(options, "options.dangerouslyAllowHttp");
  new LiveDesk({ ...options, dangerouslyAllowHttp: true });
  for (const page of ["https://intranet/page", "http://localhost:8080/page"]) {
    globalThis.location = new URL(page);
    new LiveDesk(options);
  }
});

test("reports http along with all else that is wrong", () => {
  refused(
    { apiKey: "key ", apiSecret: "secret", baseUrl: "http://gateway", timeout: -1 },
    "options.apiKey",
    "options.timeout",
    "options.dangerouslyAllowHttp",
  );
});
