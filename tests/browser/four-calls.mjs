// What every page that ran app/calls.js must have got, and its sandbox must have stored.

import assert from "node:assert/strict";
import { assertIssues } from "../lib/assertions.mjs";

export function assertCalls(result, site) {
  assert.deepEqual(result.statuses, ["sent", "sent", "sent", "sent", "sent"]);
  assert.equal(result.failed.name, "DeliveryError");
  assert.equal(result.failed.outcome, "failed");
  assert.equal(result.refused.name, "ValidationError");
  assert.match(result.refused.message, /did you mean content\?/);
  assert.equal(result.aborted.name, "AbortError");
  assert.equal(result.aborted.outcome, "not_sent");
  assertIssues(result.issues, ["content"]);
  assert.equal(result.failure.class, "use_template");

  const stored = site.conversations.get(141);
  assert.deepEqual(
    stored.map((message) => message.content),
    ["Grüße 👋", "Hello", "Here", "Shipped"],
  );
  assert.equal(stored[0].private, true);
  const files = stored[2].attachments.map(({ blob }) => [blob.name, blob.type, blob.size]);
  assert.deepEqual(files[0], ["Größe.png", "image/png", 70_000]);
  assert.equal(files[1][2], 4);
  assert.equal(stored[3].additional_attributes.template_params.name, "order_update");
  assert.equal(site.conversations.get(900131).length, 1);
  assert.equal(site.requests.length, 6);
}
