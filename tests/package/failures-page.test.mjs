// docs/failures.md, which is made from the tables that the engine reads.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { failuresPage } from "../../scripts/build/failures.mjs";
import { livedesk } from "../lib/package.mjs";
import { inRoot } from "../lib/root.mjs";

const page = await readFile(inRoot("docs", "failures.md"), "utf8");
const rows = page
  .match(/^\| \d.+\|$/gm)
  .map((row) => row.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "")));

test("the page of failures is what `node scripts/build/failures.mjs` writes", () => {
  assert.equal(page, failuresPage());
});

test("the page says of every code what explainFailure says", async () => {
  assert.ok(rows.length > 75, `${rows.length} codes`);
  for (const [codes, name, , , advice, source] of rows) {
    assert.match(source, /Meta says|our reading/, codes);
    for (const code of codes.split("-").map(Number)) {
      for (const external of [code, String(code), `${code}: text`, `(#${code}) text`]) {
        const failure = await livedesk.explainFailure(external);
        assert.deepEqual([failure.code, `\`${failure.class}\``, failure.advice], [code, name, advice]);
      }
    }
  }
});
