// The samples of docs/web-apps.md and the examples, each in its own runtime, as a page meets them.

import assert from "node:assert/strict";
import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import test from "node:test";
import { build } from "esbuild";
import { makeConsumerFolder } from "../lib/installed.mjs";
import { CREDENTIALS } from "../lib/package.mjs";
import { readSamples } from "../lib/readme.mjs";
import { ensureRedis, startRedis } from "../lib/redis.mjs";
import { inRoot } from "../lib/root.mjs";
import { closedPort, startSandbox } from "../lib/servers.mjs";
import { startChild } from "../matrix/bundlers/child.mjs";
import { makeNextFolder, nextCommand } from "../matrix/bundlers/next.mjs";
import { bunProgram, denoProgram, Unavailable, workerdProgram } from "../matrix/lib/tools.mjs";
import { workerdConfig } from "../matrix/lib/workerd-config.mjs";
import { newestDate } from "../matrix/runtimes/workerd.mjs";
import { MESSAGES } from "./desk.mjs";

const { samples } = readSamples("docs/web-apps.md");
const sampleOf = (name) => samples.find(({ runner }) => runner === name).code;
const MAY_WRITE = inRoot("examples", "hono-backend", "may-write.js");
const ENV = { LIVEDESK_API_KEY: CREDENTIALS.apiKey, LIVEDESK_API_SECRET: CREDENTIALS.apiSecret };
const OTHERS = ["hono", "@hono/node-server", "express", "ioredis"];
const TIMEOUT = { timeout: 110_000 };

/** A folder with the sample, sending to the sandbox and listening on a free port. */
async function prepare(t, name, file) {
  const sandbox = await startSandbox(t, CREDENTIALS);
  const folder = await makeConsumerFolder(t);
  const url = await closedPort();
  const code = sampleOf(name)
    .replace("createProxy({", `createProxy({ baseUrl: "${sandbox.url}",`)
    .replace(/\b3000\b/, new URL(url).port);
  await writeFile(join(folder, file), code);
  await cp(MAY_WRITE, join(folder, "may-write.js"));
  for (const other of OTHERS) {
    const link = join(folder, "node_modules", other);
    await mkdir(dirname(link), { recursive: true });
    await symlink(inRoot("node_modules", other), link);
  }
  return { sandbox, folder, url };
}

/** What a page of it does: asks for a token, sends, repeats, and is refused. */
async function prove(url, sandbox, mount = "/livedesk") {
  const post = (body, headers, path = MESSAGES) =>
    fetch(url + mount + path, {
      method: "POST",
      body,
      headers: { Cookie: "session=session-of-ada", ...headers },
    });
  const json = { "Content-Type": "application/json", "Idempotency-Key": "one" };
  const asked = await reached(() => fetch(url + mount + MESSAGES, { method: "HEAD" }));
  assert.match(asked.headers.get("livedesk-proxy"), /^ready;store=\S+$/);
  for (const replayed of [null, "true"]) {
    const response = await post('{"content":"Hello"}', json);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("idempotency-replayed"), replayed);
    assert.equal((await response.json()).content, "Hello");
  }
  for (const replayed of [null, "true"]) {
    const form = new FormData();
    form.append("attachments[]", new File([new Uint8Array(3_000_000)], "a.bin"));
    const response = await post(form, { "Idempotency-Key": "form" });
    assert.deepEqual([response.status, response.headers.get("idempotency-replayed")], [200, replayed]);
    assert.equal((await response.json()).attachments[0].file_size, 3_000_000);
  }
  assert.equal((await post("{}", { ...json, Cookie: "session=of-nobody" })).status, 403);
  assert.equal((await post("{}", json, MESSAGES.replace("141", "142"))).status, 403);
  assert.equal((await post("{}", { ...json, Origin: "https://evil.example" })).status, 403);
  assert.equal((await post("{}", json, "/api/v2/accounts")).status, 404);
  assert.equal(sandbox.messages(141).length, 2);
}

