// A template beside its definition: refused before anything is sent, where Meta would refuse it later.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { assertIssues, refusal } from "../lib/assertions.mjs";
import { assertLinear } from "../lib/growth.mjs";
import { clientOf, livedesk } from "../lib/package.mjs";
import { inRoot } from "../lib/root.mjs";
import { startServer } from "../lib/servers.mjs";

const { validate } = livedesk;
const samples = (await readFile(inRoot("src", "message", "definition", "samples.jsonl"), "utf8"))
  .trim()
  .split("\n")
  .map(JSON.parse);
const definitions = samples.map(({ definition }) => definition);
const sample = (name) => samples.find(({ definition }) => definition.name === name);
const message = (template_params) => ({ content: "x", template_params });
const errors = (issues) => issues.filter(({ severity }) => severity === "error");

for (const name of ["order_update_en", "order_update_ja", "order_update_named_th"]) {
  test(`${name} is sent when all of it is there, and refused for each value that is not`, async (t) => {
    const { definition, params } = sample(name);
    const server = await startServer(t);
    const desk = clientOf(server);
    await desk.sendTemplate(141, message(params), { definition });
    assert.equal(server.requests.length, 1);
    for (const [key] of Object.entries(params.processed_params)) {
      const { [key]: _, ...others } = params.processed_params;
      const path = `template_params.processed_params${/^\d/.test(key) ? `["${key}"]` : `.${key}`}`;
      const given = message({ ...params, processed_params: others });
      const paths = /^1$/.test(key) ? ["template_params.processed_params", path] : [path];
      const error = await refusal(desk.sendTemplate(141, given, { definition }), ...paths);
      const { code, params: told } = error.issues.at(-1);
      assert.deepEqual([code, told], ["missing_parameter", { part: "body", name: key }]);
      assert.match(error.issues.at(-1).message, new RegExp(`has \\{\\{${key}\\}\\} \\(132000\\)$`));
    }
    assert.equal(server.requests.length, 1);
  });
}

test("a list, Meta's answer and an inbox will do: the one of this name and language is taken", async () => {
  const { params } = sample("order_update_th");
  for (const definition of [definitions, { data: definitions }, { message_templates: definitions }]) {
    assert.deepEqual(errors(await validate("template", message(params), { definition })), []);
    const other = message({ ...params, language: "de" });
    const [{ path, code, params: told }] = errors(await validate("template", other, { definition }));
    assert.deepEqual([path, code, told.suggestion], ["template_params.language", "wrong_language", "th"]);
    const unknown = message({ ...params, name: "nobody" });
    assertIssues(errors(await validate("template", unknown, { definition })), ["options.definition"]);
  }
});

test("what is no definition is an issue where it was given", async (t) => {
  const desk = clientOf(await startServer(t));
  const { params } = sample("order_update_en");
  for (const definition of [7, "x", {}, { components: [] }, () => {}, [7]]) {
    await refusal(desk.sendTemplate(141, message(params), { definition }), "requestOptions.definition");
  }
  for (const definition of [null, undefined]) await desk.sendTemplate(141, message(params), { definition });
});

test("what LiveDesk has no parameters for is refused by its name", async () => {
  const refused = samples.filter(({ cannot }) => cannot);
  assert.ok(refused.length > 10);
  for (const { definition, params, cannot } of refused) {
    const found = errors(await validate("template", message(params), { definition }));
    assert.ok(found.every(({ code }) => code === "cannot_fill"));
    assert.ok(found.some(({ message }) => message.toLowerCase().includes(cannot.toLowerCase())));
  }
});

test("a name that is misspelt and a value in the wrong place are told what was meant", async () => {
  const definition = { header: "Order {{order_id}}", body: "Hi {{first_name}}" };
  const found = async (processed_params, header) => {
    const header_params = header && { type: "text", text_variables: header };
    const params = { name: "x", language: "en", processed_params, header_params };
    return errors(await validate("template", message(params), { definition })).map(
      ({ code, params: told }) => [code, told.suggestion ?? told.name],
    );
  };
  assert.deepEqual(await found({ firstname: "Ada" }, { order_id: "7" }), [
    ["misnamed_parameter", "first_name"],
  ]);
  assert.deepEqual(await found({ first_name: "Ada", order_id: "7" }), [
    ["misplaced_parameter", "order_id"],
    ["missing_parameter", "order_id"],
  ]);
});

test("many definitions and many values take time in proportion", async () => {
  const { definition, params } = sample("order_update_en");
  const many = (size) => Array.from({ length: size }, (_, index) => ({ ...definition, name: `t${index}` }));
  const lists = new Map([200, 1600].map((size) => [size, [...many(size), definition]]));
  await assertLinear((size) => validate("template", message(params), { definition: lists.get(size) }), 200);
  const values = (size) => Object.fromEntries(Array.from({ length: size }, (_, index) => [`k${index}`, "x"]));
  const given = new Map([2000, 16_000].map((size) => [size, { ...params, processed_params: values(size) }]));
  await assertLinear((size) => validate("template", message(given.get(size)), { definition }), 2000);
});
