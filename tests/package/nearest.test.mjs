// The name that was probably meant: of a message's field, told by the engine's list, as of an option.

import assert from "node:assert/strict";
import test from "node:test";
import { livedesk } from "../lib/package.mjs";

const { validate } = livedesk;
const HINT = "(requestOptions.extra sends other fields)";

async function said(kind, field) {
  const issues = await validate(kind, { [field]: 1 });
  return issues.find(({ code }) => code === "unknown_field");
}

for (const [typed, meant] of [
  ["contents", "content"],
  ["Private", "private"],
  ["privat", "private"],
  ["contentAttributes", "content_attributes"],
  ["attachment", "attachments"],
  ["attachements", "attachments"],
  ["conten_atributes", "content_attributes"],
  ["cotnent", "content"],
]) {
  test(`${typed} was meant to be ${meant}`, async () => {
    const { message } = await said("attachments", typed);
    assert.equal(message, `${typed} is not a known field; did you mean ${meant}? ${HINT}`);
  });
}

for (const typed of ["subject", "x", "message_type", "content".repeat(9)]) {
  test(`${typed} is near no known field`, async () => {
    const issue = await said("text", typed);
    const known = "content, private, content_attributes";
    assert.equal(issue.message, `${typed} is not a known field; the known ones are ${known} ${HINT}`);
    assert.deepEqual(Object.keys(issue), ["path", "code", "message", "severity"]);
  });
}

test("a field below the message is told without what extra could do", async () => {
  const params = { name: "a", language: "en", categori: "UTILITY" };
  const issues = await validate("template", { content: "x", template_params: params });
  const message = "template_params.categori is not a known field; did you mean category?";
  assert.deepEqual(issues, [
    { path: "template_params.categori", code: "unknown_field", message, severity: "error" },
  ]);
});
