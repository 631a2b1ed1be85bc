// A function that fills a template, made from its definition.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { livedesk } from "../lib/package.mjs";
import { inRoot } from "../lib/root.mjs";

const { defineTemplate, validate } = livedesk;
const samples = (await readFile(inRoot("src", "message", "definition", "samples.jsonl"), "utf8"))
  .trim()
  .split("\n")
  .map(JSON.parse);

test("a definition in short is filled", () => {
  const fill = defineTemplate({
    ...{ name: "order_update", language: "ja", category: "UTILITY", header: "ご注文 {{1}}" },
    body: "{{1}}様、{{2}}を発送しました。",
    buttons: ["https://shop.example/{{1}}", "ありがとう"],
  });
  assert.equal(fill.definition.name, "order_update");
  assert.deepEqual(
    JSON.parse(
      JSON.stringify(
        fill({ header: { 1: "#4" }, body: { 1: "山田", 2: "本" }, buttons: { 0: "t/4", 1: "THANKS" } }),
      ),
    ),
    {
      ...{ name: "order_update", language: "ja", category: "UTILITY" },
      processed_params: { 1: "山田", 2: "本" },
      header_params: { type: "text", text_variables: { 1: "#4" } },
      button_params: [
        { index: 0, sub_type: "url", text: "t/4" },
        { index: 1, sub_type: "quick_reply", payload: "THANKS" },
      ],
    },
  );
});

test("every definition that can be filled is filled as its parameters say", async () => {
  for (const { definition, params } of samples.filter(({ cannot }) => !cannot)) {
    const { header_params: header, button_params = [] } = params;
    const { type, text_variables, location, ...media } = header ?? {};
    const filled = defineTemplate(definition)({
      body: params.processed_params,
      header: text_variables ?? location ?? (type && type !== "text" ? media : undefined),
      buttons: Object.fromEntries(button_params.map(({ index, text, payload }) => [index, text ?? payload])),
    });
    const expected = { ...params, category: definition.category };
    if (type === "text" && !text_variables) delete expected.header_params;
    const { button_params: buttons, ...rest } = JSON.parse(JSON.stringify(filled));
    assert.deepEqual(buttons, button_params);
    assert.deepEqual(
      { ...rest, button_params: params.button_params },
      { button_params: undefined, ...expected },
    );
    const issues = await validate("template", { content: "x", template_params: filled }, { definition });
    assert.deepEqual(
      issues.filter(({ severity }) => severity === "error"),
      [],
    );
  }
});

test("a definition without a name or a language is refused at once", () => {
  for (const definition of [undefined, null, 7, {}, { name: "x", body: "y" }, { language: "x", body: "y" }]) {
    assert.throws(() => defineTemplate(definition), { name: "ValidationError", outcome: "not_sent" });
  }
});

test("values that are missing are left to the checks", async () => {
  const definition = { name: "x", language: "en", body: "Hi {{1}}", buttons: ["https://a.example/{{1}}"] };
  const fill = defineTemplate(definition);
  const issues = await validate("template", { content: "x", template_params: fill() }, { definition });
  assert.deepEqual(
    issues.map(({ path, code }) => [path, code]),
    [
      ['template_params.processed_params["1"]', "missing_parameter"],
      ["template_params.button_params", "missing_parameter"],
    ],
  );
});
