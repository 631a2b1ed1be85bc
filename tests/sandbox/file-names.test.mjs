import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { created, form, part, post, refused, stored } from "./helpers.mjs";

describe("a file's name", () => {
  for (const [written, arrives] of [
    ["a%20b.txt", "a b.txt"],
    ["100%25.txt", "100%.txt"],
    ["100%.txt", "100%.txt"],
    ["50% of a%20b.txt", "50% of a%20b.txt"],
    ["d/e.txt", "e.txt"],
    ["d%5Ce.txt", "e.txt"],
    ["Gr%C3%BC%C3%9Fe.txt", "Grüße.txt"],
    ["a".repeat(1492), "a".repeat(1492)],
  ]) {
    test(`that is written ${written.slice(0, 30)} arrives as ${arrives.slice(0, 30)}`, async () => {
      const { attachments } = await created(141, form({ "attachments[]": new File(["x"], written) }));
      assert.equal(stored(141)[0].attachments[0].blob.name, arrives);
      assert.equal(attachments.length, 1);
    });
  }

  for (const written of ["/", "\\", "%2F", "%5C", "//\\", "a".repeat(1493), '"'.repeat(498)]) {
    test(`that is ${written.slice(0, 5)}, ${written.length} long, loses the file without a word`, async () => {
      const lost = new File(["x"], written);
      const { attachments } = await created(141, form({ "attachments[]": [lost, new File(["y"], "b.txt")] }));
      assert.equal(attachments.length, 1);
    });
  }

  test("that is empty is a file's that was not chosen", async () => {
    const { attachments } = await created(141, [part('name="attachments[]"; filename=""', "x")]);
    assert.deepEqual(attachments, []);
  });

  test("answers 422 when there is NUL in it, encoded too", async () => {
    for (const name of ["a\0b.txt", "a%00b.txt"]) {
      const { error } = await refused(await post(141, form({ "attachments[]": new File(["x"], name) })), 422);
      assert.equal(error, "string contains null byte");
    }
    await refused(await post(141, { content: "a\0b" }), 422);
    assert.equal(stored(141).length, 0);
  });
});
