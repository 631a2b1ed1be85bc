// A DeliveryError where a message is asked for, and what a failed template is told.

import assert from "node:assert/strict";
import test, { after, beforeEach } from "node:test";
import { refusal, rejection } from "../lib/assertions.mjs";
import { clientOf, livedesk, requireInstalled } from "../lib/package.mjs";
import { MESSAGE, reply, startSandbox, startServer } from "../lib/servers.mjs";

const { explainFailure } = livedesk;
const desk = await startSandbox({ after });
const WINDOW = "131047: Re-engagement message";
const TEMPLATE = { content: "Hello", template_params: { name: "order_update", language: "en_US" } };

beforeEach(() => desk.reset());

/** A failed delivery of another copy of the package, which has classes of its own. */
async function ofAnotherCopy() {
  const { LiveDesk, DeliveryError } = requireInstalled("./node_modules/engagelab-livedesk/index.cjs");
  assert.notEqual(DeliveryError, livedesk.DeliveryError);
  const options = { apiKey: "any", apiSecret: "any", baseUrl: desk.url };
  return new LiveDesk(options).sendText(900131, { content: "Hello" }).catch((error) => error);
}

async function failed() {
  return rejection(clientOf(desk).sendText(900131, { content: "Hello" }), "DeliveryError");
}

const SOURCES = {
  "a DeliveryError": failed,
  "a DeliveryError of another copy of the package": ofAnotherCopy,
  "a DeliveryError that was kept as JSON": async () => JSON.parse(JSON.stringify(await failed())),
};

for (const [what, make] of Object.entries(SOURCES)) {
  test(`retryMessage takes ${what}`, async () => {
    const error = await make();
    const events = [];
    const client = clientOf(desk, { onEvent: (event) => events.push(event) });
    const message = await client.retryMessage(900131, error, { force: true });
    assert.equal(message.id, error.messageId);
    assert.equal(message.status, "sent");
    assert.deepEqual(
      events.map(({ type, messageId }) => [type, messageId]),
      ["request", "response", "end"].map((type) => [type, error.messageId]),
    );
    const again = await make();
    assert.equal(
      (await livedesk.retryMessage(clientOf(desk), 900131, again, { force: true })).id,
      again.messageId,
    );
  });

  test(`explainFailure takes ${what}`, async () => {
    const error = await make();
    const failure = await explainFailure(error);
    assert.deepEqual(failure, { ...error.failure });
    assert.equal(failure.class, "use_template");
  });
}

test("with a channel explainFailure reads the error's reason anew", async () => {
  const error = await failed();
  assert.equal((await explainFailure(error, { channel: "whatsapp" })).class, "use_template");
  assert.equal((await explainFailure(error, { channel: "telegram" })).class, "unknown");
});

test("an error about lost files cannot be retried, and is explained as it was", async (t) => {
  const server = await startServer(t, (_, response) =>
    reply(response, 200, {
      ...MESSAGE,
      ...{ inbox_id: 1, message_type: 1, content_type: "text", content_attributes: {}, created_at: 1 },
      ...{ private: false, source_id: null, sender: {} },
    }),
  );
  const attachments = [new File(["x"], "a.txt")];
  const error = await rejection(clientOf(server).sendAttachments(141, { attachments }), "DeliveryError", {
    code: "attachments_lost",
  });
  for (const kept of [error, JSON.parse(JSON.stringify(error))]) {
    await refusal(clientOf(server).retryMessage(141, kept), "message.status");
    for (const options of [undefined, { channel: "telegram" }]) {
      assert.deepEqual(await explainFailure(kept, options), { ...error.failure });
    }
  }
  assert.equal(server.requests.length, 1);
});

test("retryMessage refuses other errors, and says what it takes", async () => {
  const error = await rejection(clientOf(desk).sendText(900500, { content: "Hello" }), "ApiError");
  const refused = await refusal(clientOf(desk).retryMessage(900500, error), "message");
  assert.match(refused.message, /a DeliveryError/);
});

test("explainFailure takes a code by itself", async () => {
  for (const code of [131_047, "131047", 131_047n]) {
    const failure = await explainFailure(code);
    assert.deepEqual(
      [failure.code, failure.class, failure.raw, failure.text],
      [131_047, "use_template", "131047", ""],
    );
    assert.equal((await explainFailure(code, { channel: "sms" })).class, "unknown");
  }
  assert.equal((await explainFailure(131_000)).retryAfterMs, 2000);
  assert.equal((await explainFailure("999999")).class, "unknown");
  // In a message a number alone is another channel's.
  const message = { id: 1, status: "failed", content_attributes: { external_error: "131047" } };
  assert.equal((await explainFailure(message)).class, "unknown");
});

test("a text into a closed window is told to send a template, and a template is not", async () => {
  const text = await failed();
  assert.match(text.failure.advice, /sendTemplate/);
  const template = await rejection(clientOf(desk).sendTemplate(900131, TEMPLATE), "DeliveryError", {
    outcome: "failed",
  });
  const { failure } = template;
  assert.deepEqual([failure.code, failure.class, failure.canRetry], [131_047, "use_template", false]);
  assert.doesNotMatch(`${failure.advice} ${template.message}`, /sendTemplate/);
  assert.match(failure.advice, /approved/);
  assert.equal((await explainFailure(template)).advice, failure.advice);
});

test("a template is known as one by LiveDesk's answer, too", async (t) => {
  const message = {
    ...{ id: 29, status: "failed", content_attributes: { external_error: WINDOW } },
    additional_attributes: { template_params: { name: "order_update" } },
  };
  assert.doesNotMatch((await explainFailure(message)).advice, /sendTemplate/);
  const server = await startServer(t, (_, response) =>
    reply(response, 200, { ...message, additional_attributes: {} }),
  );
  const retried = await rejection(
    clientOf(server).retryMessage(141, message, { force: true }),
    "DeliveryError",
  );
  assert.doesNotMatch(retried.failure.advice, /sendTemplate/);
});

test("retryMessage refuses what a retry cannot mend, with what to do instead, unless it is forced", async (t) => {
  const server = await startServer(t);
  const client = clientOf(server);
  for (const reason of [WINDOW, "(#132000) x", "131026: x", "131049: x"]) {
    const failed = { id: 29, status: "failed", content_attributes: { external_error: reason } };
    const { advice } = await explainFailure(failed);
    const { issues } = await refusal(client.retryMessage(141, failed), "message");
    assert.equal(issues[0].code, "retry_cannot_help");
    assert.ok(issues[0].message.includes(advice));
    assert.equal(server.requests.length, 0);
    await client.retryMessage(141, failed, { force: true });
    assert.equal(server.requests.splice(0).length, 1);
    await client.retryMessage(141, failed.id);
    assert.equal(server.requests.splice(0).length, 1);
  }
  for (const reason of ["131016: x", "190: x", "190 - x", ""]) {
    await client.retryMessage(141, {
      id: 29,
      status: "failed",
      content_attributes: { external_error: reason },
    });
  }
  assert.equal(server.requests.length, 4);
});

test("a DeliveryError that was kept as JSON is refused like the message itself", async () => {
  const error = await failed();
  const kept = JSON.parse(JSON.stringify(error));
  await refusal(clientOf(desk).retryMessage(900131, kept), "message");
});
