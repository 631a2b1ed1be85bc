// The small form of `make campaign-proof`.

import assert from "node:assert/strict";
import test from "node:test";
import { survive } from "./hazards.mjs";

test("killed, stopped, on a full disk and a read-only journal, it sends no row twice and loses none", async (t) => {
  const { twice, lost, untrue, outcomes, refused } = await survive(t, {
    rows: 520,
    kills: 9,
    perSecond: 100,
  });
  assert.deepEqual({ twice, lost, untrue }, { twice: [], lost: [], untrue: [] });
  assert.ok(refused > 0);
  assert.ok(outcomes.sent >= 300, JSON.stringify(outcomes));
  assert.equal(outcomes.waiting, undefined);
});
