// The client judges what a sandbox's script does as it would judge the same of a real server.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { clientOf, livedesk, sandbox, sandboxOnPort } from "../lib/package.mjs";

const port = await sandboxOnPort.serveSandbox();
after(port.close);
const memory = sandbox.createSandbox();
const quick = { timeout: 400, maxRetries: 1 };
const PLACES = {
  "in memory": [memory, clientOf("https://livedesk.invalid", { ...quick, fetch: memory.fetch })],
  "on a port": [port.sandbox, clientOf(port, quick)],
};
const file = () => new File(["x"], "a.txt");

for (const [place, [desk, client]] of Object.entries(PLACES)) {
  const inMemory = place === "in memory";
  /** The outcome, and how many requests and messages there were. */
  async function ending(steps, send = () => client.sendText(141, { content: "Hello" })) {
    desk.reset();
    desk.script(141, steps);
    const outcome = await send().then(
      ({ status }) => status,
      (error) => `${error.outcome} ${error.code}`,
    );
    return [outcome, desk.requests.length, desk.conversations.get(141)?.length ?? 0];
  }

  for (const [steps, expected] of [
    [["ok"], ["sent", 1, 1]],
    [
      [{ status: 429, headers: { "Retry-After": "0" } }, "ok"],
      ["sent", 2, 1],
    ],
    [[{ status: 500, store: true }], ["unknown server_error", 1, 1]],
    [[{ status: 503 }], ["unknown server_error", 1, 0]],
    [[{ status: 404 }], ["rejected not_found", 1, 0]],
    [[{ status: 422, body: { error: "File exists" }, store: true }], ["unknown invalid_request", 1, 1]],
    [[{ cut: "head" }], ["unknown connection_lost", 1, 1]],
    [[{ cut: "body" }], ["unknown unreadable_response", 1, 1]],
    [[{ reset: true, store: false }], ["unknown connection_lost", 1, 0]],
    [[{ stall: true }], ["unknown timeout", 1, 1]],
    [[{ stall: "body" }], ["unknown timeout", 1, 1]],
    [[{ stall: 50 }], ["unknown connection_lost", 1, 1]],
    [[{ external_error: "131047: x" }], ["failed delivery_failed", 1, 1]],
    [[{ redirect: "/elsewhere" }], ["rejected redirected", 1, 0]],
    [[{ delay: 50 }], ["sent", 1, 1]],
  ]) {
    test(`${place}, ${JSON.stringify(steps)} ends as ${expected[0]}`, async () => {
      assert.deepEqual(await ending(steps), expected);
    });
  }

  test(`${place}, a file that was lost is told by what the answer shows`, async () => {
    const body = {
      id: 17_629_000_000_001,
      status: "sent",
      content_type: "text",
      message_type: 1,
      private: false,
    };
    const send = () => client.sendAttachments(141, { content: "Hello", attachments: [file()] });
    assert.deepEqual(await ending([{ body, store: true }], send), ["failed attachments_lost", 1, 1]);
  });

  test(`${place}, a connection that is refused sends nothing, and is ${inMemory ? "tried again" : "not proven to"}`, async () => {
    for (const step of ["offline", { refuse: true }]) {
      const once = inMemory ? ["sent", 2, 1] : ["unknown connection_lost", 1, 0];
      assert.deepEqual(await ending([step]), once);
      const twice = inMemory ? ["not_sent not_connected", 2, 0] : ["unknown connection_lost", 1, 0];
      assert.deepEqual(await ending([step, step]), twice);
      const send = () => client.sendAttachments(141, { attachments: [file()] });
      assert.deepEqual(await ending([step], send), once);
    }
  });

  test(`${place}, a failure five minutes later can be explained and retried`, async () => {
    desk.reset();
    const message = await client.sendText(141, { content: "Hello" });
    desk.failLater(message.id, "131016: Service unavailable", { afterMs: 300_000 });
    await desk.advance(300_000);
    const [failed] = desk.conversations.get(141);
    const failure = await livedesk.explainFailure(failed);
    assert.equal(failure.code, 131016);
    assert.equal((await client.retryMessage(141, failed)).status, "sent");
  });
}
