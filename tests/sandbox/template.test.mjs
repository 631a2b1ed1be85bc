import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { created, stored } from "./helpers.mjs";

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

  test("is an ordinary message when its template_params are empty", async () => {
    const message = await created(141, { content: "Hi", template_params: {} });
    assert.equal("additional_attributes" in message, false);
    assert.equal(message.conversation_id, 141);
  });
});
