// What is known of templates and webhooks: definitions, previews, and functions that fill a template.

import assert from "node:assert/strict";
import fc from "fast-check";
import { livedesk } from "../lib/package.mjs";
import { assertError, assertIssues, ending } from "./calls.mjs";
import { fuzzing } from "./harness.mjs";
import { anyValue } from "./values.mjs";

const { fuzz, countThrown } = fuzzing("knowledge");
const { defineTemplate, previewTemplate, readWebhook, validate } = livedesk;

const DEFINITION = {
  ...{ name: "order_update", language: "en", status: "APPROVED" },
  components: [
    { type: "HEADER", format: "TEXT", text: "Order {{1}}" },
    { type: "BODY", text: "Hi *{{1}}*, {{2}}" },
    { type: "FOOTER", text: "Acme" },
    { type: "BUTTONS", buttons: [{ type: "URL", text: "Track", url: "https://a.example/{{1}}" }] },
  ],
};
const SHORT = {
  ...DEFINITION,
  components: undefined,
  header: "Order {{1}}",
  body: "Hi {{1}}",
  buttons: ["Stop"],
};
const PARAMS = {
  ...{ name: "order_update", language: "en", processed_params: { 1: "Ada", 2: "x" } },
  header_params: { type: "text", text_variables: { 1: "#4" } },
  button_params: [{ index: 0, sub_type: "url", text: "4" }],
};
const EVENT = {
  ...{
    event: "message_updated",
    id: 29,
    message_type: "outgoing",
    status: "failed",
    created_at: "2026-01-01",
  },
  content_attributes: { external_error: "131047: x" },
  conversation: { id: 141, channel: "Channel::Whatsapp", messages: [{ id: 29, status: "failed" }] },
};

/** A copy of data with any one value in it, or all of it, replaced by `value`. */
function spoiled(data, seed, value) {
  const copy = structuredClone(data);
  const places = [];
  const walk = (object) => {
    for (const key of Object.keys(object)) {
      places.push([object, key]);
      if (typeof object[key] === "object" && object[key] !== null) walk(object[key]);
    }
  };
  walk(copy);
  if (seed % (places.length + 1) === places.length) return value;
  const [object, key] = places[seed % (places.length + 1)];
  object[key] = value;
  return copy;
}

const spoil = fc.tuple(fc.nat(), fc.nat(2), anyValue);
const isText = (value) => assert.equal(typeof value, "string");

fuzz("previewTemplate shows anything", "previewTemplate", spoil, async ([seed, which, recipe]) => {
  const value = recipe.make();
  const definition = which === 0 ? PARAMS : spoiled(which === 1 ? DEFINITION : SHORT, seed, value);
  const params = which === 0 ? spoiled(PARAMS, seed, value) : PARAMS;
  const { value: preview, error } = await ending(() =>
    previewTemplate(which === 0 ? DEFINITION : definition, params),
  );
  if (error) throw error;
  isText(preview.body.text);
  assert.ok(Array.isArray(preview.body.nodes) && Array.isArray(preview.buttons));
  assertIssues(preview.issues, 0);
});

fuzz("validate compares with any definition", "definitions", spoil, async ([seed, which, recipe]) => {
  const definition = spoiled(which === 0 ? SHORT : DEFINITION, seed, recipe.make());
  const message = { content: "x", template_params: PARAMS };
  const { value: issues, error } = await ending(() => validate("template", message, { definition }));
  if (error) assertError(error);
  else assertIssues(issues, 0);
});

fuzz("readWebhook reads anything and rejects nothing", "readWebhook", spoil, async ([seed, , recipe]) => {
  const { value: told, error } = await ending(() => readWebhook(spoiled(EVENT, seed, recipe.make())));
  if (error) throw error;
  if (told === null) return;
  isText(told.message.status);
  assert.deepEqual(Object.keys(told), ["event", "message", "conversationId", "failure"]);
  if (told.message.status === "failed") isText(told.failure.advice);
  else assert.equal(told.failure, null);
});

fuzz(
  "defineTemplate makes a function of any definition, or refuses it",
  "defineTemplate",
  spoil,
  ([seed, which, recipe]) => {
    const definition = spoiled(which === 0 ? SHORT : DEFINITION, seed, recipe.make());
    let fill;
    try {
      fill = defineTemplate(definition);
    } catch (error) {
      return assertError(error);
    }
    isText(fill().name);
    isText(fill(null).language);
    assert.equal(
      typeof fill({ body: { 1: "x" }, header: { 1: "x" }, buttons: { 0: "x", 9: "y" } }),
      "object",
    );
  },
);

countThrown();
