// The short soak; soak.mjs is the long one, by the same code.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { JUDGEMENTS } from "./judge.mjs";
import { realSoak } from "./real.mjs";
import { soak } from "./soak-run.mjs";
import { stubSoak } from "./stub.mjs";
import { table } from "./table.mjs";

for (const [what, make, calls] of [
  ["20,000 calls of every kind and ending, 100 at once", stubSoak, 20_000],
  ["1,000 calls to a real server, 32 at once", realSoak, 1_000],
]) {
  describe(what, () => {
    let result;
    before(async () => {
      result = await soak(make, calls);
    });

    for (const { what, wrong } of JUDGEMENTS) {
      test(what, () => {
        const why = wrong(result);
        assert.equal(why, undefined, `${why}\n${table(result.rows)}`);
      });
    }
  });
}
