// Templates that are refused before anything is sent.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { refusal } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { startServer } from "../lib/servers.mjs";

const server = await startServer({ after });
const client = clientOf(server);

const SOUND = { name: "order_update", language: "en_US" };
const url = (index, text = "x") => ({ index, sub_type: "url", text });
const reply = (index, payload = "x") => ({ index, sub_type: "quick_reply", payload });
const header = (type, fields) => ({ header_params: { type, ...fields } });
const place = (latitude, longitude) => header("location", { location: { latitude, longitude } });
const values = (processed_params) => ({ processed_params });

/** [what, template_params beside name and language, paths below template_params] */
const PARAMS = [
  ["no name", { name: undefined }, "name"],
  ["a name with capital letters", { name: "Order Update" }, "name"],
  ["no language", { language: undefined }, "language"],
  ["a language as browsers write it", { language: "en-us" }, "language"],
  ["a category that is no text", { category: 7 }, "category"],
  ["values in a list", values(["John"]), "processed_params"],
  ["values that skip a position", values({ 1: "a", 3: "c" }), "processed_params"],
  ["values by position and by name", values({ 1: "a", name: "b" }), "processed_params"],
  ["a value under no variable's name", values({ "First Name": "a" }), 'processed_params["First Name"]'],
  ["a blank value", values({ 1: " " }), 'processed_params["1"]'],
  ["a value with a line break", values({ 1: "a\nb" }), 'processed_params["1"]'],
  ["a value with five spaces", values({ 1: "a     b" }), 'processed_params["1"]'],
  ["a value that is null", values({ 1: null }), 'processed_params["1"]'],
  ["a value that is NaN", values({ 1: NaN }), 'processed_params["1"]'],
  ["a value of 32,769 characters", values({ 1: "x".repeat(32_769) }), 'processed_params["1"]'],
  ["a header without a type", { header_params: {} }, "header_params.type"],
  ["a header of no known type", header("audio"), "header_params.type"],
  [
    "a text header of 61 characters",
    header("text", { text_variables: { 1: "x".repeat(61) } }),
    'header_params.text_variables["1"]',
  ],
  [
    "a text header of two variables",
    header("text", { text_variables: { 1: "a", 2: "b" } }),
    "header_params.text_variables",
  ],
  ["an image without an address", header("image"), "header_params.media_url"],
  ["an image by a path", header("image", { media_url: "/parcel.png" }), "header_params.media_url"],
  ["an image by a script", header("image", { media_url: "javascript:alert(1)" }), "header_params.media_url"],
  [
    "a file name for an image",
    header("image", { media_url: "https://a.b/c", filename: "c" }),
    "header_params.filename",
  ],
  ["no place in a location", header("location"), "header_params.location"],
  ["a latitude above 90", place(90.5, 0), "header_params.location.latitude"],
  ["a longitude below -180", place(0, -181), "header_params.location.longitude"],
  ["degrees as text", place("52.5", 13), "header_params.location.latitude"],
  [
    "degrees that are no number",
    place(NaN, Infinity),
    "header_params.location.latitude",
    "header_params.location.longitude",
  ],
  ["buttons that are no list", { button_params: url(0) }, "button_params"],
  [
    "eleven buttons",
    { button_params: Array.from({ length: 11 }, (_, index) => reply(index)) },
    "button_params",
    "button_params[10].index",
  ],
  ["three url buttons", { button_params: [url(0), url(1), url(2)] }, "button_params"],
  ["a button twice", { button_params: [reply(1), reply(1)] }, "button_params[1].index"],
  ["a button without a place", { button_params: [reply(undefined)] }, "button_params[0].index"],
  ["a button's place as text", { button_params: [reply("0")] }, "button_params[0].index"],
  [
    "a button of no known kind",
    { button_params: [{ index: 0, sub_type: "flow" }] },
    "button_params[0].sub_type",
  ],
  ["a payload of a url button", { button_params: [{ ...url(0), payload: "x" }] }, "button_params[0].payload"],
  [
    "a payload of 257 characters",
    { button_params: [url(0), reply(1, "x".repeat(257))] },
    "button_params[1].payload",
  ],
  ["an unknown field", { components: [] }, "components"],
];

for (const [what, params, ...paths] of PARAMS) {
  test(`refuses a template with ${what}`, async () => {
    const message = { content: "Hello", template_params: { ...SOUND, ...params } };
    const full = paths.map((path) => `template_params.${path}`);
    await refusal(client.sendTemplate(141, message), ...full);
    assert.equal(server.requests.length, 0);
  });
}

/** [what, message, paths] */
const MESSAGES = [
  ["no content", { template_params: SOUND }, "content"],
  ["no template_params", { content: "Hello" }, "template_params"],
  ["template_params as JSON", { content: "Hello", template_params: "{}" }, "template_params"],
  [
    "a message_type as in answers",
    { content: "Hello", template_params: SOUND, message_type: 1 },
    "message_type",
  ],
  [
    "an incoming message_type",
    { content: "Hello", template_params: SOUND, message_type: "incoming" },
    "message_type",
  ],
  ["fields of a text", { content: "Hello", template_params: SOUND, private: true }, "private"],
  [
    "everything wrong at once",
    { content: " ", template_params: { name: "A B", languge: "en" } },
    "content",
    "template_params.name",
    "template_params.language",
    "template_params.languge",
  ],
];

for (const [what, message, ...paths] of MESSAGES) {
  test(`refuses a template message with ${what}`, async () => {
    await refusal(client.sendTemplate(141, message), ...paths);
    assert.equal(server.requests.length, 0);
  });
}

test("writes a language as Meta does when it was nearly right", async () => {
  const message = { content: "Hello", template_params: { ...SOUND, language: "EN-us" } };
  const error = await refusal(client.sendTemplate(141, message), "template_params.language");
  assert.match(error.message, /written en_US by Meta/);
});

test("a template is for WhatsApp: another channel refuses it", async () => {
  const desk = clientOf(server, { channel: "telegram" });
  await refusal(desk.sendTemplate(141, { content: "Hello", template_params: SOUND }), "template_params");
  assert.equal(server.requests.length, 0);
});
