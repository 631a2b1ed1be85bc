// Messages with attachments that are refused before anything is sent.

import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import test, { after, beforeEach } from "node:test";
import { refusal } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { startServer } from "../lib/servers.mjs";

const server = await startServer({ after });
const client = clientOf(server);

beforeEach(() => {
  server.requests.length = 0;
});

const file = () => new File(["x"], "x.txt");
const data = () => new Uint8Array(1);

/** [what, attachments, paths] */
const ATTACHMENTS = [
  ["none", undefined, "attachments"],
  ["null", null, "attachments"],
  ["an empty list", [], "attachments"],
  ["16 files", Array.from({ length: 16 }, file), "attachments"],
  ["a file that is in no list", file(), "attachments"],
  ["a FileList-like object", { 0: file(), length: 1 }, "attachments"],
  ["text", "x.txt", "attachments"],
  ["an empty Blob", [new Blob([])], "attachments[0]"],
  ["an empty File among others", [file(), new File([], "a.txt")], "attachments[1]"],
  ["an empty buffer", [{ data: new Uint8Array(0), name: "a" }], "attachments[0].data"],
  ["data without a name", [{ data: data() }], "attachments[0].name"],
  ["a name without data", [{ name: "a.txt" }], "attachments[0].data"],
  ["text as data", [{ data: "text", name: "a.txt" }], "attachments[0].data"],
  ["a list of bytes as data", [{ data: [1, 2], name: "a.txt" }], "attachments[0].data"],
  ["a stream as data", [{ data: new ReadableStream(), name: "a.txt" }], "attachments[0].data"],
  ["a number as a name", [{ data: data(), name: 7 }], "attachments[0].name"],
  ["a type that is none", [{ data: data(), name: "a", type: "png" }], "attachments[0].type"],
  ["a line break in a type", [{ data: data(), name: "a", type: "a/b\r\nX: y" }], "attachments[0].type"],
  ["a path", ["folder/a.txt"], "attachments[0]"],
  ["null among files", [file(), null], "attachments[1]"],
  ["undefined among files", [file(), undefined], "attachments[1]"],
  ["a Promise of a file", [Promise.resolve(file())], "attachments[0]"],
  ["a bare buffer", [data()], "attachments[0]"],
  ["an unknown field", [{ data: data(), name: "a", filename: "b" }], "attachments[0].filename"],
  ["two wrong files", ["x", { data: data() }], "attachments[0]", "attachments[1].name"],
];

for (const [what, attachments, ...paths] of ATTACHMENTS) {
  test(`refuses ${what} as attachments`, async () => {
    await refusal(client.sendAttachments(141, { attachments }), ...paths);
    assert.equal(server.requests.length, 0);
  });
}

const FIELDS = [
  ["a caption that is no text", { content: 7 }, "content"],
  ["a caption of 150,001 characters", { content: "x".repeat(150_001) }, "content"],
  ["private as text", { private: "true" }, "private"],
  ["content_attributes as text", { content_attributes: "{}" }, "content_attributes"],
  ["an unknown field", { attachment: file() }, "attachment"],
];

for (const [what, fields, path] of FIELDS) {
  test(`refuses ${what} beside attachments`, async () => {
    await refusal(client.sendAttachments(141, { attachments: [file()], ...fields }), path);
    assert.equal(server.requests.length, 0);
  });
}

test("refuses the field attachment and names attachments", async () => {
  const error = await refusal(
    client.sendAttachments(141, { attachment: [file()] }),
    "attachments",
    "attachment",
  );
  assert.match(error.message, /did you mean attachments\?/);
});

/** What a beginner gives, from the upload or the disk. */
const SOURCES = {
  "a path": () => "folder/a.txt",
  "a stream of a file": () => createReadStream(new URL(import.meta.url)).on("error", () => {}),
  "a web stream": () => new Blob(["x"]).stream(),
};

for (const [what, make] of Object.entries(SOURCES)) {
  test(`${what} among attachments is one issue, which names fileFromPath`, async (t) => {
    const source = make();
    t.after(() => source.destroy?.());
    for (const [attachment, path] of [
      [source, "attachments[0]"],
      [{ data: source, name: "a.txt" }, "attachments[0].data"],
    ]) {
      const error = await refusal(client.sendAttachments(141, { attachments: [attachment] }), path);
      assert.match(error.message, /fileFromPath of engagelab-livedesk\/node/);
      assert.match(error.message, /got a (string|stream)/);
    }
    assert.equal(server.requests.length, 0);
  });
}

test("a channel's limits hold when the channel is named, and not otherwise", async () => {
  const send = (channel, attachments) => clientOf(server, { channel }).sendAttachments(141, { attachments });
  await refusal(send("whatsapp", [file(), file()]), "attachments");
  await refusal(send("whatsapp", [new File(["x"], "x.gif")]), "attachments[0]");
  await refusal(
    send("sms", [{ data: new Uint8Array(5 * 1024 * 1024 + 1), name: "a.bin" }]),
    "attachments[0]",
  );
  assert.equal(server.requests.length, 0);
  await send(undefined, [file(), new File(["x"], "x.gif")]);
  assert.equal(server.requests.length, 1);
});
