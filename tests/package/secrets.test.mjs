// Credentials and content show nowhere they could be logged.

import assert from "node:assert/strict";
import test from "node:test";
import { inspect } from "node:util";
import { caught, rejection } from "../lib/assertions.mjs";
import { CREDENTIALS, clientOf, livedesk } from "../lib/package.mjs";
import { closedPort, reply, startServer } from "../lib/servers.mjs";

const { apiKey, apiSecret } = CREDENTIALS;
const PAIR = btoa(`${apiKey}:${apiSecret}`);
const CONTENT = "Dear Ada, your code is Kx5519";
const SECRETS = [apiKey, apiSecret, PAIR, CONTENT, "Kx5519"];

/** Everything that a logger could make of a value. */
function allShown(value) {
  const shown = [
    inspect(value, { showHidden: true, depth: 20 }),
    inspect(value),
    String(value),
    JSON.stringify(value) ?? "",
    JSON.stringify({ ...value }),
    Object.getOwnPropertyNames(value).map((name) => inspect(value[name], { showHidden: true, depth: 20 })),
    value.stack ?? "",
  ];
  return shown.flat().join("\n");
}

function assertSilent(value, secrets = SECRETS) {
  const shown = allShown(value);
  for (const secret of secrets) {
    const line = shown.split("\n").find((line) => line.includes(secret));
    assert.equal(line, undefined, `shows ${secret}: ${line?.trim()}`);
  }
}

test("a client shows no credentials", () => {
  const authorization = `Basic ${PAIR}`;
  const baseUrl = "https://livedesk.invalid";
  for (const desk of [clientOf(baseUrl), new livedesk.LiveDesk({ baseUrl, authorization })]) {
    assertSilent(desk);
    assert.deepEqual(Object.getOwnPropertyNames(desk), []);
    assert.deepEqual(structuredClone(desk), {});
    assertSilent({ ...desk });
  }
});

test("a refused option shows no value", () => {
  for (const options of [
    { apiKey: `${apiKey}:${apiSecret}`, apiSecret },
    { apiKey, apiSecret: `${apiSecret}\n` },
    { apiKey, apiSecret, baseUrl: `https://${apiKey}:${apiSecret}@example.com` },
    { apiKey, apiSecret, channel: apiSecret },
    { apiKey: [apiKey], apiSecret: { apiSecret } },
    { apiKey, apiSecret, authorization: `Basic ${PAIR}` },
    { apiKey, apiSecret, secret: apiSecret },
  ]) {
    try {
      new livedesk.LiveDesk(options);
      assert.fail("constructed");
    } catch (error) {
      assert.ok(error instanceof livedesk.ValidationError, String(error));
      assertSilent(error);
    }
  }
});

test("refused input shows no content", async () => {
  const desk = clientOf("https://livedesk.invalid");
  const calls = [
    desk.sendText(CONTENT, { content: CONTENT }),
    desk.sendText(141, CONTENT),
    desk.sendText(141, { content: `${CONTENT} \ud800` }),
    desk.sendText(141, { content: CONTENT, private: CONTENT, content_attributes: CONTENT }),
    desk.sendText(141, { content: CONTENT, text: CONTENT }),
    desk.sendText(141, { content: CONTENT }, { timeout: CONTENT }),
    desk.sendAttachments(141, { attachments: [CONTENT], content: [CONTENT] }),
    desk.sendTemplate(141, { content: CONTENT, template_params: { name: CONTENT, language: CONTENT } }),
    desk.retryMessage(141, { id: CONTENT, status: CONTENT }),
  ];
  const errors = await Promise.all(calls.map((call) => rejection(call, "ValidationError")));
  for (const error of errors) assertSilent(error);
});

/** Answers that repeat what was sent: the credentials, and what the body says. */
const ECHOES = {
  error: (echo) => ({ error: `Invalid: ${echo}` }),
  errors: (echo) => ({ errors: [echo, { content: [echo] }] }),
  message: (echo) => ({ message: echo, attributes: [echo] }),
  "plain text": (echo) => `Refused: ${echo}`,
  "a JSON text": (echo) => JSON.stringify(echo),
  "an HTML page": (echo) => `<p>${echo}</p>`,
  "fields nobody knows": (echo) => ({ id: 1, params: { content: echo } }),
};

for (const [what, body] of Object.entries(ECHOES)) {
  for (const status of [200, 422, 500]) {
    test(`a ${status} that echoes what was sent in ${what} shows none of it`, async (t) => {
      const server = await startServer(t, ({ headers }, response) => {
        const echo = [headers.authorization, apiSecret, CONTENT].join(" ");
        reply(response, status, body(echo), { "X-Echo": echo, "X-Request-Id": "r-1" });
      });
      const error = await caught(clientOf(server).sendText(141, { content: CONTENT }));
      assertSilent(error);
    });
  }
}

