// What the package exports, and how it loads.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import test, { after } from "node:test";
import { pathToFileURL } from "node:url";
import { refusal } from "../lib/assertions.mjs";
import { run } from "../lib/command.mjs";
import {
  bullmq,
  clientOf,
  files,
  folder,
  inPackage,
  livedesk,
  proxy,
  requireInstalled,
  sandbox,
  sandboxOnPort,
} from "../lib/package.mjs";
import { startServer } from "../lib/servers.mjs";

const NAMES = [
  "AbortError",
  "ApiError",
  "ConnectionError",
  "DeliveryError",
  "LiveDesk",
  "LiveDeskError",
  "LoadError",
  "ResponseError",
  "TimeoutError",
  "ValidationError",
  "defineTemplate",
  "explainFailure",
  "nextStep",
  "outcomeText",
  "preload",
  "previewTemplate",
  "readWebhook",
  "retryMessage",
  "sendAttachments",
  "sendTemplate",
  "sendText",
  "validate",
];
const ENTRIES = [
  ["engagelab-livedesk", livedesk, NAMES],
  ["engagelab-livedesk/engine", await import(pathToFileURL(inPackage("engine.js"))), []],
  ["engagelab-livedesk/node", files, ["fileFromPath"]],
  ["engagelab-livedesk/proxy", proxy, ["createProxy", "memoryStore", "redisStore", "toNodeHandler"]],
  [
    "engagelab-livedesk/bullmq",
    bullmq,
    ["createProcessor", "enqueue", "look", "recordWebhook", "release", "report", "workerOptions"],
  ],
  ["engagelab-livedesk/sandbox", sandbox, ["createSandbox", "reservedConversations"]],
  ["engagelab-livedesk/sandbox/node", sandboxOnPort, ["serveSandbox"]],
];
const server = await startServer({ after });
/** The CommonJS file itself: where require() can load the ES module, it prefers that. */
const secondCopy = requireInstalled(inPackage("index.cjs"));

for (const [name, imported, names] of ENTRIES) {
  test(`import and require() of ${name} give the same names`, () => {
    const own = (entry) => Object.keys(entry).filter((key) => key !== "__esModule" && key !== "default");
    assert.deepEqual(own(imported).sort(), names);
    assert.deepEqual(own(requireInstalled(name)).sort(), names);
  });
}

test("there is no init() and no default export to call first", () => {
  assert.equal("init" in livedesk, false);
  assert.equal("default" in livedesk, false);
});

for (const name of ["index", "node", "proxy", "sandbox", "sandbox/node"]) {
  test(`the CommonJS file of ${name} has the same names as the ES module`, async () => {
    const own = (entry) => Object.keys(entry).sort();
    assert.deepEqual(
      own(requireInstalled(inPackage(`${name}.cjs`))),
      own(await import(pathToFileURL(inPackage(`${name}.js`)))),
    );
  });
}

test("the CommonJS copy sends, and its errors are recognised by the imported one", async () => {
  assert.notEqual(secondCopy.LiveDesk, livedesk.LiveDesk);
  const desk = new secondCopy.LiveDesk({ apiKey: "key", apiSecret: "secret", baseUrl: server.url });
  assert.equal((await desk.sendText(141, { content: "Hello" })).status, "sent");

  const error = await refusal(desk.sendText(141, { content: "" }), "content");
  assert.ok(error instanceof livedesk.ValidationError);
  assert.ok(error instanceof secondCopy.ValidationError);
  assert.equal(error instanceof livedesk.ApiError, false);
});

test("errors of the imported copy are recognised by the CommonJS one", async () => {
  const error = await refusal(clientOf(server).sendText(141, { content: "" }), "content");
  assert.ok(error instanceof secondCopy.LiveDeskError);
  assert.ok(error instanceof secondCopy.ValidationError);
  assert.equal(error instanceof secondCopy.DeliveryError, false);
});

test("a client of one copy is taken by the functions of the other", async () => {
  const before = server.requests.length;
  await secondCopy.sendText(clientOf(server), 141, { content: "Hello" });
  assert.equal(server.requests.length, before + 1);
});

test("instanceof says no to whatever is no error of the package", () => {
  const strangers = [
    null,
    undefined,
    7,
    "x",
    {},
    new Error("x"),
    new Proxy({}, { get: () => assert.fail() }),
  ];
  for (const stranger of strangers) assert.equal(stranger instanceof livedesk.LiveDeskError, false);
  class Own extends livedesk.ApiError {}
  const own = new Own("mine", {});
  assert.ok(own instanceof Own && own instanceof livedesk.ApiError && own instanceof livedesk.LiveDeskError);
  assert.equal(new livedesk.ApiError("not mine", {}) instanceof Own, false);
});

test("names of errors are literals, which no minifier changes", async () => {
  for (const name of NAMES.filter((name) => name.endsWith("Error"))) {
    assert.equal(livedesk[name].prototype.name, name);
    assert.ok(livedesk[name].prototype instanceof Error);
  }
});

test("every file that the manifest names is packed, and nothing is installed with it", async () => {
  const manifest = JSON.parse(await readFile(inPackage("package.json"), "utf8"));
  const paths = JSON.stringify([
    manifest.main,
    manifest.module,
    manifest.types,
    manifest.exports,
    manifest.bin,
  ]);
  for (const [, path] of paths.matchAll(/"(\.?\/?[\w./-]+\.\w+)"/g)) {
    assert.ok(existsSync(inPackage(path)), `${path} is missing`);
  }
  assert.deepEqual(Object.keys(manifest.dependencies ?? {}), []);
  for (const script of ["preinstall", "install", "postinstall", "prepare"]) {
    assert.equal(manifest.scripts?.[script], undefined);
  }
  for (const name of ["README.md", "package.json"]) assert.ok(existsSync(inPackage(name)), name);
});

test("the package has one engine, and no source, snippet, map or stray file", async () => {
  const entries = await readdir(inPackage(), { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(inPackage(), join(entry.parentPath ?? entry.path, entry.name)));
  const known =
    /^((client|engine|errors|index|node|proxy|bullmq|sandbox|cli\/main|sandbox\/(node|core))\.js|(engine|index)\.[\w-]+\.js|(engine|index|node|proxy|bullmq|sandbox|sandbox\/node)\.cjs|((types|sandbox)\/)?[\w-]+\.d\.c?ts|engine\.wasm|package\.json|[A-Z-]+(\.md)?)$/;
  assert.deepEqual(
    names.filter((name) => !known.test(name)),
    [],
  );
  assert.equal(names.filter((name) => name.endsWith(".wasm")).length, 1);
});

test("importing reads no clock, no network and no global that a test may replace later", async () => {
  const program = `
    globalThis.fetch = () => { throw new Error("fetched"); };
    globalThis.WebAssembly = new Proxy(WebAssembly, { get() { throw new Error("compiled"); } });
    await import("engagelab-livedesk");
    await import("engagelab-livedesk/proxy");
    await import("engagelab-livedesk/sandbox");
    await import("engagelab-livedesk/sandbox/node");
    console.log("imported");`;
  const command = [process.execPath, "--input-type=module", "--eval", program];
  const { output } = await run(command, { cwd: folder });
  assert.equal(output, "imported\n");
});
