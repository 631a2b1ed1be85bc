import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BASE, basic, pathOf, refused, replaceSandbox, sandbox, stored } from "./helpers.mjs";

describe("credentials", () => {
  const ask = (headers) =>
    sandbox.fetch(BASE + pathOf(141), { method: "POST", headers: { ...headers }, body: "" });

  test("answers 401 without any", async () => {
    const body = await refused(await ask({}), 401);
    assert.deepEqual(body, { errors: ["You need to sign in or sign up before continuing."] });
  });

  test("answers 401 when they are malformed", async () => {
    const noKey = basic(":secret");
    for (const header of ["Basic", "Basic !", "Basic a2V5", "Bearer a2V5OnM=", basic("key"), noKey]) {
      await refused(await ask({ Authorization: header }), 401);
    }
  });

  test("pass when well-formed, if none are configured", async () => {
    assert.equal((await ask({ Authorization: basic("any:thing") })).status, 200);
  });

  test("must be the configured ones", async () => {
    replaceSandbox({ apiKey: "ключ", apiSecret: "se:cret" });
    assert.equal((await ask({ Authorization: basic("ключ:se:cret") })).status, 200);
    for (const pair of ["key:se:cret", "ключ:secret", "ключ:"]) {
      const body = await refused(await ask({ Authorization: basic(pair) }), 401);
      assert.deepEqual(body, { error: "Invalid Access Token" });
    }
    assert.equal(stored(141).length, 1);
  });
});
