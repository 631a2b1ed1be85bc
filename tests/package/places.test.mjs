// Where a field stands is written in one way, of a message's fields and of options.

import assert from "node:assert/strict";
import test from "node:test";
import { livedesk } from "../lib/package.mjs";

const { LiveDesk, validate } = livedesk;

function optionPath(name) {
  try {
    new LiveDesk({ baseUrl: "https://livedesk.invalid", [name]: 1 });
  } catch ({ issues }) {
    return issues[0].path;
  }
  return assert.fail(`${name} is an option`);
}

for (const [name, path] of [
  ["plain_name2", ".plain_name2"],
  ["_x", "._x"],
  ["1", '["1"]'],
  ["a-b", '["a-b"]'],
  ["a.b", '["a.b"]'],
  ['a"b', '["a\\"b"]'],
  ["é", '["é"]'],
  ["", '[""]'],
  ["x".repeat(70), `.${"x".repeat(64)}`],
]) {
  test(`${JSON.stringify(name)} stands at ${path}, in a message and among options`, async () => {
    const issues = await validate("text", { content: "x", content_attributes: { [name]: Number.NaN } });
    assert.equal(issues[0].path, `content_attributes${path}`);
    assert.equal(optionPath(name), `options${path}`);
  });
}

test("an item stands at its position", async () => {
  const template_params = { name: "a", language: "en", button_params: [{ index: 0 }, { index: 77 }] };
  const issues = await validate("template", { content: "x", template_params });
  const paths = issues.map(({ path }) => path);
  assert.ok(paths.includes("template_params.button_params[1].index"), paths.join());
});
