// Values with toJSON are sent as JSON.stringify writes them, and bigints as the numbers they are.

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

/** A decimal as libraries make them: a class with a name of its own. */
class Decimal {
  #digits;
  constructor(digits) {
    this.#digits = digits;
  }
  get [Symbol.toStringTag]() {
    return "Decimal";
  }
  toJSON() {
    return this.#digits;
  }
}

/** One that JSON.stringify writes without what it keeps to itself. */
class Order {
  secret = "kept";
  number = 7;
  toJSON() {
    const { secret, ...shown } = this;
    return shown;
  }
}

const DATA = {
  date: new Date(0),
  invalidDate: new Date(NaN),
  url: new URL("https://example.com/a?b"),
  decimal: new Decimal("12.50"),
  order: new Order(),
  list: [new Date(1), [new Decimal("1")]],
  literal: {
    kept: 1,
    toJSON() {
      return { ...this };
    },
  },
  itself: {
    kept: 1,
    toJSON() {
      return this;
    },
  },
  asList: { toJSON: () => [1, new Date(2)] },
  // Asked once: what it gives is not asked again.
  twice: { toJSON: () => ({ kept: 2, toJSON: () => "no" }) },
  nothing: { toJSON: () => undefined },
};

test("content_attributes and extra are written as JSON.stringify writes them", async () => {
  await client.sendText(141, { content: "x", content_attributes: DATA }, { extra: { later: DATA } });
  const sent = JSON.parse(server.requests[0].body);
  const expected = JSON.parse(JSON.stringify(DATA));
  assert.deepEqual(sent, { content: "x", content_attributes: expected, later: expected });
});

test("in a form they are the same", async () => {
  const attachments = [new File(["x"], "a.txt")];
  await client.sendAttachments(
    141,
    { attachments, content_attributes: DATA },
    { extra: { at: new Date(0) } },
  );
  const { headers, body } = server.requests[0];
  const form = await new Response(body, { headers: { "Content-Type": headers["content-type"] } }).formData();
  assert.deepEqual(JSON.parse(form.get("content_attributes")), JSON.parse(JSON.stringify(DATA)));
  assert.equal(form.get("at"), "1970-01-01T00:00:00.000Z");
});

test("template values are the text that toJSON gives", async () => {
  const template_params = {
    name: "order_update",
    language: "en",
    processed_params: { 1: new Decimal("12.50"), 2: new Date(0), 3: { toJSON: () => 7 }, 4: 2n ** 60n },
    header_params: { type: "image", media_url: new URL("https://example.com/a.png") },
    button_params: [{ index: 0, sub_type: "url", text: new Decimal("1.10") }],
  };
  await client.sendTemplate(141, { content: "x", template_params });
  const sent = JSON.parse(server.requests[0].body).template_params;
  assert.deepEqual(sent.processed_params, {
    1: "12.50",
    2: "1970-01-01T00:00:00.000Z",
    3: "7",
    4: "1152921504606846976",
  });
  assert.equal(sent.header_params.media_url, "https://example.com/a.png");
  assert.equal(sent.button_params[0].text, "1.10");
});

test("a message may have toJSON itself, as a record of a database has", async () => {
  const record = { toJSON: () => ({ content: "Hello", content_attributes: { at: new Date(0) } }) };
  await client.sendText(141, record);
  assert.deepEqual(JSON.parse(server.requests[0].body).content_attributes, {
    at: "1970-01-01T00:00:00.000Z",
  });
});

test("toJSON is called once, on the value, with the key it has", async () => {
  const calls = [];
  const value = {
    toJSON(...given) {
      calls.push([this === value, ...given]);
      return "x";
    },
  };
  await client.sendText(141, {
    content: "x",
    content_attributes: { a: value, list: [0, value], "é b": value },
  });
  assert.deepEqual(calls, [
    [true, "a"],
    [true, "1"],
    [true, "é b"],
  ]);
});

const cycle = { toJSON: () => ({ again: cycle }) };
const wide = { toJSON: () => [wide, wide] };
const PROBLEMS = {
  "that throws": [
    {
      toJSON() {
        throw new Error("no");
      },
    },
    /an object whose toJSON throws/,
  ],
  "that throws where it is read": [
    {
      get toJSON() {
        throw new Error("no");
      },
    },
    /cannot be read/,
  ],
  "that gives a function": [{ toJSON: () => () => 1 }, /got a function/],
  "that gives NaN": [{ toJSON: () => NaN }, /got NaN/],
  "that gives a Map": [{ toJSON: () => new Map() }, /got a Map/],
};

for (const [what, [value, said]] of Object.entries(PROBLEMS)) {
  test(`refuses toJSON ${what}`, async () => {
    const send = client.sendText(141, { content: "x", content_attributes: { deep: [value] } });
    const error = await refusal(send, "content_attributes.deep[0]");
    assert.match(error.message, said);
    assert.equal(server.requests.length, 0);
  });
}

test("toJSON without end is refused", async () => {
  for (const endless of [cycle, wide]) {
    const send = client.sendText(141, { content: "x", content_attributes: { endless } });
    const error = await send.then(
      () => assert.fail("sent"),
      (error) => error,
    );
    assert.equal(error.name, "ValidationError");
  }
  assert.equal(server.requests.length, 0);
});

test("in_reply_to may be any bigint below 2^63, and is sent as a number to its last digit", async () => {
  for (const id of [29n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n]) {
    await client.sendText(141, { content: "x", content_attributes: { in_reply_to: id } });
    assert.equal(
      String(server.requests.pop().body),
      `{"content":"x","content_attributes":{"in_reply_to":${id}}}`,
    );
  }
  await refusal(
    client.sendText(141, { content: "x", content_attributes: { in_reply_to: 2n ** 63n } }),
    "content_attributes.in_reply_to",
  );
});
