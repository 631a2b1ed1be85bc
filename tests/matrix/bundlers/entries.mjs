// Apps for bundlers that make one file of each entry and leave `new URL("./send-worker.js", ...)` as it is: the
// page's worker is one more entry.

import assert from "node:assert/strict";
import { join } from "node:path";
import { makeApp, writeHtml } from "./app.mjs";
import { bundlerCell } from "./cell.mjs";
import { proveBuild, proveProgram } from "./prove.mjs";

export const PAGE_ENTRIES = ["page.js", "send-worker.js"];
export const MODULE_SCRIPT = '<script type="module" src="./page.js"></script>';
export const CLASSIC_SCRIPT = '<script defer src="./page.js"></script>';

/** Has `build(folder, output)`, which resolves to its warnings, build a page, and opens that. */
export function pageCell(cell, version, build, { script = MODULE_SCRIPT, worker = true } = {}) {
  bundlerCell(cell, async (t) => {
    const folder = await makeApp(t);
    const output = join(folder, "dist");
    assert.deepEqual(await build(folder, output), []);
    await writeHtml(output, script);
    await proveBuild(t, output, { worker });
    return { version: await version() };
  });
}

/** Has `build(folder, outfile)` build a program for servers, and runs that; `program` gives what runs it. */
export function programCell(cell, version, build, { program, outfile = "send-node.mjs" }) {
  bundlerCell(cell, async (t) => {
    const folder = await makeApp(t);
    const output = join(folder, "dist", outfile);
    assert.deepEqual(await build(folder, output), []);
    await proveProgram(t, [program(), output], folder);
    return { version: await version() };
  });
}
