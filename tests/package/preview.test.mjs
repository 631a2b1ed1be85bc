// A template as the customer will read it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { assertLinear } from "../lib/growth.mjs";
import { livedesk } from "../lib/package.mjs";
import { inRoot } from "../lib/root.mjs";

const { previewTemplate, validate } = livedesk;
const samples = (await readFile(inRoot("src", "message", "definition", "samples.jsonl"), "utf8"))
  .trim()
  .split("\n")
  .map(JSON.parse);
const SHORT = { bold: "b", italic: "i", strike: "s", code: "c", code_block: "pre" };
const BLOCKS = { bullets: "ul", numbers: "ol", quote: "q" };

/** The tree in short: `b(...)` for bold, `[name:...]` for a variable, `ul(...|...)` for a list. */
function short(nodes) {
  return nodes
    .map(({ type, text, name, children, lines }) => {
      if (type === "text") return text;
      if (type === "variable") return `[${name}:${text}]`;
      return children
        ? `${SHORT[type]}(${short(children)})`
        : `${BLOCKS[type]}(${lines.map(short).join("|")})`;
    })
    .join("");
}

async function tree(body, processed_params) {
  return short((await previewTemplate({ body }, { processed_params })).body.nodes);
}

test("header, body, footer and buttons are filled, their variables marked", async () => {
  const definition = {
    ...{
      name: "order_update",
      language: "en_US",
      header: "Order {{1}}",
      body: "Hi {{1}}, *{{2}}*.",
      footer: "Acme",
    },
    buttons: ["https://shop.example/{{1}}", "Stop", { text: "Call", phone_number: "+15550100" }],
  };
  const preview = await previewTemplate(definition, {
    ...{ name: "order_update", language: "en_US", processed_params: { 1: "Ada", 2: 4 } },
    header_params: { type: "text", text_variables: { 1: "#4" } },
    button_params: [
      { index: 0, sub_type: "url", text: "t/4" },
      { index: 1, sub_type: "quick_reply", payload: "STOP" },
    ],
  });
  const variable = (name, text) => ({ type: "variable", name, text });
  const text = (text) => ({ type: "text", text });
  assert.deepEqual(preview, {
    header: { type: "text", text: "Order #4", nodes: [text("Order "), variable("1", "#4")] },
    body: {
      text: "Hi Ada, *4*.",
      nodes: [
        ...[text("Hi "), variable("1", "Ada"), text(", ")],
        ...[{ type: "bold", children: [variable("2", "4")] }, text(".")],
      ],
    },
    footer: { text: "Acme", nodes: [text("Acme")] },
    buttons: [
      { index: 0, type: "url", text: "https://shop.example/{{1}}", url: "https://shop.example/t/4" },
      { index: 1, type: "quick_reply", text: "Stop", payload: "STOP" },
      { index: 2, type: "phone_number", text: "Call", phone_number: "+15550100" },
    ],
    issues: [],
  });
});

test("a variable without a value stands there as it is written, and is an issue", async () => {
  const { header, body, issues } = await previewTemplate(
    { name: "x", language: "ja", body: "{{1}}様、{{2}}を発送しました。" },
    { name: "x", language: "ja", processed_params: { 1: "山田" } },
  );
  assert.equal(header, null);
  assert.equal(body.text, "山田様、{{2}}を発送しました。");
  assert.deepEqual(body.nodes[2], { type: "variable", name: "2", text: "{{2}}", missing: true });
  assert.deepEqual(
    issues.map(({ path, code }) => [path, code]),
    [['template_params.processed_params["2"]', "missing_parameter"]],
  );
});

test("media and places are named", async () => {
  const shown = async (type, header_params) =>
    (await previewTemplate({ header: { type }, body: "x" }, { header_params })).header;
  assert.deepEqual(await shown("image", { type: "image", media_url: "https://a.example/b/c.png?x=1/2" }), {
    ...{ type: "image", media_url: "https://a.example/b/c.png?x=1/2", filename: "c.png" },
  });
  assert.deepEqual(await shown("video"), { type: "video", media_url: null, filename: null });
  const location = { latitude: 13.75, longitude: 100.5, name: "กรุงเทพ" };
  assert.deepEqual(await shown("location", { type: "location", location }), { type: "location", location });
});

