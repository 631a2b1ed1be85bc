import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { created, form, post, refused, stored } from "./helpers.mjs";

describe("a template", () => {
  const template_params = {
    name: "order_update",
    language: "en_US",
    category: "MARKETING",
    processed_params: { 1: "John" },
  };

  test("is answered in part", async () => {
    const message = await created(141, { content: "Hi", message_type: "outgoing", template_params });
    assert.deepEqual(message, {
      id: 17629000000001,
      content: "Hi",
      message_type: 1,
      status: "sent",
      additional_attributes: {
        template_params: { name: "order_update", language: "en_US", category: "MARKETING" },
      },
    });
  });

  test("is stored whole", async () => {
    await created(141, { content: "Hi", message_type: "outgoing", template_params });
    const [message] = stored(141);
    assert.equal(message.conversation_id, 141);
    assert.deepEqual(message.additional_attributes, { template_params });
  });

  for (const [wrong, error] of [
    [{ language: "en" }, "Name is required"],
    [{ name: "t", language: 5 }, "Template params/language must be of type string"],
    [{ name: 5 }, "Template params/name must be of type string"],
    [{ name: "t", category: null }, "Template params/category must be of type string"],
    [{ name: "t", processed_params: ["a"] }, "Template params/processed params must be of type hash"],
    [["t"], "Template params must be of type hash"],
    ["t", "Template params must be of type hash"],
  ]) {
    test(`answers 422 for ${JSON.stringify(wrong)} as template_params`, async () => {
      const body = await refused(await post(141, { content: "Hi", template_params: wrong }), 422);
      assert.deepEqual(body, { error: `Validation failed: ${error}` });
      assert.equal(stored(141).length, 0);
    });
  }

  test("answers 422 for NUL in one of its values", async () => {
    const template = { ...template_params, processed_params: { 1: "a\0b" } };
    await refused(await post(141, { content: "Hi", template_params: template }), 422);
    assert.equal(stored(141).length, 0);
  });

  test("may come in a form's fields with brackets", async () => {
    const fields = {
      content: "Hi",
      "template_params[name]": "t",
      "template_params[processed_params][1]": "{{contact.name}}",
    };
    await created(141, form(fields));
    const template = { name: "t", processed_params: { 1: "Ada Lovelace" } };
    assert.deepEqual(stored(141)[0].additional_attributes, { template_params: template });
  });

  test("is an ordinary message when its template_params are empty", async () => {
    const message = await created(141, { content: "Hi", template_params: {} });
    assert.equal("additional_attributes" in message, false);
    assert.equal(message.conversation_id, 141);
  });
});
