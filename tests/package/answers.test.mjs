// What comes back: messages unchanged, and answers that are none.

import assert from "node:assert/strict";
import test from "node:test";
import { rejection } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { MESSAGE, reply, startServer, startTcpServer } from "../lib/servers.mjs";

const KEPT_BYTES = 64 * 1024;

/** A client of a server that always answers the same, and the server. */
async function answering(t, status, body, headers) {
  const server = await startServer(t, (_, response) => reply(response, status, body, headers));
  return { server, desk: clientOf(server) };
}

const FULL = {
  id: 17_629_000_001_207,
  content: null,
  inbox_id: 7,
  conversation_id: 4_294_967_297,
  message_type: 1,
  content_type: "text",
  status: "sent",
  content_attributes: { in_reply_to: 17_629_000_001_206, deep: [[{}], null, 0.1, "é"] },
  created_at: 1_763_700_000,
  private: false,
  source_id: null,
  sorting_id: 9_007_199_254_740_991,
  sender: { id: 3, name: "Grace", type: "user", custom: { a: 1 } },
  attachments: [{ id: 5, width: null, height: null, thumb_url: "", data_url: "https://example.com/x" }],
  echo_id: "x",
  a_field_of_next_year: { nested: ["unknown"] },
};

test("every field survives unchanged, unknown ones and large ids too", async (t) => {
  const { desk } = await answering(t, 200, FULL);
  assert.deepEqual(await desk.sendText(141, { content: "Hello" }), FULL);
});

for (const source_id of [null, "wamid.HBgL", 17_629_000_001_207, undefined]) {
  test(`a source_id that is ${source_id} comes back as it is`, async (t) => {
    const { desk } = await answering(t, 200, { ...MESSAGE, source_id });
    const message = await desk.sendText(141, { content: "Hello" });
    assert.equal(message.source_id, source_id);
  });
}

test("words and numbers that are not known yet are data", async (t) => {
  const unheard = {
    id: 1,
    status: "queued",
    message_type: 9,
    content_type: "cards",
    sender: { type: "bot" },
  };
  const { desk } = await answering(t, 200, unheard);
  assert.deepEqual(await desk.sendText(141, { content: "Hello" }), unheard);
});

test("a message in a 201 or 202 is one", async (t) => {
  for (const status of [201, 202]) {
    const { desk } = await answering(t, status, MESSAGE);
    assert.deepEqual(await desk.sendText(141, { content: "Hello" }), MESSAGE);
  }
});

const PAGE = "<html><body><h1>Welcome</h1></body></html>";

/** [what, status, body as sent, body as kept] */
const NO_MESSAGES = [
  ["an HTML page", 200, PAGE, PAGE],
  ["JSON cut in its middle", 200, '{"id":1,"status":"se', '{"id":1,"status":"se'],
  ["nothing", 200, "", ""],
  ["204", 204, "", ""],
  ["a list", 200, '[{"id":1,"status":"sent"}]', '[{"id":1,"status":"sent"}]'],
  ['{"ok":true}', 200, '{"ok":true}', '{"ok":true}'],
  ["an id without a status", 200, '{"id":1}', '{"id":1}'],
  ["a status without an id", 200, '{"status":"sent"}', '{"status":"sent"}'],
  ["an id that is none", 200, '{"id":-1,"status":"sent"}', '{"id":-1,"status":"sent"}'],
  ["a status that is no word", 200, '{"id":1,"status":200}', '{"id":1,"status":200}'],
  ["null", 200, "null", "null"],
  ["text", 200, '"sent"', '"sent"'],
];

for (const [what, status, body, kept] of NO_MESSAGES) {
  test(`a success with ${what} may hide a stored message`, async (t) => {
    const { server, desk } = await answering(t, status, body);
    const fields = { code: "unreadable_response", outcome: "unknown", status, body: kept, attempts: 1 };
    const error = await rejection(desk.sendText(141, { content: "Hello" }), "ResponseError", fields);
    assert.match(error.message, /look at the conversation before you send it again/);
    assert.equal(server.requests.length, 1);
  });
}

