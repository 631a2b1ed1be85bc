// The four calls: what goes over the wire, what is stored, and what comes back.

import assert from "node:assert/strict";
import test, { after, beforeEach } from "node:test";
import { rejection } from "../lib/assertions.mjs";
import { CREDENTIALS, clientOf, livedesk } from "../lib/package.mjs";
import { MESSAGE, reply, startSandbox, startServer } from "../lib/servers.mjs";

const server = await startServer({ after });
const desk = await startSandbox({ after }, CREDENTIALS);

const TEMPLATE = {
  content: "Hi John, your order has shipped.",
  template_params: {
    name: "order_update",
    namespace: "shop_1",
    language: "en_US",
    category: "UTILITY",
    processed_params: { 1: "John", 2: "shipped" },
    header_params: { type: "text", text_variables: { 1: "Order #456" } },
    footer_params: { text_variables: { 1: "Acme Corp" } },
    button_params: [
      { index: 0, sub_type: "url", text: "track/12345" },
      { index: 1, sub_type: "quick_reply", payload: "OPT_OUT" },
    ],
  },
};
const HEADERS = [
  { type: "image", media_url: "https://example.com/parcel.png" },
  { type: "video", media_url: "https://example.com/parcel.mp4" },
  { type: "document", media_url: "https://example.com/invoice.pdf", filename: "Rechnung März.pdf" },
  {
    type: "location",
    location: { latitude: -33.8568, longitude: 151.2153, name: "Opera House", address: "Bennelong Point" },
  },
];

beforeEach(() => {
  server.requests.length = 0;
  desk.reset();
});

test("text is stored once, with what it answers, and comes back whole", async () => {
  const client = clientOf(desk);
  const question = await client.sendText(141, { content: "Which size?" });
  const answer = await client.sendText(141, {
    content: 'We have S, M and L. 👋 \u0001\u001f"\\',
    private: true,
    content_attributes: { in_reply_to: question.id, tags: ["a", { deep: [1, null, false, -0.5] }] },
  });

  const stored = desk.messages(141);
  assert.equal(stored.length, 2);
  assert.deepEqual(answer, JSON.parse(JSON.stringify(stored[1])));
  assert.equal(stored[1].content, 'We have S, M and L. 👋 \u0001\u001f"\\');
  assert.equal(stored[1].private, true);
  assert.deepEqual(stored[1].content_attributes, {
    in_reply_to: question.id,
    tags: ["a", { deep: [1, null, false, -0.5] }],
  });
  assert.equal(answer.sender.type, "user");
});

test("the request is what LiveDesk's page prints, and no header more", async () => {
  await clientOf(server).sendText("141", {
    content: "Hello",
    private: false,
    content_attributes: { in_reply_to: 29 },
  });
  const [{ method, path, headers, body }, ...others] = server.requests;
  assert.equal(others.length, 0);
  assert.equal(method, "POST");
  assert.equal(path, "/api/v2/accounts/conversations/141/messages");
  assert.equal(String(body), '{"content":"Hello","private":false,"content_attributes":{"in_reply_to":29}}');
  assert.equal(headers.authorization, `Basic ${btoa(`${CREDENTIALS.apiKey}:${CREDENTIALS.apiSecret}`)}`);
  assert.equal(headers.accept, "application/json");
  assert.equal(headers["content-type"], "application/json");
  assert.equal(headers["content-length"], String(body.length));
});

test("credentials go as the UTF-8 bytes that they are", async () => {
  const client = clientOf(server, { apiKey: "schlüssel", apiSecret: "пароль:☂" });
  await client.sendText(141, { content: "Hello" });
  const [, encoded] = server.requests[0].headers.authorization.split(" ");
  assert.equal(Buffer.from(encoded, "base64").toString("utf8"), "schlüssel:пароль:☂");
});

test("a template with all its parts arrives as it was written", async () => {
  const message = await clientOf(server).sendTemplate(141, TEMPLATE);
  assert.deepEqual(message, MESSAGE);
  assert.deepEqual(JSON.parse(server.requests[0].body), { ...TEMPLATE, message_type: "outgoing" });

  const answer = await clientOf(desk).sendTemplate(141, TEMPLATE);
  const { name, language, category } = TEMPLATE.template_params;
  assert.deepEqual(answer.additional_attributes, { template_params: { name, language, category } });
  assert.equal(desk.messages(141).length, 1);
  assert.deepEqual(desk.messages(141)[0].additional_attributes.template_params, TEMPLATE.template_params);
  assert.equal(desk.messages(141)[0].sender.type, "user");
});

for (const header_params of HEADERS) {
  test(`a template's ${header_params.type} header arrives as it was written`, async () => {
    const template_params = { name: "parcel", language: "de", header_params };
    await clientOf(server).sendTemplate(141, { content: "A parcel", template_params });
    assert.deepEqual(JSON.parse(server.requests[0].body).template_params, template_params);
  });
}

test("numbers among a template's values become text, as Meta wants them", async () => {
  const template_params = { name: "total", language: "en", processed_params: { amount: 20, rate: 0.5 } };
  await clientOf(server).sendTemplate(141, { content: "Total", template_params });
  assert.deepEqual(JSON.parse(server.requests[0].body).template_params.processed_params, {
    amount: "20",
    rate: "0.5",
  });
});

