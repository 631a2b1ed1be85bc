import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { created, post, refused, stored } from "./helpers.mjs";

describe("the content_type", () => {
  for (const [given, shown] of [
    ["input_select", "input_select"],
    [6, "form"],
    ["", "text"],
    [null, "text"],
  ]) {
    test(`is ${shown} when ${JSON.stringify(given)} is asked for`, async () => {
      const content_attributes = { items: [{ title: "a" }] };
      const message = await created(141, { content: "a", content_type: given, content_attributes });
      assert.equal(message.content_type, shown);
    });
  }

  test("answers 422 where there is none of that name", async () => {
    for (const content_type of ["other", 99, 0.5, true]) {
      const { error } = await refused(await post(141, { content: "a", content_type }), 422);
      assert.equal(error, `'${content_type}' is not a valid content_type`);
    }
    assert.equal(stored(141).length, 0);
  });

  for (const [content_type, items] of [
    ["input_select", undefined],
    ["input_select", []],
    ["input_select", ["a"]],
    ["input_select", { a: 1 }],
    ["input_select", [{ title: "a", other: "b" }]],
    ["article", [{ title: "a", value: "b" }]],
    ["form", [{ value: "b" }]],
    ["cards", [{ title: "a" }]],
    ["cards", [{ title: "a", actions: "b" }]],
    ["cards", [{ title: "a", actions: [{ other: "b" }] }]],
  ]) {
    test(`answers 422 for ${content_type} with ${JSON.stringify(items)} as its items`, async () => {
      await refused(await post(141, { content: "a", content_type, content_attributes: { items } }), 422);
      assert.equal(stored(141).length, 0);
    });
  }

  test("answers with every reason for which it refuses items", async () => {
    const items = [{ other: 1, "a b": 2, title: "a" }];
    const body = { content: "a", content_type: "cards", content_attributes: { items } };
    const { error } = await refused(await post(141, body), 422);
    const [first, second] = [
      'contains invalid keys for items : [:other, :"a b"]',
      "contains items missing actions",
    ];
    assert.equal(error, `Validation failed: Content attributes ${first}, Content attributes ${second}`);
  });

  test("may be cards with actions", async () => {
    const items = [{ title: "a", actions: [{ type: "link", text: "b", uri: "https://shop.example" }] }];
    const message = await created(141, {
      content: "a",
      content_type: "cards",
      content_attributes: { items },
    });
    assert.deepEqual(message.content_attributes, { items });
  });
});
