// A CSV as spreadsheets and programs write it.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { assertLinear } from "../lib/growth.mjs";
import { importInternal } from "../lib/package.mjs";
import { makeFolder } from "./campaigns.mjs";

const { readCsv } = await importInternal("cli/campaign/csv.js");

async function read(t, content, delimiter) {
  const file = join(await makeFolder(t), "rows.csv");
  await writeFile(file, content);
  const records = [];
  for await (const { row, cells } of readCsv(file, delimiter)) records.push([row, ...cells]);
  return records;
}

for (const [what, content, records] of [
  [
    "plain cells",
    "a,b\n1,2\n",
    [
      [1, "a", "b"],
      [2, "1", "2"],
    ],
  ],
  [
    "a last line without a break",
    "a,b\n1,2",
    [
      [1, "a", "b"],
      [2, "1", "2"],
    ],
  ],
  [
    "CRLF",
    "a,b\r\n1,2\r\n",
    [
      [1, "a", "b"],
      [2, "1", "2"],
    ],
  ],
  [
    "CR alone",
    "a,b\r1,2\r",
    [
      [1, "a", "b"],
      [2, "1", "2"],
    ],
  ],
  ["a byte order mark", "\uFEFFa,b\n", [[1, "a", "b"]]],
  [
    "quotes, delimiters and breaks in a cell",
    'a,b\n"x ""y"", z","1\r\n2"\n',
    [
      [1, "a", "b"],
      [2, 'x "y", z', "1\r\n2"],
    ],
  ],
  [
    "a quote inside of a plain cell",
    'a,b\n5" disk,2\n',
    [
      [1, "a", "b"],
      [2, '5" disk', "2"],
    ],
  ],
  [
    "empty cells, quoted too",
    'a,b,c\n,"",\n',
    [
      [1, "a", "b", "c"],
      [2, "", "", ""],
    ],
  ],
  [
    "semicolons",
    "a;b\n1,5;2\n",
    [
      [1, "a", "b"],
      [2, "1,5", "2"],
    ],
  ],
  [
    "tabs",
    "a\tb\n1\t2\n",
    [
      [1, "a", "b"],
      [2, "1", "2"],
    ],
  ],
  [
    "a comma that only a quoted name has",
    '"a,b,c";d\n1;2\n',
    [
      [1, "a,b,c", "d"],
      [2, "1", "2"],
    ],
  ],
  [
    "blank lines, which a spreadsheet counts",
    "a\n\n1\n\n",
    [
      [1, "a"],
      [3, "1"],
    ],
  ],
  [
    "letters of every script",
    "名,🙂\nØ,ß\n",
    [
      [1, "名", "🙂"],
      [2, "Ø", "ß"],
    ],
  ],
  ["nothing", "", []],
]) {
  test(`reads ${what}`, async (t) => {
    assert.deepEqual(await read(t, content), records);
  });
}

test("reads the same however the file is cut into pieces", async (t) => {
  const line = `${"ä".repeat(700)},"${'""\r\n🙂'.repeat(200)}"\r\n`;
  const records = await read(t, `a,b\r\n${line.repeat(300)}`);
  assert.equal(records.length, 301);
  for (const [, ...cells] of records.slice(1)) {
    assert.deepEqual(cells, ["ä".repeat(700), '"\r\n🙂'.repeat(200)]);
  }
});

for (const [what, content, message] of [
  ["a quote that does not end", 'a\n"x\ny\n', /row 2 .* quoted cell does not end/],
  ["text behind a closing quote", 'a\n"x"y\n', /row 2 .* behind a closing quote/],
  ["what is not UTF-8", Buffer.from([0x61, 0x0a, 0xe4, 0x0a]), /UTF-8/],
  ["UTF-16", Buffer.from("\uFEFFa,b\n", "utf16le"), /UTF-8/],
  ["a cell above 4,194,304 characters", `a\n${"x".repeat(4_194_305)}\n`, /row 2 .* 4,194,304 characters/],
  ["more than 1,000 cells", `${"a,".repeat(1001)}\n`, /row 1 .* 1,000 cells/],
]) {
  test(`refuses ${what}, and repeats nothing of it`, async (t) => {
    await assert.rejects(read(t, content), { message });
  });
}

test("reads in linear time", async (t) => {
  const file = join(await makeFolder(t), "rows.csv");
  await assertLinear(async (size) => {
    await writeFile(file, `a,b\n${'"x""y\n",z\n'.repeat(size)}`);
    for await (const _ of readCsv(file));
  }, 10_000);
});
