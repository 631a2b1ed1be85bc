// Bodies that nobody's library writes: well-formed ones, cut, doubled and overwritten until they are no more.

import assert from "node:assert/strict";
import fc from "fast-check";
import { sandbox as entry } from "../lib/package.mjs";
import { ending, show } from "./calls.mjs";
import { fuzzing } from "./harness.mjs";

const { fuzz, countThrown } = fuzzing("bodies");
const URL = "https://livedesk.invalid/api/v2/accounts/conversations/141/messages";
const Authorization = "Basic a2V5OnNlY3JldA==";
/** A body of some kilobytes takes a few milliseconds; what takes this long hangs. */
const HANGS_MS = 5000;

const part = (head, body) => `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
const file = (name) =>
  part(`name="attachments[]"; filename="${name}"\r\nContent-Type: image/png`, "\x89PNG\r\n");
const FORMS = [
  `${part('name="content"', "Hello")}--b--\r\n`,
  `${part('name="content"', "Hello")}${file("a.png")}${file("b%20c.png")}--b--\r\n`,
  `${part('name="content_attributes"', '{"in_reply_to":29}')}${part('name="private"', "true")}${file('a\\"b.png')}--b--`,
  `${part('name="content_attributes[a][b][]"', "x")}${part('name="attachments[0]"', "y")}--b--`,
];
const JSONS = [
  '{"content":"Hello","private":false,"content_attributes":{"in_reply_to":29,"a":[1,2,{"b":null}]}}',
  '{"content":"Hello","template_params":{"name":"a","language":"en_US","processed_params":{"1":"x"}}}',
  `{"content":"Hello","content_attributes":${"[".repeat(90)}${"]".repeat(90)}}`,
];
const LIQUIDS = [
  "Dear {{ contact.name | upcase | append: '!' }}, {% if contact.email %}a{% elsif x %}b{% else %}c{% endif %}",
  "{% for i in (1..3) %}{{ i }}{% endfor %}{% assign x = 'y' %}{{ x }} {% raw %}{{ a }}{% endraw %} `{{ b }}`",
  "{% comment %}x{% endcomment %}{{- conversation.display_id -}}{{ 1 | plus: 2 }}{{ account.name }}{{ agent.name }}",
];

const PIECES = [
  ...[
    "\r\n",
    "\r\n\r\n",
    "\n",
    "--b",
    "--b--",
    "--",
    '"',
    "\\",
    ";",
    "=",
    "\0",
    "%00",
    "%",
    "\xff\xfe",
    "\x89",
  ],
  ...[
    '; filename="',
    'name="attachments[]"',
    'name="',
    "Content-Type: ",
    "Content-Transfer-Encoding: base64\r\n",
  ],
  ...[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "{{",
    "}}",
    "{%",
    "%}",
    "|",
    "`",
    "endfor",
    "(1..99999999)",
    "1e999",
    "-0",
  ],
  ...[
    "__proto__",
    "constructor",
    "\\ud800",
    "\\u0000",
    "x".repeat(2000),
    "[".repeat(3000),
    "{{".repeat(1000),
  ],
];
const mutation = fc.record({
  how: fc.constantFrom("insert", "overwrite", "cut", "double", "truncate"),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat({ max: 60 }),
  piece: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 8 })),
});

/** The text with one thing done to it. */
function mutated(text, { how, at, length, piece }) {
  const start = Math.floor(at * text.length);
  const [before, middle, end] = [
    text.slice(0, start),
    text.slice(start, start + length),
    text.slice(start + length),
  ];
  if (how === "insert") return before + piece + middle + end;
  if (how === "overwrite") return before + piece + end;
  if (how === "cut") return before + end;
  return how === "double" ? before + middle + middle + end : before;
}

const bodies = (texts) =>
  fc.tuple(fc.constantFrom(...texts), fc.array(mutation, { minLength: 1, maxLength: 6 }));

async function assertStands(type, body) {
  const desk = entry.createSandbox();
  const init = { method: "POST", headers: { Authorization, "Content-Type": type }, body };
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, HANGS_MS, { error: "it hangs" });
  });
  const { value: response, error } = await Promise.race([ending(() => desk.fetch(URL, init)), late]);
  clearTimeout(timer);
  assert.ok(response instanceof Response, `rejected with ${show(error)}`);
  assert.ok([200, 400, 422].includes(response.status), `status ${response.status}`);
  await response.text();
  const [request] = desk.requests;
  assert.equal(request.stored, response.status === 200);
  const count = [...desk.conversations.values()].flat().length;
  assert.equal(count, response.status === 200 ? 1 : 0);
}

/** Each character a byte, so that bytes which are no UTF-8 come, too. */
const bytesOf = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0));

fuzz("no mutated form stops the sandbox", "forms", bodies(FORMS), ([text, mutations]) =>
  assertStands("multipart/form-data; boundary=b", bytesOf(mutations.reduce(mutated, text))),
);

fuzz("no mutated JSON stops the sandbox", "jsons", bodies(JSONS), ([text, mutations]) =>
  assertStands("application/json", bytesOf(mutations.reduce(mutated, text))),
);

fuzz("no broken Liquid stops the sandbox", "liquids", bodies(LIQUIDS), ([text, mutations]) =>
  assertStands("application/json", JSON.stringify({ content: mutations.reduce(mutated, text) })),
);

countThrown();
