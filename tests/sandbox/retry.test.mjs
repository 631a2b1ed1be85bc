import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { created, refused, replaceSandbox, retry, stored } from "./helpers.mjs";

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

  for (const version of ["4.12", "4.15"]) {
    test(`wipes the attributes of any message in ${version}, and queues it once more`, async () => {
      replaceSandbox({ version });
      const first = await created(141, { content: "a" });
      const reply = await created(141, { content: "b", content_attributes: { in_reply_to: first.id, x: 1 } });
      const [, message] = stored(141);
      assert.equal(message.deliveries, 1);
      for (const times of [2, 3]) {
        const response = await retry(141, reply.id);
        assert.deepEqual(await response.json(), { ...reply, content_attributes: {} });
        assert.equal(message.deliveries, times);
      }
    });

    test(`is answered with sent in ${version} when a message has a source_id, and delivers nothing`, async () => {
      replaceSandbox({ version });
      const { id } = await created(141, { content: "a", source_id: "wamid.1" });
      const [message] = stored(141);
      message.status = "failed";
      assert.equal((await (await retry(141, id)).json()).status, "sent");
      assert.equal(message.deliveries, 1);
    });
  }

  test("of what failed is a second delivery, of anything else it is none", async () => {
    const failed = await created(900131, { content: "a" });
    await retry(900131, failed.id);
    assert.equal(stored(900131)[0].deliveries, 2);
    await retry(900131, failed.id);
    assert.equal(stored(900131)[0].deliveries, 2);
  });

  test("delivers no note, and nothing that the customer said", async () => {
    replaceSandbox({ version: "4.15" });
    for (const [at, more] of [{ private: true }, { message_type: 0 }, { message_type: 2 }].entries()) {
      const { id } = await created(141, { content: "a", ...more });
      await retry(141, id);
      assert.equal(stored(141)[at].deliveries, 0);
    }
  });

  test("takes an id with a tail for the id, as Ruby does", async () => {
    const { id } = await created(141, { content: "a" });
    assert.equal((await (await retry(141, `${id}abc`)).json()).id, id);
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
