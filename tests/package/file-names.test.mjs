// Names and types that would lose a file or show it as something else, and how they arrive.

import assert from "node:assert/strict";
import test, { after, beforeEach } from "node:test";
import { refusal } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { startSandbox, startServer } from "../lib/servers.mjs";

const server = await startServer({ after });
const desk = await startSandbox({ after });
/** What Rack takes of a part's header before it ignores the part. */
const RACK_BYTES = 1536;

beforeEach(() => {
  server.requests.length = 0;
  desk.reset();
});

/** The head of the only file's part. */
async function partOf(attachment) {
  await clientOf(server).sendAttachments(141, { attachments: [attachment] });
  const raw = server.requests[0].body.toString("utf8");
  const [, disposition, type] = raw.match(
    /\r\nContent-Disposition: ([^\r]*)\r\nContent-Type: ([^\r]*)\r\n\r\n/,
  );
  return { disposition, type };
}

/** The file as the sandbox stored it, which reads names as Rack does. */
async function stored(attachment) {
  await clientOf(desk).sendAttachments(141, { attachments: [attachment] });
  return desk.messages(141).at(-1).attachments[0].blob;
}

const LONG = "Bericht über das Jahr ".repeat(100);

/** [name, as it arrives] */
const NAMES = [
  ["a.txt", "a.txt"],
  ["100%.txt", "100%.txt"],
  ["a%20b.txt", "a%20b.txt"],
  ["%41%.txt", "%41%.txt"],
  ['say "hi".txt', 'say "hi".txt'],
  ['50% "off".txt', '50% "off".txt'],
  ['a"; name="content', 'a"; name="content'],
  ["a;b.txt", "a;b.txt"],
  ["a\r\nb.txt", "a\r\nb.txt"],
  ["Übergröße 写真 👍🏽.txt", "Übergröße 写真 👍🏽.txt"],
  ["folder/a.txt", "a.txt"],
  ["C:\\Users\\Ada\\a.txt", "a.txt"],
  ["a.txt/", "a.txt"],
  ["%2F", "%2F"],
  ["/", "attachment-1.txt"],
  ["\\\\", "attachment-1.txt"],
  ["..", "attachment-1.txt"],
  ["\u0001/", "attachment-1.txt"],
];

for (const [name, arrives] of NAMES) {
  test(`the name ${JSON.stringify(name)} arrives as ${JSON.stringify(arrives)}`, async () => {
    const file = await stored({ data: new Blob(["x"], { type: "text/plain" }), name });
    assert.equal(file.name, arrives);
    assert.equal(await file.text(), "x");
    const { name: ofFile } = await stored(new File(["x"], name, { type: "text/plain" }));
    assert.equal(ofFile, arrives);
  });
}

for (const [what, name, extension] of [
  ["2,200 bytes", `${LONG}.pdf`, ".pdf"],
  ["2,000 quotes", `${'"'.repeat(2000)}.pdf`, ".pdf"],
  ["2,000 percent signs", `${"%".repeat(2000)}.pdf`, ".pdf"],
  ["2,000 emoji", `${"👩‍👩‍👧".repeat(2000)}.pdf`, ".pdf"],
  ["one extension of 2,000 bytes", `a.${"x".repeat(2000)}`, "x"],
]) {
  test(`a name of ${what} is cut to what Rack takes, its extension kept`, async () => {
    const attachment = { data: new Uint8Array(1), name };
    const { disposition } = await partOf(attachment);
    assert.ok(Buffer.byteLength(disposition) < RACK_BYTES, `${Buffer.byteLength(disposition)} bytes`);
    const arrived = (await stored(attachment)).name;
    assert.ok(arrived.endsWith(extension), arrived);
    assert.ok(arrived.length > 100 && arrived.isWellFormed(), arrived);
    assert.ok(name.startsWith(arrived.slice(0, -extension.length)));
  });
}

test("the raw header has no character that would end it, and no second name", async () => {
  const { disposition } = await partOf(new File(["x"], 'a"; name="content\r\nX: 100%.txt'));
  assert.equal(
    disposition,
    'form-data; name="attachments[]"; filename="a%22%3B name=%22content%0D%0AX: 100%25.txt"',
  );
});

for (const name of ["a\0b.txt", "a%00b.txt"]) {
  test(`refuses ${JSON.stringify(name)} as a name`, async () => {
    for (const attachment of [new File(["x"], name), { data: new Uint8Array(1), name }]) {
      const call = clientOf(server).sendAttachments(141, { attachments: [attachment] });
      const { issues } = await refusal(call, "attachments[0].name");
      assert.equal(issues[0].code, "nul");
    }
    assert.equal(server.requests.length, 0);
  });
}

/** [type, name, as it is sent] */
const TYPES = [
  ["video/webm;codecs=vp8,opus", "a.webm", "video/webm"],
  ["video/mp4; codecs=avc1", "a.mp4", "video/mp4"],
  ["IMAGE/PNG", "a.png", "image/png"],
  ["image/png; x=y", "a.png", "image/png"],
  ["text/plain;charset=utf-8", "a.txt", "text/plain"],
  ["audio/ogg; codecs=opus", "a.ogg", "audio/ogg; codecs=opus"],
  ["Audio/WebM;codecs=opus", "a.weba", "audio/webm;codecs=opus"],
  ["", "a.bmp", "image/bmp"],
  ["", "a.ogv", "video/ogg"],
  ["", "a.m4v", "video/mp4"],
  ["", "a.flac", "audio/flac"],
  ["", "a.jfif", "image/jpeg"],
  ["", "a.mid", "audio/midi"],
  ["", "a.aiff", "audio/aiff"],
];

for (const [type, name, sent] of TYPES) {
  test(`${name} of the type ${JSON.stringify(type)} is sent as ${sent}`, async () => {
    const file = new File(["x"], name, { type });
    assert.equal((await partOf(file)).type, sent);
    server.requests.length = 0;
    const data = { data: new Uint8Array(1), name, ...(type && { type }) };
    assert.equal((await partOf(data)).type, sent);
  });
}

/** [caption, its length as it arrives] */
const CAPTIONS = [
  ["x".repeat(150_000), true],
  [`${"x".repeat(149_998)}\n`, true],
  [`${"x".repeat(149_998)}\r\n`, true],
  [`${"x".repeat(149_999)}\n`, false],
  [`${"x".repeat(149_999)}\r`, false],
  ["\n".repeat(75_001), false],
];

for (const [content, fits] of CAPTIONS) {
  test(`a caption of ${content.length} characters that ends in ${JSON.stringify(content.at(-1))} ${fits ? "fits" : "is refused"}`, async () => {
    const call = clientOf(desk).sendAttachments(141, { attachments: [new File(["x"], "a.txt")], content });
    if (!fits) return refusal(call, "content");
    const { content: arrived } = await call;
    assert.equal(arrived, content.replaceAll(/\r?\n/g, "\r\n"));
  });
}

test("a text is counted as it is, since JSON keeps its line breaks", async () => {
  const content = `${"x".repeat(149_999)}\n`;
  assert.equal((await clientOf(desk).sendText(141, { content })).content, content);
});