test("an echo of the key shows none of it", async (t) => {
  const server = await startServer(t, (_, response) =>
    reply(response, 401, { error: `No account of ${apiKey}` }),
  );
  assertSilent(await caught(clientOf(server).sendText(141, { content: CONTENT })));
});

/** Content that an answer's sentence cannot hold as it is: long, of many lines, with odd spaces. */
const CONTENTS = {
  "longer than the sentence that is shown": `${"Dear Ada. ".repeat(40)}Kx5519`,
  "of several lines": "Dear Ada,\r\nyour code is\tKx5519\n",
  "with spaces around": "   Dear Ada Kx5519   ",
  "that ends in full stops": "Dear Ada Kx5519...",
  "in another script": "尊敬的艾达,您的验证码是 Kx5519",
};

for (const [what, content] of Object.entries(CONTENTS)) {
  test(`an echo of content ${what} shows none of it`, async (t) => {
    const server = await startServer(t, ({ body }, response) => {
      reply(response, 422, { error: `Validation failed: ${JSON.parse(body).content}` });
    });
    const error = await caught(clientOf(server).sendText(141, { content }));
    assertSilent(error, ["Kx5519", "Dear Ada", "尊敬的艾达"]);
  });
}

test("an echo of a template's values shows none of them, whatever they are called", async (t) => {
  const processed_params = { name: "Lovelace", code: "Kx5519", type: "Platinum", status: "overdue" };
  const server = await startServer(t, ({ body }, response) => {
    reply(response, 422, {
      error: Object.values(JSON.parse(body).template_params.processed_params).join(", "),
    });
  });
  const template_params = { name: "order_update", language: "en", processed_params };
  const error = await caught(clientOf(server).sendTemplate(141, { content: "An order", template_params }));
  assertSilent(error, Object.values(processed_params));
});

test("an echo of requestOptions.extra shows none of it", async (t) => {
  const server = await startServer(t, ({ body }, response) =>
    reply(response, 422, { error: JSON.parse(body).note }),
  );
  const error = await caught(
    clientOf(server).sendText(141, { content: "Hello" }, { extra: { note: CONTENT } }),
  );
  assertSilent(error, [CONTENT, "Kx5519"]);
});

test("errors of the network show neither credentials nor content", async () => {
  const options = { maxRetries: 0 };
  assertSilent(await caught(clientOf(await closedPort(), options).sendText(141, { content: CONTENT })));
  const fetch = () => Promise.reject(new TypeError("Failed to fetch"));
  assertSilent(await caught(clientOf("https://x.invalid", { fetch }).sendText(141, { content: CONTENT })));
  const silent = () => new Promise(() => {});
  const slow = clientOf("https://x.invalid", { fetch: silent, timeout: 20 });
  assertSilent(await caught(slow.sendText(141, { content: CONTENT })));
});

test("a failed delivery shows the channel's reason, and nothing of the message", async (t) => {
  const failed = {
    ...{ id: 29, status: "failed", content: CONTENT, sender: { name: CONTENT } },
    content_attributes: { external_error: "131047: Re-engagement message", note: CONTENT },
  };
  const server = await startServer(t, (_, response) => reply(response, 200, failed));
  const error = await rejection(clientOf(server).sendText(141, { content: CONTENT }), "DeliveryError");
  assert.deepEqual(error.sent, failed);
  assert.match(error.message, /131047: Re-engagement message/);
  assertSilent(error);
});

test("a channel's reason that repeats the message is told without it", async (t) => {
  const external_error = `403, Bad text: ${CONTENT}`;
  const failed = { id: 29, status: "failed", content: CONTENT, content_attributes: { external_error } };
  const server = await startServer(t, (_, response) => reply(response, 200, failed));
  const sending = clientOf(server).sendText(141, { content: CONTENT });
  const error = await rejection(sending, "DeliveryError");
  assertSilent(error);
  assert.match(error.message, /403, Bad text/);
  assert.equal(error.sent.content_attributes.external_error, external_error);
  const retrying = clientOf(server).retryMessage(141, {
    ...failed,
    content: "Dear Ada, your code is Kx5519",
  });
  assertSilent(await rejection(retrying, "DeliveryError"));
});

test("what an error keeps back is there for who asks", async (t) => {
  const server = await startServer(t, (_, response) => reply(response, 422, { error: CONTENT }));
  const error = await caught(clientOf(server).sendText(141, { content: CONTENT }));
  assert.deepEqual(error.body, { error: CONTENT });
});

test("JSON of an error has what a log needs", async (t) => {
  const server = await startServer(t, (_, response) => reply(response, 422, "", { "X-Request-Id": "r-1" }));
  const error = await caught(clientOf(server).sendText(141, { content: CONTENT }));
  const { message, ...rest } = JSON.parse(JSON.stringify(error));
  assert.equal(message, error.message);
  assert.deepEqual(rest, {
    ...{ name: "ApiError", code: "invalid_request", outcome: "unknown", attempts: 1 },
    ...{ conversationId: 141, status: 422, requestId: "r-1" },
  });
});
