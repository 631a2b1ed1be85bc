// The folder throws as many values as it is for, and every property that is budgeted for is in some file.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { BUDGET, LEAST, sum } from "./budget.mjs";

test(`at least ${LEAST.toLocaleString("en")} values are thrown in all`, () => {
  assert.ok(sum(Object.values(BUDGET).map(sum)) >= LEAST);
});

for (const [file, properties] of Object.entries(BUDGET)) {
  test(`${file}.test.mjs throws what is meant for it, and counts it`, async () => {
    const text = await readFile(new URL(`${file}.test.mjs`, import.meta.url), "utf8");
    assert.ok(text.includes(`fuzzing("${file}")`));
    assert.match(text, /^countThrown\(\);$/m);
    for (const name of Object.keys(properties)) assert.ok(text.includes(`"${name}"`), name);
  });
}
