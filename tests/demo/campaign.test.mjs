// `make demo-campaign`, as a visitor sees it.

import assert from "node:assert/strict";
import test from "node:test";
import { run } from "../lib/command.mjs";
import { inRoot } from "../lib/root.mjs";

test("the demo of a campaign is killed, goes on, and stores no row twice", async () => {
  const { code, output } = await run([process.execPath, inRoot("www", "demo-campaign.mjs")], {
    timeoutMs: 110_000,
  });
  assert.equal(code, 0, output);
  assert.match(output, /Killed in the middle, after \d+ requests/);
  assert.match(output, /^row 12: sent/m);
  assert.match(output, /^Stored twice: 0/m);
});
