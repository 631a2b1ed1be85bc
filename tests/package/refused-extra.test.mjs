// Further fields under names that a form, or Rack behind it, would turn into something else.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { inspect } from "node:util";
import { refusal } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { startServer } from "../lib/servers.mjs";

const server = await startServer({ after });
const client = clientOf(server);
const SENDING = {
  sendText: () => ({ content: "x" }),
  sendAttachments: () => ({ attachments: [new File(["x"], "a.txt")] }),
  sendTemplate: () => ({ content: "x", template_params: { name: "n", language: "en" } }),
};

const NAMES = [
  ...[
    "attachments[]",
    "attachments[0]",
    "attachments[",
    "[attachments]",
    "content[x]",
    "[content]",
    "content]",
  ],
  ...["content_attributes[y]", "private[]", "template_params[name]", "a[b]", "a[b][c]", "a]b", "[", "]"],
  ...["_method", "", 'a"b', "a\r\nb", "a\0b", "con\\tent"],
];

for (const name of NAMES) {
  test(`refuses extra under the name ${inspect(name)}`, async () => {
    for (const [method, message] of Object.entries(SENDING)) {
      const sending = client[method](141, message(), { extra: { [name]: "y" } });
      const path = `requestOptions.extra[${JSON.stringify(name)}]`;
      await refusal(sending, name === "_method" ? "requestOptions.extra._method" : path);
    }
    assert.equal(server.requests.length, 0);
  });
}

test("extra takes plain names, also odd ones", async (t) => {
  const own = await startServer(t);
  const extra = { echo_id: "1", "a.b": 2, é: 3, "a b": { "c[d]": 4 }, _x: 5 };
  for (const [method, message] of Object.entries(SENDING))
    await clientOf(own)[method](141, message(), { extra });
  assert.equal(own.requests.length, 3);
});
