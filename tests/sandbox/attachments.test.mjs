import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { created, form, multipart, part, post, refused, stored } from "./helpers.mjs";

describe("attachments", () => {
  test("are stored and described as LiveDesk describes them", async () => {
    const file = new File(["png bytes"], "a photo.PNG", { type: "image/png" });
    const message = await created(141, form({ content: "Look", "attachments[]": file }));
    const [attachment] = message.attachments;
    assert.equal(message.content, "Look");
    assert.deepEqual(Object.keys(attachment), [
      "id",
      "message_id",
      "file_type",
      "account_id",
      "extension",
      "data_url",
      "thumb_url",
      "file_size",
      "width",
      "height",
    ]);
    assert.equal(attachment.message_id, message.id);
    assert.equal(attachment.file_type, "image");
    assert.equal(attachment.extension, "PNG");
    assert.equal(attachment.file_size, 9);
    assert.equal(attachment.width, null);
    assert.equal(attachment.height, null);
    assert.match(attachment.data_url, /^https:.*a%20photo\.PNG$/);
    assert.match(attachment.thumb_url, /^https:/);
  });

  test("keep their bytes as a blob that no answer shows", async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index);
    const file = new File([bytes], "ключ.bin", { type: "application/octet-stream" });
    await created(141, form({ "attachments[]": file }));
    const [attachment] = stored(141)[0].attachments;
    assert.deepEqual(new Uint8Array(await attachment.blob.arrayBuffer()), bytes);
    assert.equal(attachment.blob.name, "ключ.bin");
    assert.equal(Object.keys(attachment).includes("blob"), false);
  });

  for (const [type, expected] of [
    ["image/jpeg", "image"],
    ["image/webp", "image"],
    ["image/heic", "file"],
    ["image/svg+xml", "file"],
    ["image/tiff", "file"],
    ["video/mp4", "video"],
    ["audio/ogg", "audio"],
    ["audio/ogg; codecs=opus", "audio"],
    ["video/webm;codecs=vp8,opus", "file"],
    ["video/mp4;codecs=avc1", "file"],
    ["image/png; x=y", "file"],
    ["application/pdf", "file"],
    ["", "file"],
  ]) {
    test(`are of file_type ${expected} when the part says ${type || "nothing"}`, async () => {
      const file = new File(["x"], "name.png", { type });
      const { attachments } = await created(141, form({ "attachments[]": file }));
      assert.equal(attachments[0].file_type, expected);
      assert.equal(attachments[0].thumb_url === "", expected !== "image");
    });
  }

  for (const [type, expected] of [
    ["IMAGE/PNG", "file"],
    ["Audio/Ogg", "file"],
    ["image/png", "image"],
  ]) {
    test(`are of file_type ${expected} when the part says ${type} letter by letter`, async () => {
      const { attachments } = await created(141, [part('name="attachments[]"; filename="a.png"', "x", type)]);
      assert.equal(attachments[0].file_type, expected);
    });
  }

  for (const [name, extension] of [
    ["README", null],
    [".env", null],
    ["a.", null],
    ["a.tar.gz", "gz"],
    ["日本.ドキュ", "ドキュ"],
    ["a.mp3 ", "mp3"],
    ["a.x?y", "x-y"],
  ]) {
    test(`have the extension ${extension} when they are called ${name}`, async () => {
      const { attachments } = await created(141, form({ "attachments[]": new File(["x"], name) }));
      assert.equal(attachments[0].extension, extension);
    });
  }

  test("have null content without a caption", async () => {
    const message = await created(141, form({ "attachments[]": new File(["x"], "a.txt") }));
    assert.equal(message.content, null);
  });

  test("take content_attributes as JSON text, and what is no JSON as nothing", async () => {
    const { id } = await created(141, { content: "a" });
    const attributes = JSON.stringify({ in_reply_to: id, x: [1] });
    const message = await created(141, form({ content: "b", content_attributes: attributes }));
    assert.deepEqual(message.content_attributes, { in_reply_to: id, x: [1] });
    for (const text of ["[object Object]", "null", ""]) {
      const other = await created(141, form({ content: "b", content_attributes: text }));
      assert.deepEqual(other.content_attributes, {});
    }
  });

  test("take content_attributes in fields with brackets", async () => {
    const fields = { "content_attributes[a]": "1", "content_attributes[b][]": ["2", "3"] };
    const message = await created(141, form(fields));
    assert.deepEqual(message.content_attributes, { a: "1", b: ["2", "3"] });
  });

  test("answers 422 for content_attributes whose JSON text is a list, a text or a number", async () => {
    for (const text of ["[1]", '"x"', "5", "false"]) {
      await refused(await post(141, form({ content: "b", content_attributes: text })), 422);
    }
    assert.equal(stored(141).length, 0);
  });

  test("may be 15", async () => {
    const files = Array.from({ length: 15 }, () => new File(["x"], "a.txt"));
    const { attachments } = await created(141, form({ "attachments[]": files }));
    assert.equal(new Set(attachments.map(({ id }) => id)).size, 15);
  });

  test("answers 422 for 16 of them", async () => {
    const files = Array.from({ length: 16 }, () => new File(["x"], "a.txt"));
    await refused(await post(141, form({ "attachments[]": files })), 422);
    assert.equal(stored(141).length, 0);
  });

  for (const name of ["attachments", "attachments[0]", "attachments[][file]"]) {
    test(`answers 422 when the field is named ${name}`, async () => {
      const body = await refused(await post(141, form({ [name]: new File(["x"], "a.txt") })), 422);
      assert.match(body.error, /undefined method|expected attachable/);
      assert.equal(stored(141).length, 0);
    });
  }

  test("answers 422 for a text instead of a file", async () => {
    await refused(await post(141, form({ "attachments[]": "text" })), 422);
    await refused(await post(141, { attachments: ["text"] }), 422);
    await refused(await post(141, { attachments: "text" }), 422);
  });

  test("are ignored under a name that is not theirs", async () => {
    const message = await created(141, form({ "files[]": new File(["x"], "a.txt") }));
    assert.deepEqual(message.attachments, []);
  });

  test("are lost with the caption when the boundary is, and all the same a message is stored", async () => {
    const headers = { "Content-Type": "multipart/form-data" };
    const fields = form({ content: "a", "attachments[]": new File(["x"], "a.txt") });
    assert.equal((await post(141, fields, { headers })).status, 200);
    assert.equal(stored(141)[0].content, null);
    assert.deepEqual(stored(141)[0].attachments, []);
  });

  test("answers 400 when the body ends too early, or one name is used for two things", async () => {
    const [body, type] = multipart([part('name="content"', "a")]);
    const headers = { "Content-Type": type };
    await refused(await post(141, body.slice(0, -8), { headers }), 400);
    await refused(await post(141, form({ content: "a", "content[b]": "c" })), 400);
    await refused(await post(141, form({ "content[]": "a", "content[b]": "c" })), 400);
    assert.equal(stored(141).length, 0);
  });

  test("come with a caption whose line ends are CRLF, and which is counted so", async () => {
    const file = new File(["x"], "a.txt");
    const { content } = await created(141, form({ content: "a\nb\rc", "attachments[]": file }));
    assert.equal(content, "a\r\nb\r\nc");
    const caption = `${"x".repeat(149_999)}\n`;
    const { error } = await refused(await post(142, form({ content: caption, "attachments[]": file })), 422);
    assert.match(error, /too long/);
    assert.equal((await created(142, { content: caption })).content, caption);
  });
});
