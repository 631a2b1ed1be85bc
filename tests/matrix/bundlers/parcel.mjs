// Parcel, which reads `main` and `module` rather than `exports`: a build and its server.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../../lib/command.mjs";
import { closedPort } from "../../lib/servers.mjs";
import { startSite } from "../../lib/site.mjs";
import { inTools, versionOf } from "../lib/tools.mjs";
import { makeApp } from "./app.mjs";
import { bundlerCell } from "./cell.mjs";
import { quiet, startChild } from "./child.mjs";
import { proveBuild, provePage } from "./prove.mjs";

/** It would otherwise install what it takes for missing. */
const OPTIONS = ["--no-autoinstall", "--no-cache"];

export function parcelCells() {
  const command = (...args) => [process.execPath, inTools("parcel", "lib", "bin.js"), ...args, ...OPTIONS];

  bundlerCell({ in: "Parcel", how: "build" }, async (t) => {
    const folder = await makeApp(t);
    const build = command("build", "index.html", "--log-level", "warn");
    const { code, output } = await run(build, { cwd: folder, env: quiet(), timeoutMs: 120_000 });
    assert.equal(code, 0, output);
    assert.equal(output.trim(), "");
    await proveBuild(t, join(folder, "dist"));
    return { version: versionOf("parcel") };
  });

  bundlerCell({ in: "Parcel", how: "serve" }, async (t) => {
    const folder = await makeApp(t);
    const site = await startSite(t, folder);
    await writeFile(join(folder, ".proxyrc.json"), JSON.stringify({ "/desk": { target: site.url } }));
    const { port } = new URL(await closedPort());
    const serve = command("serve", "index.html", "--host", "127.0.0.1", "--port", port);
    const { output } = await startChild(t, serve, { cwd: folder, ready: /Built in/ });
    await provePage(t, site, `http://127.0.0.1:${port}/`);
    assert.doesNotMatch(output(), /warn|error|⚠|🚨/i);
    return { version: versionOf("parcel") };
  });
}
