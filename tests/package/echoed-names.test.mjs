// What a server repeats of a message in a form that the caller did not write it in.

import assert from "node:assert/strict";
import { rename, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { rejection } from "../lib/assertions.mjs";
import { makeConsumerFolder } from "../lib/installed.mjs";
import { clientOf, files } from "../lib/package.mjs";
import { reply, startServer } from "../lib/servers.mjs";

const answering = (t, said) =>
  startServer(t, (_, response) => reply(response, 422, { error: `bad ${said}` }));

for (const name of [
  "C:\\Users\\x\\divorce papers.pdf",
  "/home/ada/divorce papers.pdf",
  "divorce papers.pdf",
]) {
  test(`the name that arrives of ${name} is not repeated`, async (t) => {
    const server = await answering(t, "divorce papers.pdf");
    const call = clientOf(server).sendAttachments(141, { attachments: [{ data: new Uint8Array(1), name }] });
    const { message } = await rejection(call, "ApiError");
    assert.match(message, /bad \[redacted\]/);
    assert.doesNotMatch(message, /divorce|papers/);
  });
}

test("a bigint among template values is not repeated, and neither is a number of three digits", async (t) => {
  const server = await answering(t, "9007199254740993 and 731");
  const template_params = { name: "n", language: "en", processed_params: { 1: 9007199254740993n } };
  const call = clientOf(server).sendTemplate(141, { content: "Your PIN is 731.", template_params });
  const { message } = await rejection(call, "ApiError");
  assert.doesNotMatch(message, /9007199254740993|731/);
});

test("another file in the place of the one that was chosen is not sent, with the same size and time", async (t) => {
  const server = await startServer(t);
  const folder = await makeConsumerFolder(t);
  const [path, other] = [join(folder, "a.txt"), join(folder, "b.txt")];
  await writeFile(path, "mine");
  await writeFile(other, "hers");
  const file = await files.fileFromPath(path);
  const { atime, mtime } = await stat(path);
  await utimes(other, atime, mtime);
  await rename(other, path);
  const call = clientOf(server).sendAttachments(141, { attachments: [file] });
  await rejection(call, "ConnectionError", { code: "file_unreadable", outcome: "not_sent" });
  assert.equal(server.requests.length, 0);
});

test("a file whose name is blank gets one", async (t) => {
  const server = await startServer(t);
  await clientOf(server).sendAttachments(141, {
    attachments: [{ data: new Uint8Array(1), name: "  ", type: "image/png" }],
  });
  assert.match(server.requests[0].body.toString(), /filename="attachment-1\.png"/);
});
