import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { created, post, refused, stored } from "./helpers.mjs";

describe("the message_type", () => {
  test("is a word in the request and a number in the answer", async () => {
    const message = await created(141, { content: "a", message_type: "outgoing" });
    assert.equal(message.message_type, 1);
    assert.equal(message.sender.type, "user");
  });

  test("makes the contact the sender when it is sent as a number", async () => {
    const message = await created(141, { content: "a", message_type: 1 });
    assert.equal(message.message_type, 1);
    assert.equal(message.sender.type, "contact");
  });

  test("answers 422 when it is incoming or unknown", async () => {
    for (const type of ["incoming", "1", "other", 9, 0.5, {}]) {
      const body = await refused(await post(141, { content: "a", message_type: type }), 422);
      assert.equal(typeof body.error, "string");
    }
    assert.equal(stored(141).length, 0);
  });
});