test("a failed message is retried by its id and by the message itself", async () => {
  const client = clientOf(desk);
  const error = await rejection(client.sendText(900131, { content: "Hello" }), "DeliveryError");
  const [stored] = desk.messages(900131);
  assert.equal(stored.status, "failed");

  const byMessage = await client.retryMessage(900131, error.sent, { force: true });
  assert.equal(byMessage.id, stored.id);
  assert.equal(stored.status, "sent");

  stored.status = "failed";
  for (const id of [stored.id, String(stored.id), BigInt(stored.id)]) {
    assert.equal((await client.retryMessage(900131, id)).status, "sent");
  }
  assert.equal(desk.messages(900131).length, 1);
});

test("a retry is a POST without a body", async () => {
  await clientOf(server).retryMessage(141, 29);
  const [{ method, path, headers, body }] = server.requests;
  assert.equal(method, "POST");
  assert.equal(path, "/api/v2/accounts/conversations/141/messages/29/retry");
  assert.equal(body.length, 0);
  assert.equal(headers["content-type"], undefined);
});

const CALLS = [
  ["sendText", { content: "Hello" }],
  ["sendAttachments", { attachments: [new File(["x"], "x.txt")] }],
  ["sendTemplate", TEMPLATE],
  ["retryMessage", 29],
];

for (const [name, message] of CALLS) {
  test(`${name}() sends the same with options, with a LiveDesk and as its method`, async () => {
    const options = { ...CREDENTIALS, baseUrl: server.url };
    const client = new livedesk.LiveDesk(options);
    assert.deepEqual(await livedesk[name](options, 141, message), MESSAGE);
    assert.deepEqual(await livedesk[name](client, 141, message, { timeout: 5000 }), MESSAGE);
    assert.deepEqual(await client[name](141, message), MESSAGE);
    assert.equal(server.requests.length, 3);
    const [first, ...others] = server.requests.map(({ method, path, headers }) => ({
      method,
      path,
      authorization: headers.authorization,
    }));
    for (const other of others) assert.deepEqual(other, first);
  });

  test(`${name}() rejects, and never throws at once, whatever it is given`, async () => {
    for (const call of [
      [],
      [null],
      [{}],
      [{ ...CREDENTIALS }, {}, {}, 7],
      [new Proxy({}, { get: () => 1 })],
    ]) {
      const promise = livedesk[name](...call);
      assert.ok(promise instanceof Promise);
      await rejection(promise, "ValidationError", { outcome: "not_sent" });
    }
  });

  test(`${name}() taken off its client says so`, async () => {
    const { [name]: loose } = clientOf(server);
    const error = await rejection(loose(141, message), "ValidationError", { outcome: "not_sent" });
    assert.ok(error.message.includes(`desk.${name}(`), error.message);
    assert.equal(server.requests.length, 0);
  });
}

test("ids as number, bigint, string and the largest there is reach the same kind of address", async () => {
  for (const id of [141, 141n, "141", 2 ** 40, "9223372036854775807", 2n ** 63n - 1n]) {
    await clientOf(server).sendText(id, { content: "Hello" });
    assert.equal(server.requests.pop().path, `/api/v2/accounts/conversations/${id}/messages`);
  }
});

test("requestOptions.extra adds fields to JSON and to forms", async () => {
  const extra = { echo_id: "e-1", campaign: { id: 7 } };
  await clientOf(server).sendText(141, { content: "Hello" }, { extra });
  assert.deepEqual(JSON.parse(server.requests[0].body), { content: "Hello", ...extra });

  await clientOf(server).sendAttachments(141, { attachments: [new Blob(["x"])] }, { extra });
  const { headers, body } = server.requests[1];
  const form = await new Response(body, { headers }).formData();
  assert.equal(form.get("echo_id"), "e-1");
  assert.equal(form.get("campaign"), '{"id":7}');
});

test("baseUrl may have a path, a slash at its end, and be a URL", async () => {
  for (const baseUrl of [
    `${server.url}/`,
    `${server.url}/desk`,
    `${server.url}/desk/`,
    new URL(`${server.url}/desk`),
  ]) {
    await clientOf(server, { baseUrl }).sendText(141, { content: "Hello" });
  }
  const tail = "/api/v2/accounts/conversations/141/messages";
  assert.deepEqual(
    server.requests.map((request) => request.path),
    [tail, `/desk${tail}`, `/desk${tail}`, `/desk${tail}`],
  );
});

test("what is sent is what was checked, whatever the caller does to the message meanwhile", async (t) => {
  const slow = await startServer(t, (_, response) => reply(response, 200, MESSAGE));
  const message = { content: "Checked", content_attributes: { items: [1, 2] } };
  const options = { ...CREDENTIALS, baseUrl: slow.url };
  const sent = livedesk.sendText(options, 141, message);
  message.content = "";
  message.content_attributes.items.push(NaN);
  options.baseUrl = "https://elsewhere.invalid";
  await sent;
  assert.equal(String(slow.requests[0].body), '{"content":"Checked","content_attributes":{"items":[1,2]}}');
});