/** As soon as it listens. */
async function reached(ask) {
  for (let left = 300; left > 0; left -= 1) {
    const response = await ask().catch(() => undefined);
    if (response) return response;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return assert.fail("it does not listen");
}

/** Runs the sample by a program that is found, or skips loudly. */
async function runSample(t, name, find, file = "server.mjs") {
  let command;
  try {
    command = find();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return t.skip(`NO ${name}: ${error.message}`);
  }
  const { sandbox, folder, url } = await prepare(t, name, file);
  const env = { ...ENV, DENO_NO_UPDATE_CHECK: "1" };
  await startChild(t, [...command, file], { cwd: folder, env, ready: /(?:)/ });
  await prove(url, sandbox);
}

test("the README's sample is the page's", () => {
  const own = readSamples().samples.find(({ runner }) => runner === "Hono");
  assert.equal(own.code, sampleOf("Hono"));
});

test("every runtime of the page has a sample that is run", () => {
  const runners = samples.map(({ runner }) => runner).filter(Boolean);
  assert.deepEqual(runners, ["Hono", "Express", "Next.js", "workerd", "Deno", "Bun", "Redis"]);
});

test("the sample for Hono sends once", TIMEOUT, (t) => runSample(t, "Hono", () => [process.execPath]));
test("the sample for Express sends once", TIMEOUT, (t) => runSample(t, "Express", () => [process.execPath]));
test("the sample for Bun sends once", TIMEOUT, (t) => runSample(t, "Bun", () => [bunProgram()]));
test("the sample for Deno sends once", TIMEOUT, (t) =>
  runSample(t, "Deno", () => [
    denoProgram(),
    "run",
    "--no-prompt",
    "--allow-net",
    "--allow-env",
    "--node-modules-dir=manual",
    "--no-remote",
  ]),
);

test("the sample for Cloudflare Workers sends once", TIMEOUT, async (t) => {
  const { sandbox, folder } = await prepare(t, "workerd", "worker.mjs");
  await build({
    entryPoints: [join(folder, "worker.mjs")],
    outfile: join(folder, "bundle.mjs"),
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker"],
    logLevel: "warning",
  });
  const modules = [["bundle.mjs", "esModule"]];
  const config = workerdConfig({ modules, date: newestDate(), bindings: ENV });
  await writeFile(join(folder, "config.capnp"), config);
  const command = [workerdProgram(), "serve", "--control-fd=1", join(folder, "config.capnp")];
  const ready = /"event":"listen".*"port":(\d+)/;
  const { match } = await startChild(t, command, { cwd: folder, ready });
  await prove(`http://127.0.0.1:${match[1]}`, sandbox);
});

test("the sample for Next.js sends once", { timeout: 119_000 }, async (t) => {
  const { sandbox, folder: sample } = await prepare(t, "Next.js", "route.js");
  const folder = await makeNextFolder(t);
  const route = join(folder, "app", "livedesk", "[...path]");
  await mkdir(route, { recursive: true });
  for (const name of ["route.js", "may-write.js"]) await cp(join(sample, name), join(route, name));
  const command = nextCommand("dev", "--webpack", "--hostname", "127.0.0.1", "--port", "0");
  const ready = /Local:\s+(http:\S+)[\s\S]*Ready in/;
  // The app's own configuration asks for the other two.
  const env = { ...ENV, SITE_URL: sandbox.url, MATRIX_FOLDER: inRoot("tests", "matrix") };
  const { match } = await startChild(t, command, { cwd: folder, env, ready });
  await prove(match[1], sandbox);
});

test("the sample for Redis makes a proxy", TIMEOUT, async (t) => {
  const program = await ensureRedis();
  if (!program) return t.skip("NO REDIS: neither installed, nor to be had with apt-get");
  const redis = await startRedis(t, program);
  const { sandbox, folder, url } = await prepare(t, "Redis", "proxy.mjs");
  const serve = `${sampleOf("Redis").replace("createProxy({", `createProxy({ baseUrl: "${sandbox.url}",`)}
    import { createServer } from "node:http";
    import { toNodeHandler } from "engagelab-livedesk/proxy";
    createServer(toNodeHandler(handle)).listen(${new URL(url).port}, "127.0.0.1");`;
  await writeFile(join(folder, "proxy.mjs"), serve);
  await startChild(t, [process.execPath, "proxy.mjs"], {
    cwd: folder,
    env: { ...ENV, REDIS_URL: redis.url },
    ready: /(?:)/,
  });
  await reached(() => fetch(url));
  const headers = { "Content-Type": "application/json", "Idempotency-Key": "one" };
  for (const _ of [1, 2]) {
    const response = await fetch(url + MESSAGES, { method: "POST", headers, body: '{"content":"Hello"}' });
    assert.equal(response.status, 200);
  }
  assert.equal(sandbox.messages(141).length, 1);
});

for (const name of ["hono-backend", "express-backend"]) {
  test(`examples/${name} sends once`, TIMEOUT, async (t) => {
    const sandbox = await startSandbox(t, CREDENTIALS);
    const folder = await makeConsumerFolder(t);
    await cp(inRoot("examples", name), folder, { recursive: true });
    for (const other of OTHERS) {
      const link = join(folder, "node_modules", other);
      await mkdir(dirname(link), { recursive: true });
      await symlink(inRoot("node_modules", other), link);
    }
    const env = { ...ENV, LIVEDESK_BASE_URL: sandbox.url, PORT: "0" };
    const { match } = await startChild(t, [process.execPath, "server.mjs"], {
      cwd: folder,
      env,
      ready: /http:\S+/,
    });
    await prove(match[0], sandbox);
    const page = await fetch(match[0]);
    assert.match(page.headers.get("set-cookie"), /session=session-of-ada/);
    assert.match(await page.text(), /proxy: true/);
    assert.equal((await fetch(`${match[0]}/package/index.js`)).status, 200);
  });
}
