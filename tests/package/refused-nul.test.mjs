// NUL is refused wherever LiveDesk's database would refuse it, and passes where it is stored.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { refusal } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { startSandbox, startServer } from "../lib/servers.mjs";

const server = await startServer({ after });
const client = clientOf(server);
const NUL = "a\0b";

function template(params) {
  const template_params = { name: "order_update", language: "en", ...params };
  return client.sendTemplate(141, { content: "Hi", template_params });
}

const media = { type: "document", media_url: "https://cdn.example/a.pdf" };
const place = { latitude: 1, longitude: 2 };

const CASES = {
  content: () => client.sendText(141, { content: NUL }),
  "template_params.namespace": () => template({ namespace: NUL }),
  "template_params.category": () => template({ category: NUL }),
  "template_params.name": () => template({ name: NUL }),
  "template_params.language": () => template({ language: NUL }),
  'template_params.processed_params["1"]': () => template({ processed_params: { 1: NUL } }),
  "template_params.header_params.filename": () => template({ header_params: { ...media, filename: NUL } }),
  "template_params.header_params.media_url": () =>
    template({ header_params: { ...media, media_url: `https://cdn.example/${NUL}` } }),
  "template_params.header_params.location.name": () =>
    template({ header_params: { type: "location", location: { ...place, name: NUL } } }),
  "template_params.header_params.location.address": () =>
    template({ header_params: { type: "location", location: { ...place, address: NUL } } }),
  'template_params.footer_params.text_variables["1"]': () =>
    template({ footer_params: { text_variables: { 1: NUL } } }),
  "template_params.button_params[0].text": () =>
    template({ button_params: [{ index: 0, sub_type: "url", text: NUL }] }),
  "template_params.button_params[0].payload": () =>
    template({ button_params: [{ index: 0, sub_type: "quick_reply", payload: NUL }] }),
  "requestOptions.extra.echo_id": () => client.sendText(141, { content: "Hi" }, { extra: { echo_id: NUL } }),
  "requestOptions.extra.deep[0].x": () =>
    client.sendText(141, { content: "Hi" }, { extra: { deep: [{ x: NUL }] } }),
};

for (const [path, send] of Object.entries(CASES)) {
  test(`refuses NUL in ${path}`, async () => {
    const { issues } = await refusal(send(), path);
    assert.equal(issues[0].code, "nul");
    assert.equal(server.requests.length, 0);
  });
}

test("refuses NUL in a caption", async () => {
  const attachments = [new File(["x"], "a.txt")];
  await refusal(client.sendAttachments(141, { attachments, content: NUL }), "content");
});

test("NUL in content_attributes is stored", async (t) => {
  const desk = await startSandbox(t);
  const content_attributes = { [NUL]: NUL };
  await clientOf(desk).sendText(141, { content: "Hi", content_attributes });
  assert.deepEqual(desk.messages(141)[0].content_attributes, content_attributes);
});
