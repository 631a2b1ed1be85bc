import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { created, form, post, refused, stored } from "./helpers.mjs";

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

  test("have a null extension when the name has none", async () => {
    const { attachments } = await created(141, form({ "attachments[]": new File(["x"], "README") }));
    assert.equal(attachments[0].extension, null);
  });

  test("have null content without a caption", async () => {
    const message = await created(141, form({ "attachments[]": new File(["x"], "a.txt") }));
    assert.equal(message.content, null);
  });

  test("take content_attributes as JSON text, and anything else as nothing", async () => {
    const { id } = await created(141, { content: "a" });
    const attributes = JSON.stringify({ in_reply_to: id, x: [1] });
    const message = await created(141, form({ content: "b", content_attributes: attributes }));
    assert.deepEqual(message.content_attributes, { in_reply_to: id, x: [1] });
    for (const text of ["[object Object]", "[1]", ""]) {
      const other = await created(141, form({ content: "b", content_attributes: text }));
      assert.deepEqual(other.content_attributes, {});
    }
  });

  test("are private when the field says false", async () => {
    assert.equal((await created(141, form({ private: "false" }))).private, true);
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
      assert.match(body.error, /undefined method/);
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

  test("answers 400 when the boundary is lost", async () => {
    const headers = { "Content-Type": "multipart/form-data" };
    await refused(await post(141, form({ content: "a" }), { headers }), 400);
    assert.equal(stored(141).length, 0);
  });
});
