// Next.js: a page's component, a worker of it, and a route of the server's, all of which send.

import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../../lib/command.mjs";
import { inRoot } from "../../lib/root.mjs";
import { startSandbox } from "../../lib/servers.mjs";
import { startSite } from "../../lib/site.mjs";
import { inTools, versionOf } from "../lib/tools.mjs";
import { installInto } from "./app.mjs";
import { bundlerCell } from "./cell.mjs";
import { quiet, startChild } from "./child.mjs";
import { assertForPages, provePage } from "./prove.mjs";

const TEMPLATE = fileURLToPath(new URL("next", import.meta.url));
const EDGE_ROUTE = fileURLToPath(new URL("next-edge/route.js", import.meta.url));
const MATRIX_FOLDER = fileURLToPath(new URL("..", import.meta.url));
/** Below the tools: Turbopack follows no link out of its root, so an app finds Next and React above it. */
const WORK = join(MATRIX_FOLDER, ".work");
const READY = /Local:\s+(http:\S+)[\s\S]*Ready in/;
const COMPLAINT = /warn|error|⚠|⨯|module not found|deprecat/i;
/** Of the runtime itself, whatever the route does. */
const EDGE_IS_DEPRECATED = /^⚠ The Edge Runtime is deprecated.*$/gm;
const BUILD_MS = 180_000;
const HOUR_MS = 3_600_000;

/** Next's own program. */
export function nextCommand(...args) {
  return [process.execPath, inTools("next", "dist", "bin", "next"), ...args];
}

/** Builds with `flags` and starts what was built. */
export function nextBuildCell(how, flags, { inCi = false } = {}) {
  nextCell(how, inCi, async (app) => {
    await app.build(flags);
    await assertForPages(join(app.folder, ".next", "static"));
    const { url, output } = await app.start("start");
    await app.provePage(url);
    await app.proveRoute(new URL("/send", url));
    assert.doesNotMatch(output(), COMPLAINT);
  });
}

/** Serves without building. */
export function nextDevCell(how, flags) {
  nextCell(how, false, async (app) => {
    const { url, output } = await app.start("dev", ...flags);
    // The first request waits for its build, longer than a browser would on a busy machine.
    await (await fetch(url)).text();
    await app.provePage(url);
    await app.proveRoute(new URL("/send", url));
    assert.doesNotMatch(output(), COMPLAINT);
  });
}

/** A route in the edge runtime; only in development does Next say what Vercel would refuse. */
export function nextEdgeCell(how, flags) {
  nextCell(how, false, async (app) => {
    await mkdir(join(app.folder, "app", "edge"));
    await cp(EDGE_ROUTE, join(app.folder, "app", "edge", "route.js"));
    const { url, output } = await app.start("dev", ...flags);
    await app.proveRoute(new URL("/edge", url));
    assert.doesNotMatch(output().replaceAll(EDGE_IS_DEPRECATED, ""), COMPLAINT);
  });
}

function nextCell(how, inCi, prove) {
  bundlerCell({ in: "Next.js", how, inCi }, async (t) => {
    await prove(await makeNextApp(t));
    return { version: versionOf("next") };
  });
}

async function makeNextApp(hooks) {
  const folder = await makeNextFolder(hooks);
  const site = await startSite(hooks, folder);
  const sandbox = await startSandbox(hooks);
  const env = { MATRIX_FOLDER, SITE_URL: site.url, SANDBOX_URL: sandbox.url };
  return {
    folder,
    async build(flags) {
      const options = { cwd: folder, env: quiet(env), timeoutMs: BUILD_MS };
      const { code, output } = await run(nextCommand("build", ...flags), options);
      assert.equal(code, 0, output);
      assert.doesNotMatch(output, COMPLAINT);
    },
    async start(...args) {
      const server = nextCommand(...args, "--hostname", "127.0.0.1", "--port", "0");
      const { match, output } = await startChild(hooks, server, { cwd: folder, env, ready: READY });
      return { url: match[1], output };
    },
    provePage: (url) => provePage(hooks, site, url),
    async proveRoute(url) {
      const answer = await fetch(url, { method: "POST" });
      assert.deepEqual(await answer.json(), { status: "sent" });
      const contents = sandbox.messages(141).map(({ content }) => content);
      assert.deepEqual(contents, ["From a route"]);
    },
  };
}

/** A folder with the app, below the tools. */
export async function makeNextFolder(hooks) {
  await mkdir(WORK, { recursive: true });
  await removeOld();
  const folder = await mkdtemp(join(WORK, "next-"));
  hooks.after(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  await cp(TEMPLATE, folder, { recursive: true });
  await cp(inRoot("tests", "browser", "app", "calls.js"), join(folder, "calls.js"));
  await cp(join(TEMPLATE, "..", "app", "send-worker.js"), join(folder, "send-worker.js"));
  await installInto(folder);
  return folder;
}

/** Removes what interrupted runs left, but nothing that another run may be using. */
async function removeOld() {
  for (const name of await readdir(WORK)) {
    const folder = join(WORK, name);
    if (Date.now() - (await stat(folder)).mtimeMs > HOUR_MS)
      await rm(folder, { recursive: true, force: true });
  }
}
