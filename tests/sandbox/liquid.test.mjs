import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertLinear } from "../lib/growth.mjs";
import { created, stored } from "./helpers.mjs";

describe("Liquid in the content", () => {
  for (const [content, expected] of [
    ["Dear {{contact.name}}, {{ contact.email }}", "Dear Ada Lovelace, ada@example.com"],
    ["{{-contact.first_name-}}!", "Ada!"],
    ["a{{ unknown }}b{{ contact.unknown }}c{{ constructor }}", "abc"],
    ["{{ contact.name | upcase }}", "ADA LOVELACE"],
    ["{{ contact.name | split: ' ' | last | append: \"!\" }}", "Lovelace!"],
    ["{{ contact.nickname | default: 'friend' }}", "friend"],
    ["{{ 'now' | date: '%Y' }}", String(new Date().getFullYear())],
    ["{{ 7 | divided_by: 2 }} {{ 7 | divided_by: 0 }}", "3 Liquid error: divided by 0"],
    ["{{ contact.name | no_such_filter }}", "Ada Lovelace"],
    ["{{ 'a' | times: 2 }} {{ '3x' | plus: 1 }} {{ 2.5 | round }} {{ nil | minus: '1' }}", "0 4 3 -1"],
    ["{{ 5.0 }} {{ 1.5 }} {{ -1 }}", "5.0 1.5 -1"],
    [
      "{{conversation.display_id}} {{conversation.contact_name}} {{account.name}} {{inbox.name}}",
      "141 Ada lovelace Acme Sandbox",
    ],
    ["{{agent.name}} {{agent.first_name}} {{agent.email}}", "Grace Hopper Grace grace@example.com"],
    ["{{contact}} {{contact['email']}}", "ContactDrop ada@example.com"],
    ["{% for i in (1..3) %}{{i}}{% unless forloop.last %},{% endunless %}{% endfor %}", "1,2,3"],
    ["{% assign a = 'b' %}{{a}}{% case a %}{% when 'b' %}c{% endcase %}", "bc"],
    ["{% if contact.phone_number == nil %}a{% elsif 1 < 2 %}b{% else %}c{% endif %}", "b"],
    ["{{{contact.first_name}}} a{{color:red}}{{#if x}}y{{/if}}", "Ada} ay"],
    ["{% include 'x' %}", "Liquid error: This liquid context does not allow includes."],
    ["{{a {{b}}", "{{a {{b}}"],
    ["{% if x %}never closed", "{% if x %}never closed"],
    ["{% endif %}{{contact.name}}", "{% endif %}{{contact.name}}"],
    ["{% layout 'x' %}{{contact.name}}", "{% layout 'x' %}{{contact.name}}"],
    ["{{contact.constructor}}{{contact.__proto__}}", ""],
    ["{{ 'x' }}{{ \"y\" }}{{ 5 }}", "xy5"],
    ["{% if contact.name %}a{% endif %}", "a"],
    ["{% raw %}{{ x }}{% endraw %}{% comment %}{{ y }}{%- endcomment -%}!", "{{ x }}!"],
    ["code `{{ contact.name }}` stays", "code `{{ contact.name }}` stays"],
    ["one ` alone {{contact.name}}", "one ` alone Ada Lovelace"],
    ["unfinished {{ contact.name", "unfinished {{ contact.name"],
    ["unfinished {% if", "unfinished {% if"],
    ["unfinished {{x}} {% raw %}", "unfinished {{x}} {% raw %}"],
    ["no { Liquid } here %}", "no { Liquid } here %}"],
  ]) {
    test(`renders ${content}`, async () => {
      assert.equal((await created(141, { content })).content, expected);
    });
  }

  test("is rendered in processed_params too, also in lists and objects, and there in backticks as well", async () => {
    const processed_params = {
      1: "{{contact.email}}",
      a: ["`{{agent.name}}`", { b: "{{ 1 }}" }],
      c: 5,
      d: "{{x",
    };
    await created(141, { content: "a", template_params: { name: "t", language: "en", processed_params } });
    assert.deepEqual(stored(141)[0].additional_attributes.template_params.processed_params, {
      1: "ada@example.com",
      a: ["`Grace Hopper`", { b: "1" }],
      c: 5,
      d: "{{x",
    });
  });

  test("stays in a note's caption as in a message, and in what no agent says it is not rendered", async () => {
    assert.equal(
      (await created(141, { content: "{{contact.name}}", private: true })).content,
      "Ada Lovelace",
    );
    const activity = { content: "{{contact.name}}", message_type: "activity" };
    assert.equal((await created(141, activity)).content, "{{contact.name}}");
  });

  test("has the sender for its agent", async () => {
    const message = { content: "{{agent.name}}", message_type: "template" };
    assert.equal((await created(141, message)).content, "Ada Lovelace");
  });

  for (const [name, content] of [
    ["a loop of a billion steps", "{% for i in (1..1000000000) %}{% endfor %}"],
    ["loops in loops", `${"{% for i in (1..1000) %}".repeat(4)}x${"{% endfor %}".repeat(4)}`],
    ["a text that doubles", `{% assign a = 'xxxxxxxx' %}${"{% assign a = a | append: a %}".repeat(40)}{{a}}`],
    ["a captured text that doubles", `${"{% capture a %}{{a}}{{a}}x{% endcapture %}".repeat(60)}{{a}}`],
    [
      "a list in a list",
      "{% assign l = 'a,b,c,d,e,f,g,h' | split: ',' %}".concat(
        "{% for i in l %}".repeat(9),
        "{{i}}",
        "{% endfor %}".repeat(9),
      ),
    ],
    [
      "a long condition in a loop",
      `{% for i in (1..100000) %}{% if true ${"and true ".repeat(9000)}%}{% endif %}{% endfor %}`,
    ],
    [
      "a variable of many parts in a loop",
      `{% for i in (1..100000) %}{% assign b = a${".a".repeat(30_000)} %}{% endfor %}`,
    ],
    ["2,000 levels", `${"{% if true %}".repeat(2_000)}${"{% endif %}".repeat(2_000)}`],
  ]) {
    test(`stays as it is where it would cost too much: ${name}`, async () => {
      const start = performance.now();
      assert.equal((await created(141, { content })).content, content);
      assert.ok(performance.now() - start < 5000, `${performance.now() - start}`);
    });
  }

  test("may cost as much in all texts of a message together as in one", async () => {
    const start = performance.now();
    const texts = Array(2000).fill("{% for i in (1..100000) %}{{i}}{% endfor %}");
    await created(141, { content: "a", template_params: { name: "t", processed_params: { texts } } });
    assert.ok(performance.now() - start < 5000, `${performance.now() - start}`);
    const [{ additional_attributes }] = stored(141);
    assert.equal(additional_attributes.template_params.processed_params.texts.at(-1), texts[0]);
  });

  for (const [name, unit] of [
    ["braces", "{"],
    ["openings", "{{"],
    ["openings of tags", "{%"],
    ["variables", "{{contact.name}}"],
    ["filters", "{{a|b:c,d|e}}"],
    ["quotes", "{{'\"}}"],
    ["ticks", "`{{"],
    ["tags", "{% assign a = 1 %}"],
    ["raw blocks", "{% raw %}{{"],
    ["conditions", "{% if a %}b{% endif %}"],
    ["one long variable", ["{{", "a.", "}}"]],
    ["one variable of many filters", ["{{ a ", "|b:c", "}}"]],
    ["one variable of quotes", ["{{ ", "'a", "}}"]],
    ["one variable of blanks", ["{{", " ", "x}}"]],
    ["one long condition", ["{% if a ", "and a ", "%}{% endif %}"]],
    ["unclosed blocks", "{% if a %}"],
  ]) {
    test(`is read in linear time when it is full of ${name}`, async () => {
      const [before, middle, after] = Array.isArray(unit) ? unit : ["", unit, ""];
      await assertLinear(async (size) => {
        const processed_params = { a: before + middle.repeat(size / middle.length) + after };
        await created(141, {
          content: "a",
          template_params: { name: "t", language: "en", processed_params },
        });
      }, 16 * 1024);
    });
  }
});
