// The demo's command in a process of its own.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runDemo } from "./helpers.mjs";

describe("the demo's command", () => {
  test("with --once prints five answers and exits 0", async () => {
    const { output, ended } = await runDemo(["--once"]);
    assert.equal(await ended, 0, output);
    assert.equal(output.match(/^\d\. .* as expected$/gm)?.length, 5, output);
    assert.match(output, /in reply to \d+/);
    assert.match(output, /stored as image .* and audio/);
    assert.match(output, /template order_update, en_US, MARKETING/);
    assert.match(output, /DeliveryError, outcome "failed", code "delivery_failed"[\s\S]*131047/);
    assert.match(output, /accepted, which is not yet delivered/);
  });

  test("serves until Ctrl-C, which ends it with 0", async () => {
    const { child, output, ended } = await runDemo([], {}, "Serving until Ctrl-C");
    const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(output)[0];
    assert.equal((await fetch(url)).status, 200);
    child.kill("SIGINT");
    assert.equal(await ended, 0);
  });
});
