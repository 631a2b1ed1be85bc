// Files: what goes over the wire, and what is stored.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import test, { after, beforeEach } from "node:test";
import { pathToFileURL } from "node:url";
import { caught } from "../lib/assertions.mjs";
import { makeConsumerFolder } from "../lib/installed.mjs";
import { clientOf, files, livedesk } from "../lib/package.mjs";
import { startSandbox, startServer } from "../lib/servers.mjs";

const server = await startServer({ after });
const desk = await startSandbox({ after });

beforeEach(() => {
  server.requests.length = 0;
  desk.reset();
});

async function formOf({ headers, body }) {
  return new Response(body, { headers: { "Content-Type": headers["content-type"] } }).formData();
}

test("two files arrive byte for byte, with their names and types", async () => {
  const picture = randomBytes(70_000);
  const sound = randomBytes(1);
  const message = await clientOf(desk).sendAttachments(141, {
    content: "Voilà",
    private: true,
    content_attributes: { album: "Urlaub" },
    attachments: [
      new File([picture], "Übergröße 写真.png", { type: "image/png" }),
      { data: new Uint8Array(sound), name: "note.opus" },
    ],
  });

  assert.equal(desk.messages(141).length, 1);
  const [stored] = desk.messages(141);
  assert.equal(stored.content, "Voilà");
  assert.equal(stored.private, true);
  assert.deepEqual(stored.content_attributes, { album: "Urlaub" });
  const [first, second] = stored.attachments.map((attachment) => attachment.blob);
  assert.equal(first.name, "Übergröße 写真.png");
  assert.equal(first.type, "image/png");
  assert.ok(picture.equals(Buffer.from(await first.arrayBuffer())));
  assert.equal(second.name, "note.opus");
  assert.equal(second.type, "audio/ogg");
  assert.ok(sound.equals(Buffer.from(await second.arrayBuffer())));
  assert.deepEqual(message.attachments, JSON.parse(JSON.stringify(stored.attachments)));
  assert.deepEqual(
    message.attachments.map((attachment) => attachment.file_type),
    ["image", "audio"],
  );
});

test("the form has one attachments[] a file, and nothing that was not given", async () => {
  await clientOf(server).sendAttachments(141, {
    attachments: [new Blob(["a"]), new Blob(["b"])],
    private: false,
  });
  const [request] = server.requests;
  assert.match(request.headers["content-type"], /^multipart\/form-data; boundary=/);
  const form = await formOf(request);
  assert.deepEqual([...form.keys()], ["attachments[]", "attachments[]"]);
});

test("the name in the raw form is UTF-8, as browsers write it", async () => {
  const attachments = [new File(["x"], 'Übergröße "1".csv')];
  await clientOf(server).sendAttachments(141, { attachments });
  const raw = server.requests[0].body.toString("utf8");
  assert.match(
    raw,
    /name="attachments\[\]"; filename="Übergröße %221%22\.csv"\r\nContent-Type: text\/csv\r\n/,
  );
});

const KINDS = {
  "a Blob": () => new Blob(["bytes"], { type: "text/plain" }),
  "a File": () => new File(["bytes"], "a.txt", { type: "text/plain" }),
  "an ArrayBuffer": () => ({ data: new TextEncoder().encode("bytes").buffer, name: "a.txt" }),
  "a typed array": () => ({ data: new TextEncoder().encode("bytes"), name: "a.txt" }),
  "a part of a buffer": () => ({ data: Buffer.from("--bytes--").subarray(2, 7), name: "a.txt" }),
  "a DataView": () => ({
    data: new DataView(new TextEncoder().encode("-bytes-").buffer, 1, 5),
    name: "a.txt",
  }),
  "a Blob with another name and type": () => ({
    data: new Blob(["bytes"]),
    name: "a.bin",
    type: "text/plain",
  }),
};

for (const [kind, make] of Object.entries(KINDS)) {
  test(`${kind} is sent`, async () => {
    await clientOf(server).sendAttachments(141, { attachments: [make()] });
    const file = (await formOf(server.requests[0])).get("attachments[]");
    assert.equal(await file.text(), "bytes");
    assert.equal(file.type, "text/plain");
  });
}

test("a missing type is found from the name, a given one stays, and none is left empty", async () => {
  const names = {
    "a.PNG": "image/png",
    "a.heic": "image/heic",
    "a.opus": "audio/ogg",
    "a.pdf": "application/pdf",
  };
  const unknown = { "a.zzz": "application/octet-stream", noname: "application/octet-stream" };
  for (const [name, type] of Object.entries({ ...names, ...unknown })) {
    await clientOf(server).sendAttachments(141, { attachments: [{ data: new Uint8Array(1), name }] });
    assert.equal((await formOf(server.requests.pop())).get("attachments[]").type, type, name);
  }
  const attachments = [new File(["x"], "a.png", { type: "image/webp" })];
  await clientOf(server).sendAttachments(141, { attachments });
  assert.equal((await formOf(server.requests.pop())).get("attachments[]").type, "image/webp");
});

