// Text messages that are refused before anything is sent, and the largest that pass.

import assert from "node:assert/strict";
import test, { after, beforeEach } from "node:test";
import { refusal } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { startServer } from "../lib/servers.mjs";

const server = await startServer({ after });
const client = clientOf(server);

beforeEach(() => {
  server.requests.length = 0;
});

const cycle = {};
cycle.self = cycle;
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
const throwing = new Proxy(
  {},
  {
    ownKeys: () => {
      throw new Error("trap");
    },
  },
);
const getter = {
  get words() {
    throw new Error("getter");
  },
};
let deep = {};
for (let depth = 0; depth < 100; depth += 1) deep = { deep };

/** [what, message, paths] */
const MESSAGES = [
  ["a missing content", {}, "content"],
  ["an undefined content", { content: undefined }, "content"],
  ["a null content", { content: null }, "content"],
  ["an empty content", { content: "" }, "content"],
  ["a blank content", { content: " \n\t\u00a0\u3000" }, "content"],
  ["a content that is a number", { content: 7 }, "content"],
  ["a content that is a list", { content: ["Hello"] }, "content"],
  ["a content that is a String object", { content: new String("Hello") }, "content"],
  ["a content of 150,001 characters", { content: "x".repeat(150_001) }, "content"],
  ["a content of 150,001 emoji", { content: "👋".repeat(150_001) }, "content"],
  ["half a surrogate pair", { content: "Hello \ud83d" }, "content"],
  ["private as text", { content: "x", private: "false" }, "private"],
  ["private as a number", { content: "x", private: 0 }, "private"],
  ["no message", undefined, "message"],
  ["null as a message", null, "message"],
  ["text as a message", "Hello", "message"],
  ["a list as a message", [], "message"],
  ["a function as a message", () => ({ content: "x" }), "message"],
  ["a Promise as a message", Promise.resolve({ content: "x" }), "message"],
  ["a Map as a message", new Map([["content", "x"]]), "message"],
  [
    "a message whose getter throws",
    {
      get content() {
        throw new Error("getter");
      },
    },
    "message",
  ],
  ["a revoked Proxy as a message", revoked, "message"],
];

/** [what, content_attributes, path below it] */
const ATTRIBUTES = [
  ["a list", [], ""],
  ["text", "{}", ""],
  ["a Date", new Date(), ""],
  ["a getter that throws", getter, ""],
  ["a Proxy that throws", throwing, ""],
  ["a revoked Proxy", revoked, ""],
  ["a cycle", cycle, ".self"],
  ["a getter that throws within", { deep: [getter] }, ".deep[0]"],
  ["NaN", { number: NaN }, ".number"],
  ["Infinity in a list", { list: [1, -Infinity] }, ".list[1]"],
  ["a hole in a list", { list: [1, undefined] }, ".list[1]"],
  ["a BigInt too large", { big: 2n ** 63n }, ".big"],
  ["a function", { call: () => 1 }, ".call"],
  ["a symbol", { mark: Symbol("x") }, ".mark"],
  ["a Map", { map: new Map() }, ".map"],
  ["a Blob", { file: new Blob(["x"]) }, ".file"],
  ["half a surrogate pair", { text: "\udc00" }, ".text"],
  ["an odd key", { "a b": { 'c"d': NaN } }, '["a b"]["c\\"d"]'],
];

for (const [what, message, ...paths] of MESSAGES) {
  test(`refuses ${what}`, async () => {
    await refusal(client.sendText(141, message), ...paths);
    assert.equal(server.requests.length, 0);
  });
}

for (const [what, content_attributes, below] of ATTRIBUTES) {
  test(`refuses content_attributes with ${what}`, async () => {
    await refusal(client.sendText(141, { content: "x", content_attributes }), `content_attributes${below}`);
    assert.equal(server.requests.length, 0);
  });
}

test("refuses data that is nested without end, or larger than any message", async () => {
  const send = (content_attributes) => client.sendText(141, { content: "x", content_attributes });
  const [{ path }] = (await rejectionOf(send(deep))).issues;
  assert.match(path, /^content_attributes(\.deep)+$/);
  const wide = { list: Array.from({ length: 200_001 }, () => 1) };
  await refusal(send(wide), "content_attributes.list");
  assert.equal(server.requests.length, 0);
});

async function rejectionOf(promise) {
  return promise.then(
    () => assert.fail("resolved"),
    (error) => error,
  );
}

const UNKNOWN = { contents: "content", Private: "private", contentAttributes: "content_attributes" };

for (const [name, meant] of Object.entries(UNKNOWN)) {
  test(`refuses the unknown field ${name} and names ${meant}`, async () => {
    const error = await refusal(client.sendText(141, { content: "x", [name]: "y" }), name);
    assert.match(error.message, new RegExp(`did you mean ${meant}\\?`));
    assert.equal(server.requests.length, 0);
  });
}

test("refuses a field like no other and lists the known ones", async () => {
  const error = await refusal(client.sendText(141, { content: "x", zzzzzzzz: 1 }), "zzzzzzzz");
  assert.match(error.message, /content, private, content_attributes/);
  assert.match(error.message, /requestOptions\.extra/);
});

test("150,000 characters pass, and so do 150,000 emoji", async () => {
  for (const content of ["x".repeat(150_000), "👋".repeat(150_000)]) {
    await client.sendText(141, { content });
    assert.equal(JSON.parse(server.requests.pop().body).content, content);
  }
});

test("fields set to undefined or null count as not given", async () => {
  await client.sendText(141, {
    content: "x",
    private: null,
    content_attributes: undefined,
    later: undefined,
  });
  assert.equal(String(server.requests[0].body), '{"content":"x"}');
});

test("an object without prototype, of a class, or behind a harmless Proxy is data like any other", async () => {
  class Message {
    content = "x";
  }
  const bare = Object.assign(Object.create(null), { content: "x" });
  for (const message of [bare, new Message(), new Proxy({ content: "x" }, {})]) {
    await client.sendText(141, message);
    assert.equal(String(server.requests.pop().body), '{"content":"x"}');
  }
});

test("a key called __proto__ is data, and no prototype", async () => {
  const content_attributes = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}');
  await client.sendText(141, { content: "x", content_attributes });
  assert.equal(
    String(server.requests[0].body),
    '{"content":"x","content_attributes":{"__proto__":{"polluted":true},"constructor":1}}',
  );
  assert.equal({}.polluted, undefined);
});

test("a getter is read once", async () => {
  let reads = 0;
  const message = {
    get content() {
      reads += 1;
      return "x";
    },
  };
  await client.sendText(141, message);
  assert.equal(reads, 1);
});
