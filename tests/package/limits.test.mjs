// However much a caller or a server sends: it is read in linear time, up to a limit, and the engine survives.

import assert from "node:assert/strict";
import test from "node:test";
import { assertIssues, rejection } from "../lib/assertions.mjs";
import { assertLinear } from "../lib/growth.mjs";
import { clientOf, livedesk } from "../lib/package.mjs";
import { reply, startServer } from "../lib/servers.mjs";

const { explainFailure, validate } = livedesk;
/** In UTF-16 units, of all text of a message. */
const MOST_TEXT = 4_194_304;
const MOST_KEY = 1024;
const MOST_FILE_NAME = 65_536;
const MOST_ISSUES = 1000;

const object = (length, entry) => Object.fromEntries(Array.from({ length }, (_, index) => entry(index)));
const list = (length, item) => Array.from({ length }, (_, index) => item(index));
const template = (params) => ({
  content: "Hello",
  template_params: { name: "greeting", language: "en", ...params },
});
const attributes = (content_attributes) => ({ content: "Hello", content_attributes });

/** What is wide, by how much of it there is. */
const WIDE = {
  "template values by position": (n) => ["template", template({ processed_params: values(n) })],
  "template values of which one is missing": (n) => [
    "template",
    template({ processed_params: object(n, (index) => [index + 2, "a"]) }),
  ],
  "template values by wrong names": (n) => [
    "template",
    template({ processed_params: object(n, (index) => [`A${index}`, "a"]) }),
  ],
  buttons: (n) => ["template", template({ button_params: list(n, button) })],
  "buttons that are one and the same": (n) => [
    "template",
    template({ button_params: list(n, () => button(1)) }),
  ],
  "unknown fields": (n) => ["text", { content: "Hello", ...object(n, (index) => [`contnt${index}`, 1]) }],
  "attributes that are no JSON": (n) => ["text", attributes({ all: list(n, () => Number.NaN) })],
  "texts in attributes": (n) => ["text", attributes({ all: list(n, (index) => `text ${index}`) })],
  attachments: (n) => ["attachments", { attachments: list(n, () => ({ name: "", data: 1 })) }],
};

function values(length) {
  return object(length, (index) => [index + 1, "a"]);
}

function button(index) {
  return { index, sub_type: "url", text: "a" };
}

for (const [name, make] of Object.entries(WIDE)) {
  test(`reads ${name} in linear time`, async () => {
    await assertLinear((n) => validate(...make(n)), 4000);
  });
}

test("reads a long name of a field in linear time", async () => {
  await assertLinear((n) => validate("text", { content: "Hello", ["k".repeat(n)]: 1 }), 500_000);
});

test("reads many unknown options in linear time", async () => {
  const refused = (n) => assert.throws(() => new livedesk.LiveDesk(object(n, (index) => [`aki${index}`, 1])));
  await assertLinear(refused, 4000);
});

test("reads an external_error in linear time, and keeps its first 64 KiB", async () => {
  const explain = (n) => explainFailure(`131047: ${"é".repeat(n)}`);
  await assertLinear(explain, 100_000);
  const { raw, text, code } = await explain(100_000);
  assert.equal(code, 131_047);
  assert.ok(Buffer.byteLength(raw) <= 65_536 + 3 && raw.length > 32_000, `${raw.length}`);
  assert.match(raw, /^131047: é+\.\.\.$/);
  assert.ok(raw.endsWith(text));
  const whole = "x".repeat(65_536);
  assert.equal((await explainFailure(whole)).raw, whole);
});

test("shows the beginning of a long external_error in one line", async (t) => {
  const external_error = `131047: ${"one\ntwo ".repeat(20_000)}`;
  const answer = { id: 1, status: "failed", content_attributes: { external_error } };
  const server = await startServer(t, (_, response) => reply(response, 200, answer));
  const sending = clientOf(server).sendText(141, { content: "Hello" });
  const error = await rejection(sending, "DeliveryError", { outcome: "failed" });
  assert.ok(error.message.length < 1000, `${error.message.length}`);
  assert.doesNotMatch(error.message, /\n/);
  assert.equal(error.sent.content_attributes.external_error, external_error);
});