test("every sample, in English, Japanese and Thai, is shown with its values and the issues of validate", async () => {
  assert.equal(samples.length, 60);
  for (const { definition, params } of samples) {
    const { body, issues } = await previewTemplate(definition, params);
    for (const value of Object.values(params.processed_params ?? {})) assert.ok(body.text.includes(value));
    assert.doesNotMatch(body.text, /\{\{/);
    assert.deepEqual(
      issues,
      await validate("template", { content: "x", template_params: params }, { definition }),
    );
  }
});

for (const [text, expected] of [
  ["*bold* _italic_ ~strike~ `code`", "b(bold) i(italic) s(strike) c(code)"],
  ["*a _b ~c~ d_ e*", "b(a i(b s(c) d) e)"],
  ["```a *b*\nc``` d", "pre(a *b*\nc) d"],
  ["`*a*` **a**", "c(*a*) *b(a)*"],
  ["(*a*), *b*!", "(b(a)), b(b)!"],
  ["*太字* です、*ตัวหนา* ครับ", "b(太字) です、b(ตัวหนา) ครับ"],
  ["「*太字*」😀*x*😀", "「b(太字)」😀b(x)😀"],
  ["- a\n- *b*\ntext\n1. c\n2. d", "ul(a|b(b))textol(c|d)"],
  ["* a*b\n* c", "ul(a*b|c)"],
  ["Dear Ada,\n> one\n> two\nbye", "Dear Ada,q(one|two)bye"],
  ["x ```a\n- b\n``` y\n- z", "x pre(a\n- b\n) yul(z)"],
  ["a\n\nb\n", "a\n\nb\n"],
]) {
  test(`marks become a tree: ${JSON.stringify(text)}`, async () => {
    assert.equal(await tree(text), expected);
  });
}

test("what only looks like a mark stays text", async () => {
  for (const text of [
    ...["2*3*4", "snake_case_name", "a * b * c", "* ", "*a", "a*", "*a\nb*", "``", "``````", "-a", "1.a"],
    ...["1234. a", ">a", "~ a~", "今日は*太字*です", "ที่*x*", "{{a b}} {{ {1}"],
  ]) {
    assert.equal(await tree(text), text);
  }
});

test("a value is marked within the marks around it, and by its own", async () => {
  assert.equal(await tree("*Hi {{1}}!*", { 1: "Ada" }), "b(Hi [1:Ada]!)");
  assert.equal(await tree("Hi {{1}}!", { 1: "*Ada*" }), "Hi b([1:Ada])!");
  assert.equal(await tree("a{{1}}*", { 1: "* b" }), "a[1:* b]*");
  assert.equal(await tree("{{1}}{{2}}", { 1: "a", 2: "b" }), "[1:a][2:b]");
});

test("what is no definition is an issue, whatever it is", async () => {
  for (const definition of [null, undefined, 7, "x", [], {}, { components: 7 }, () => {}]) {
    const preview = await previewTemplate(definition, { name: "x", language: "en" });
    assert.deepEqual(preview.body, { text: "", nodes: [] });
    assert.ok(preview.issues.some(({ path }) => path === "definition"));
  }
  const { issues } = await previewTemplate({ body: "x" }, 7);
  assert.deepEqual(
    issues.map(({ path, code }) => [path, code]),
    [["template_params", "wrong_type"]],
  );
});

test("marks without an end take time in proportion", async () => {
  for (const odd of ["*a ", "*_~", "_a", "```a", "`", "> ", "- a\n", "*a\n", "~*a* ", "`a*"]) {
    await assertLinear((size) => tree("{{1}}", { 1: odd.repeat(size / odd.length) }), 8000);
  }
});