test("a nameless Blob gets a name that fits its type", async () => {
  await clientOf(server).sendAttachments(141, { attachments: [new Blob(["x"], { type: "image/png" })] });
  const { name } = (await formOf(server.requests[0])).get("attachments[]");
  assert.match(name, /^[\w-]+\.png$/);
});

test("15 files go, and a caption may be missing or empty", async () => {
  const attachments = Array.from({ length: 15 }, (_, index) => new File([`${index}`], `${index}.txt`));
  for (const content of [undefined, null, ""]) {
    await clientOf(desk).sendAttachments(141, { attachments, content });
    const { content: stored, attachments: files } = desk.messages(141).pop();
    assert.equal(stored, null);
    assert.equal(files.length, 15);
  }
});

test("a buffer that changes after the call began is sent as it was", async () => {
  const data = new TextEncoder().encode("before");
  const sent = clientOf(server).sendAttachments(141, { attachments: [{ data, name: "a.txt" }] });
  data.fill(0);
  await sent;
  assert.equal(await (await formOf(server.requests[0])).get("attachments[]").text(), "before");
});

test("a file of some megabytes is sent whole", async () => {
  const bytes = randomBytes(5 * 1024 * 1024);
  await clientOf(desk).sendAttachments(141, { attachments: [{ data: bytes, name: "large.bin" }] });
  const [{ blob }] = desk.messages(141)[0].attachments;
  assert.ok(bytes.equals(Buffer.from(await blob.arrayBuffer())));
});

test("fileFromPath gives a file on disk, by path and by URL, named and typed as asked", async (t) => {
  const path = join(await makeConsumerFolder(t), "Rechnung März.pdf");
  await writeFile(path, "%PDF-1.4");
  const named = await files.fileFromPath(pathToFileURL(path), { name: "invoice.txt", type: "text/csv" });
  const attachments = [await files.fileFromPath(path), named];
  assert.ok(attachments[0] instanceof File);

  await clientOf(server).sendAttachments(141, { attachments });
  const sent = (await formOf(server.requests[0])).getAll("attachments[]");
  assert.deepEqual(
    sent.map(({ name, type, size }) => ({ name, type, size })),
    [
      { name: "Rechnung März.pdf", type: "application/pdf", size: 8 },
      { name: "invoice.txt", type: "text/csv", size: 8 },
    ],
  );
  assert.equal(await sent[0].text(), "%PDF-1.4");
});

test("fileFromPath refuses what is no file, naming the path", async (t) => {
  const here = await makeConsumerFolder(t);
  const missing = join(here, "missing.pdf");
  for (const path of [missing, here, "", 7, null, new URL("https://example.com/a.pdf")]) {
    const error = await caught(files.fileFromPath(path));
    assert.ok(error instanceof livedesk.ValidationError, String(path));
    assert.equal(error.outcome, "not_sent");
    assert.deepEqual(
      error.issues.map((issue) => issue.path),
      ["path"],
    );
  }
  assert.match((await caught(files.fileFromPath(missing))).message, /missing\.pdf/);
  const error = await caught(files.fileFromPath(missing, { nmae: "x" }));
  assert.match(error.message, /options\.nmae.*did you mean name/);
});

test("a FormData that fetch would send as text is noticed before anything is sent", async (t) => {
  const { FormData } = globalThis;
  t.after(() => {
    globalThis.FormData = FormData;
  });
  globalThis.FormData = class {
    append() {}
  };
  const { length } = server.requests;
  const call = clientOf(server).sendAttachments(141, { attachments: [new File(["x"], "x.txt")] });
  const error = await caught(call);
  assert.deepEqual([error.name, error.code, error.outcome], ["ConnectionError", "form_failed", "not_sent"]);
  assert.match(error.cause.message, /does not know this FormData/);
  assert.equal(server.requests.length, length);
});

test("a Blob and a File of an environment that imitates a page are taken for what they are", async () => {
  const plain = (blob) => Object.defineProperty(blob, Symbol.toStringTag, { value: "Object" });
  const attachments = [plain(new File(["abc"], "a.txt")), plain(new Blob(["abc"], { type: "image/png" }))];
  await clientOf(server).sendAttachments(141, { attachments });
  const sent = (await formOf(server.requests.at(-1))).getAll("attachments[]");
  assert.deepEqual(
    sent.map(({ name, type }) => [name, type]),
    [
      ["a.txt", "text/plain"],
      ["attachment-2.png", "image/png"],
    ],
  );
});
