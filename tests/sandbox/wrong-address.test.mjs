import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AUTHORIZATION, BASE, pathOf, refused, sandbox } from "./helpers.mjs";

describe("a wrong address", () => {
  const notFound = { error: "Resource could not be found" };

  for (const path of [
    "/",
    "/api/v1/accounts/conversations/141/messages",
    "/api/v2/accounts/conversations/141/messages/",
    "/api/v2/accounts/conversations//messages",
    "/api/v2/accounts/conversations/141/messages/5",
    "/api/v2/accounts/conversations/141/messages/5/retry/now",
    ...["0", "-1", "1.5", "abc", "9007199254740993"].map((id) => pathOf(id)),
  ]) {
    test(`answers 404 for ${path}`, async () => {
      const headers = { Authorization: AUTHORIZATION };
      const response = await sandbox.fetch(BASE + path, { method: "POST", headers });
      assert.deepEqual(await refused(response, 404), notFound);
    });
  }

  test("answers 404 for a wrong method, and allows no other origin", async () => {
    for (const method of ["GET", "PUT", "OPTIONS"]) {
      const response = await sandbox.fetch(BASE + pathOf(141), { method });
      assert.deepEqual(await refused(response, 404), notFound);
      assert.equal(response.headers.get("Access-Control-Allow-Origin"), null);
    }
  });
});