test("lists the first 1,000 issues, and says that there are more", async () => {
  const some = await validate(
    "text",
    attributes(list(1, () => object(999, (i) => [`k${i}`, Number.NaN]))[0]),
  );
  assert.equal(some.length, 999);
  const issues = await validate("text", attributes(object(5000, (i) => [`k${i}`, Number.NaN])));
  assert.equal(issues.length, MOST_ISSUES);
  assertIssues(issues.slice(0, 2), ["content_attributes.k0", "content_attributes.k1"]);
  assert.equal(issues.at(-1).code, "too_many_issues");
  assert.match(issues.at(-1).message, /more/);
});

test("lists no more issues than fit a mebibyte", async () => {
  const key = "k".repeat(MOST_KEY);
  const deep = { [key]: { [key]: { [key]: list(3000, () => Number.NaN) } } };
  const issues = await validate("text", attributes(deep));
  assert.ok(issues.length > 10 && JSON.stringify(issues).length < 3_000_000, `${issues.length}`);
  assert.equal(issues.at(-1).code, "too_many_issues");
});

for (const [name, message, path, kind = "text"] of [
  ["content", { content: "x".repeat(MOST_TEXT + 1) }, "content"],
  ["content of 400 MB", { content: "x".repeat(400_000_000) }, "content"],
  [
    "a template's value",
    template({ processed_params: { 1: "x".repeat(MOST_TEXT) } }),
    'template_params.processed_params["1"]',
    "template",
  ],
  ["a text among attributes", attributes({ a: { b: "x".repeat(MOST_TEXT) } }), "content_attributes.a.b"],
  [
    "a file's name",
    { attachments: [new File(["x"], "x".repeat(MOST_FILE_NAME + 1))] },
    "attachments[0]",
    "attachments",
  ],
  [
    "texts that are too much together",
    attributes({ a: list(5, () => "x".repeat(1_000_000)) }),
    "content_attributes.a[4]",
  ],
]) {
  test(`refuses ${name} that no message has room for, by its path, and goes on`, async () => {
    const issues = await validate(kind, message);
    assertIssues(issues, [path]);
    assert.match(issues[0].message, /\d+ (characters|UTF-16)/);
    assert.deepEqual(await validate("text", { content: "Hello" }), []);
  });
}

test("refuses the name of a field that no message has, and goes on", async () => {
  const server = clientOf("http://127.0.0.1:1");
  const long = { ["k".repeat(50_000_000)]: 1 };
  for (const message of [{ content: "a", ...long }, attributes(long), attributes({ a: long })]) {
    const error = await rejection(server.sendText(141, message), "ValidationError", { outcome: "not_sent" });
    assert.equal(error.issues.length, 1);
    assert.ok(error.message.length < 1000);
  }
  await rejection(server.sendText(141, { content: "a" }, { extra: long }), "ValidationError");
  assert.deepEqual(await validate("text", { content: "Hello" }), []);
});

test("takes a name of 1,024 characters", async () => {
  assert.deepEqual(await validate("text", attributes({ ["k".repeat(MOST_KEY)]: 1 })), []);
});

test("refuses more items or fields than any message has, by their path", async () => {
  for (const many of [Array(1_000_000).fill(1), object(300_000, (index) => [`k${index}`, 1])]) {
    assertIssues(await validate("text", attributes({ many })), ["content_attributes.many"]);
  }
});

test("refuses credentials and addresses that no header or request line has room for", async () => {
  const long = "x".repeat(200_000_000);
  const make = (options) => async () => new livedesk.LiveDesk(options);
  await refusalOf(make({ apiKey: long, apiSecret: "secret" }), "options.apiKey");
  await refusalOf(make({ apiKey: "key", apiSecret: long }), "options.apiSecret");
  await refusalOf(make({ authorization: long }), "options.authorization");
  await refusalOf(make({ baseUrl: `https://a.example/${long}` }), "options.baseUrl");
  const asking = clientOf("http://127.0.0.1:1", {
    apiKey: undefined,
    apiSecret: undefined,
    authorization: () => long,
  });
  await refusalOf(() => asking.sendText(141, { content: "Hello" }), "options.authorization");
  assert.deepEqual(await validate("text", { content: "Hello" }), []);
});

async function refusalOf(make, path) {
  const error = await rejection(make(), "ValidationError", { outcome: "not_sent" });
  assertIssues(error.issues, [path]);
}
