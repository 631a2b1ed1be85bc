// Methods that were taken off their client.

import assert from "node:assert/strict";
import test from "node:test";
import { refusal } from "../lib/assertions.mjs";
import { clientOf, livedesk } from "../lib/package.mjs";
import { startServer } from "../lib/servers.mjs";

const METHODS = ["sendText", "sendAttachments", "sendTemplate", "retryMessage"];

for (const name of METHODS) {
  test(`${name} without its client says so, and how to keep both`, async (t) => {
    const server = await startServer(t);
    const desk = clientOf(server);
    const { [name]: method } = desk;
    for (const call of [() => method(141, {}), () => [141].map(method)[0]]) {
      const { message } = await refusal(call(), "this");
      assert.match(message, new RegExp(`this is undefined: ${name} was taken off its client`));
      assert.ok(message.includes(`keep desk.${name}.bind(desk)`), message);
    }
    const { message } = await refusal({ method }.method(141, {}), "this");
    assert.match(message, new RegExp(`this is no LiveDesk; call desk\\.${name}`));
    assert.equal(server.requests.length, 0);
  });
}

test("a bound method works, and so does a function of that name", async (t) => {
  const server = await startServer(t);
  const desk = clientOf(server);
  const sendText = desk.sendText.bind(desk);
  await sendText(141, { content: "x" });
  await livedesk.sendText(desk, 141, { content: "x" });
  assert.equal(server.requests.length, 2);
});
