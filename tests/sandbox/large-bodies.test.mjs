// What a large or hostile body costs: time in proportion to its size, and never the connection.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertLinear } from "../lib/growth.mjs";
import { post, refused, replaceSandbox, stored } from "./helpers.mjs";

const FORM = { "Content-Type": "application/x-www-form-urlencoded" };
const MULTIPART = { "Content-Type": "multipart/form-data; boundary=b" };
const part = (name, value) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = () => part('attachments[]"; filename="a', "1");

/** Bodies of about `n` bytes. */
const BODIES = {
  "a form of one field": [FORM, (n) => `content=${"x".repeat(n)}`],
  "a form full of escapes": [FORM, (n) => `content=${"%41+".repeat(n / 4)}`],
  "a form of many fields": [FORM, (n) => "a=1&".repeat(n / 4)],
  "a form of fields with different names": [
    FORM,
    (n) => Array.from({ length: n / 8 }, (_, at) => `f${at}=1`).join("&"),
  ],
  "a form of attachments": [FORM, (n) => "attachments[]=1&".repeat(n / 16)],
  "many parts": [MULTIPART, (n) => `${part("a", "1").repeat(n / 60)}--b--\r\n`],
  "many files": [MULTIPART, (n) => `${file().repeat(n / 80)}--b--\r\n`],
  "a part full of what looks like boundaries": [
    MULTIPART,
    (n) => `${part("content", "\r\n--".repeat(n / 4))}--b--\r\n`,
  ],
  "parts with a head of many parameters": [
    MULTIPART,
    (n) => `${part(`content"; ${"a=b; ".repeat(50)}c="`, "1").repeat(n / 400)}--b--\r\n`,
  ],
  "parts with a head of backslashes": [
    MULTIPART,
    (n) => `${part(`a"; filename="${"\\".repeat(1000)}`, "1").repeat(n / 1100)}--b--\r\n`,
  ],
  "a long file name full of codes": [
    MULTIPART,
    (n) => `${part(`attachments[]"; filename="${"%41".repeat(n / 8)}`, "1")}--b--\r\n`,
  ],
  "one part without an end": [MULTIPART, (n) => part("content", "\r\n--bb".repeat(n / 7))],
  "a head without an end": [MULTIPART, (n) => `--b\r\n${"a: b\r\n".repeat(n / 6)}`],
  "lines before the first boundary": [MULTIPART, (n) => `${"\n".repeat(n)}${part("content", "1")}--b--\r\n`],
  "fields with brackets": [FORM, (n) => "a[b][][c]=1&".repeat(n / 12)],
  "a field with many brackets": [FORM, (n) => `a${"[b]".repeat(n / 3)}=1`],
  "a form of percent signs": [FORM, (n) => `content=${"%25".repeat(n / 3)}`],
  "a content of backticks": [{}, (n) => JSON.stringify({ content: "`{{".repeat(n / 16) })],
  "JSON of escapes": [{}, (n) => `{"content":"${"\\u0041\\q".repeat(n / 8)}"}`],
  "JSON of comments": [{}, (n) => `{${"/**/".repeat(n / 4)}"a":1}`],
  "JSON with a comment without an end": [{}, (n) => `{"a":1${"/*".repeat(n / 2)}`],
  "JSON with a long number": [{}, (n) => `{"content":${"9".repeat(n)}}`],
  "JSON with a text without an end": [{}, (n) => `{"content":"${"a\\n".repeat(n / 3)}`],
  "JSON whose content is an object": [{}, (n) => JSON.stringify({ content: { a: '"#{'.repeat(n / 8) } })],
  "JSON in a text": [
    {},
    (n) => JSON.stringify({ content_attributes: JSON.stringify({ a: '"'.repeat(n / 8) }) }),
  ],
  "a template of many texts": [
    {},
    (n) =>
      JSON.stringify({ template_params: { name: "t", processed_params: { a: Array(n / 8).fill("{{a}}") } } }),
  ],
  "JSON of many fields": [{}, (n) => `{${Array.from({ length: n / 10 }, (_, at) => `"k${at}":1`)}}`],
  "JSON of nothing but brackets": [{}, (n) => "[".repeat(n)],
  "JSON that is deep": [{}, (n) => `{"content_attributes":${"[".repeat(n / 2)}${"]".repeat(n / 2)}}`],
  "JSON of many attachments": [{}, (n) => JSON.stringify({ attachments: Array(n / 2).fill(1) })],
};

for (const [name, [headers, make]] of Object.entries(BODIES)) {
  test(`reads ${name} in linear time`, async () => {
    await assertLinear(async (size) => {
      replaceSandbox();
      const response = await post(141, make(size), { headers });
      assert.ok([200, 400, 422].includes(response.status), `${response.status}`);
      await response.text();
    }, 256 * 1024);
  });
}

test("reads a form of 2 MB as it reads a short one", async () => {
  const response = await post(141, `content=Hello&other=${"x".repeat(2_000_000)}&private=1`, {
    headers: FORM,
  });
  assert.equal(response.status, 200);
  assert.deepEqual([stored(141)[0].content, stored(141)[0].private], ["Hello", true]);
});

test("reads escapes, pluses, empty values and repeated names of a form", async () => {
  const body = "content=first&content=Gr%C3%BC%C3%9Fe+%26%20%F0%9F%98%80&private=off&echo_id=a%3Db=c";
  const message = await (await post(141, body, { headers: FORM })).json();
  assert.deepEqual([message.content, message.private, message.echo_id], ["Grüße & 😀", false, "a=b=c"]);
});

test("answers 400 to a form with a wrong escape or with bytes that are no UTF-8, as Rails does", async () => {
  for (const body of ["content=100%", "content=%zz", "content=%ff"]) {
    await refused(await post(141, body, { headers: FORM }), 400);
  }
  assert.equal(stored(141).length, 0);
});

test("answers 400 to JSON of more than 100 levels, as Ruby's parser does, and stores nothing", async () => {
  const nested = (levels) =>
    `{"content":"a","content_attributes":{"a":${"[".repeat(levels)}${"]".repeat(levels)}}}`;
  assert.equal((await post(141, nested(98))).status, 200);
  assert.deepEqual(await refused(await post(142, nested(99)), 400), { status: 400, error: "Bad Request" });
  await refused(await post(142, nested(1_000_000)), 400);
  const quoted = JSON.stringify({ content: `"[${"[".repeat(200)}\\"`, private: false });
  assert.equal((await post(143, quoted)).status, 200);
  assert.equal(stored(142).length, 0);
});
