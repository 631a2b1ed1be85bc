import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { created, refused, retry, stored } from "./helpers.mjs";

describe("a retry", () => {
  test("sends a failed message again and clears its error only", async () => {
    const answer = await created(900131, { content: "a", content_attributes: { x: 1 } });
    assert.equal(stored(900131)[0].status, "failed");
    const response = await retry(900131, answer.id);
    assert.equal(response.status, 200);
    const message = await response.json();
    assert.equal(message.id, answer.id);
    assert.equal(message.status, "sent");
    assert.deepEqual(message.content_attributes, { x: 1 });
    assert.deepEqual(stored(900131), [message]);
  });

  test("answers 200 and changes nothing when the message has not failed", async () => {
    const message = await created(141, { content: "a" });
    const response = await retry(141, message.id);
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), message);
  });

  test("answers 422 for a message that is unknown or elsewhere", async () => {
    const { id } = await created(142, { content: "a" });
    await refused(await retry(141, 5), 422);
    await refused(await retry(141, "five"), 422);
    await refused(await retry(141, id), 422);
  });

  test("answers 404 in an unknown conversation", async () => {
    assert.deepEqual(await refused(await retry(0, 5), 404), { error: "Resource could not be found" });
    await refused(await retry(900404, 5), 404);
  });
});
