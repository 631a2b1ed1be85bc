import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { created } from "./helpers.mjs";

describe("Liquid in the content", () => {
  for (const [content, expected] of [
    ["Dear {{contact.name}}, {{ contact.email }}", "Dear Ada Lovelace, ada@example.com"],
    ["{{-contact.first_name-}}!", "Ada!"],
    ["a{{ unknown }}b{{ contact.unknown }}c{{ constructor }}", "abc"],
    ["{{ contact.name | upcase }}", "Ada Lovelace"],
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

  test("takes no time over 100,000 braces or spaces", async () => {
    const start = performance.now();
    const braces = "{".repeat(100_000);
    assert.equal((await created(141, { content: braces })).content, braces);
    assert.equal((await created(141, { content: `{{${" ".repeat(100_000)}x}}` })).content, "");
    assert.ok(performance.now() - start < 1000);
  });
});
