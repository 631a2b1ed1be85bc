// A fetch of another make than the runtime's: undici from npm, which people use for its proxies.

import assert from "node:assert/strict";
import test from "node:test";
import { fetch } from "undici";
import { rejection } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { MESSAGE, reply, startServer } from "../lib/servers.mjs";

test("text goes out through a library's own fetch, and its failures are told apart", async (t) => {
  const server = await startServer(t, ({ count }, response) =>
    reply(response, count === 1 ? 200 : 500, MESSAGE),
  );
  const desk = clientOf(server, { fetch });
  assert.deepEqual(await desk.sendText(141, { content: "Hello" }), MESSAGE);
  const error = await rejection(desk.sendText(141, { content: "Hello" }), "ApiError", { outcome: "unknown" });
  assert.ok(error.headers instanceof Headers);
  assert.equal(server.requests.length, 2);
});

test("attachments never go out as the text [object FormData], which LiveDesk would store as an empty message", async (t) => {
  const server = await startServer(t);
  const call = clientOf(server, { fetch }).sendAttachments(141, { attachments: [new File(["x"], "x.txt")] });
  const error = await rejection(call, "ConnectionError", { code: "form_failed", outcome: "not_sent" });
  assert.match(error.cause.message, /does not know this FormData/);
  assert.equal(server.requests.length, 0);
});