test("of a page of a megabyte 64 KiB are kept, whole characters only", async (t) => {
  const page = `<p>${"é".repeat(512 * 1024)}</p>`;
  const { desk } = await answering(t, 200, page);
  const error = await rejection(desk.sendText(141, { content: "Hello" }), "ResponseError", {
    outcome: "unknown",
  });
  const bytes = Buffer.byteLength(error.body);
  assert.ok(bytes <= KEPT_BYTES && bytes > KEPT_BYTES - 4, `${bytes} bytes`);
  assert.ok(page.startsWith(error.body));
});

test("of an error's page of a megabyte 64 KiB are kept, and the rest is not waited for", async (t) => {
  const page = `<p>${"é".repeat(512 * 1024)}</p>`;
  const server = await startServer(t, (_, response) => {
    response.writeHead(502, { "Content-Type": "text/html" });
    response.write(page);
    // Never ended: an answer without end must not hold the error back.
  });
  const error = await rejection(clientOf(server).sendText(141, { content: "Hello" }), "ApiError", {
    status: 502,
  });
  assert.ok(Buffer.byteLength(error.body) <= KEPT_BYTES + 3, `${Buffer.byteLength(error.body)} bytes`);
  assert.ok(page.startsWith(error.body.replace(/\ufffd$/, "")));
});

test("a body that breaks off is unknown, with its cause", async (t) => {
  const url = await startTcpServer(t, (socket) => {
    socket.once("data", () => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n");
      socket.write('{"id":1,"status":"sent"', () => socket.destroy());
    });
  });
  const error = await rejection(clientOf(url).sendText(141, { content: "Hello" }), "ResponseError", {
    outcome: "unknown",
    status: 200,
  });
  assert.match(error.message, /could not be read to its end/);
  assert.ok(error.cause instanceof Error);
});

test("a connection that is cut before the answer is unknown, and not tried again", async (t) => {
  let connections = 0;
  const url = await startTcpServer(t, (socket) => {
    connections += 1;
    socket.once("data", () => socket.destroy());
  });
  const error = await rejection(clientOf(url).sendText(141, { content: "Hello" }), "ConnectionError", {
    code: "connection_lost",
    outcome: "unknown",
    attempts: 1,
  });
  assert.ok(error.cause instanceof Error);
  assert.equal(connections, 1);
});

test("an answer that is no HTTP is unknown", async (t) => {
  const url = await startTcpServer(t, (socket) => {
    socket.once("data", () => socket.end("SSH-2.0-OpenSSH_9.2\r\n"));
  });
  await rejection(clientOf(url).sendText(141, { content: "Hello" }), "ConnectionError", {
    outcome: "unknown",
  });
});

test("a deeply nested answer is no trouble", async (t) => {
  const nested = `{"id":1,"status":"sent","x":${"[".repeat(5000)}${"]".repeat(5000)}}`;
  const { desk } = await answering(t, 200, nested);
  assert.equal((await desk.sendText(141, { content: "Hello" })).id, 1);
});

test("a 2xx that never ends is given up at 1 MiB, and its connection with it", async (t) => {
  let gone;
  const closed = new Promise((resolve) => {
    gone = resolve;
  });
  let written = 0;
  const server = await startServer(t, (_, response) => {
    response.on("close", gone).writeHead(200, { "Content-Type": "application/json" });
    const more = () => {
      while (!response.destroyed && response.write(" ".repeat(65_536))) written += 65_536;
    };
    response.on("drain", more);
    more();
  });
  const error = await rejection(clientOf(server).sendText(141, { content: "Hello" }), "ResponseError", {
    code: "unreadable_response",
    outcome: "unknown",
  });
  assert.match(error.message, /longer than any message, more than 1 MiB/);
  assert.ok(error.body.length <= 65_536);
  await closed;
  assert.ok(written < 64 * 1024 * 1024, `${written} bytes were written`);
});
