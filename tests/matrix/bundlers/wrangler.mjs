// Wrangler: what it would deploy, run by plain workerd, and its own dev server.

import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../../lib/command.mjs";
import { startSandbox } from "../../lib/servers.mjs";
import { inTools, nodeProgram, versionOf, workerdProgram } from "../lib/tools.mjs";
import { workerdConfig } from "../lib/workerd-config.mjs";
import { makeApp } from "./app.mjs";
import { bundlerCell } from "./cell.mjs";
import { quiet, startChild } from "./child.mjs";

const COMPLAINT = /warn|error/i;
const MEBIBYTE = 1024 * 1024;

/** Cells of Workers with this compatibility date and flags, on which hangs what a Worker finds there. */
export function wranglerCells(date, flags = []) {
  const settings = { date, flags };
  const name = [date, ...flags].join(" ");

  // With nodejs_compat, a Worker looks like Node, and is none: that much CI has to see.
  const inCi = flags.length > 0;
  bundlerCell({ in: "Wrangler", how: `deploy --dry-run, run by workerd, ${name}`, inCi }, async (t) => {
    const { folder, sandbox } = await makeWorker(t, settings);
    const deploy = wrangler("deploy", "--dry-run", "--outdir", "dist");
    const { code, output } = await run(deploy, { cwd: folder, env: quiet() });
    assert.equal(code, 0, output);
    assert.doesNotMatch(output, COMPLAINT);
    const built = join(folder, "dist");
    const config = join(built, "config.capnp");
    await writeFile(config, await configuration(built, sandbox.url, settings));
    const serve = [workerdProgram(), "serve", config, "--control-fd=1"];
    const ready = /"socket":"http","port":(\d+)/;
    const workerd = await startChild(t, serve, { cwd: folder, env: { PWD: folder }, ready });
    await proveWorker(`http://127.0.0.1:${workerd.match[1]}`, sandbox);
    assert.doesNotMatch(workerd.output(), COMPLAINT);
    return { version: `${versionOf("wrangler")}, workerd ${versionOf("workerd")}` };
  });

  bundlerCell({ in: "Wrangler", how: `dev, ${name}` }, async (t) => {
    const { folder, sandbox } = await makeWorker(t, settings);
    const options = ["--ip", "127.0.0.1", "--port", "0", "--var", `SANDBOX_URL:${sandbox.url}`];
    const dev = wrangler("dev", ...options, "--show-interactive-dev-session=false");
    const { match, output } = await startChild(t, dev, { cwd: folder, ready: /Ready on (http:\S+)/ });
    await proveWorker(match[1], sandbox);
    assert.doesNotMatch(output(), COMPLAINT);
    return { version: versionOf("wrangler") };
  });
}

function wrangler(...args) {
  return [nodeProgram(24), inTools("wrangler", "bin", "wrangler.js"), ...args];
}

async function makeWorker(t, { date, flags }) {
  const folder = await makeApp(t);
  const config = {
    name: "app",
    main: "send-workerd.js",
    compatibility_date: date,
    compatibility_flags: flags,
  };
  await writeFile(join(folder, "wrangler.json"), JSON.stringify(config));
  return { folder, sandbox: await startSandbox(t) };
}

/** Of the modules Wrangler wrote. */
async function configuration(output, sandboxUrl, { date, flags }) {
  const wasm = (await readdir(output)).filter((name) => name.endsWith(".wasm"));
  const modules = [["send-workerd.js", "esModule"], ...wasm.map((name) => [name, "wasm"])];
  return workerdConfig({ modules, date, flags, bindings: { SANDBOX_URL: sandboxUrl } });
}

async function proveWorker(url, sandbox) {
  const answer = await fetch(url);
  assert.deepEqual(await answer.json(), { statuses: ["sent", "sent"] });
  const [text, file, ...more] = sandbox.messages(141);
  assert.equal(text.content, "From a Worker");
  assert.equal(file.attachments[0].blob.size, 2 * MEBIBYTE);
  assert.deepEqual(more, []);
}
