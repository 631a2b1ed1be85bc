// Every sample of the README and of the pages listed runs, each as a program of its own that has the package installed, and prints what the
// comments behind its `console.log` calls say.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";
import { run } from "./lib/command.mjs";
import { makeConsumerFolder } from "./lib/installed.mjs";
import { PAGES, readSamples } from "./lib/readme.mjs";
import { inRoot } from "./lib/root.mjs";
import { startSandboxCommand } from "./lib/sandbox-command.mjs";

const pages = Object.keys(PAGES).map((page) => ({ page, ...readSamples(page) }));
// Samples of a test runner are run by it, in tests/matrix/runners.test.mjs.
const samples = pages.flatMap(({ samples }) => samples).filter(({ runner }) => runner === undefined);
const preload = pathToFileURL(inRoot("tests", "lib", "to-sandbox.mjs")).href;
const url = await startSandboxCommand({ after });

test("each page has its samples, and they run", () => {
  for (const { page, samples } of pages) {
    const running = samples.filter(({ reason, runner }) => reason === undefined && runner === undefined);
    assert.ok(running.length >= PAGES[page], `${page}: ${running.length} samples`);
  }
});

test("no sample is in a fence that this test does not know", () => {
  const fences = pages.flatMap(({ text }) => text.match(/^```[^\n`]+$/gm));
  const known = ["```js", "```mjs", "```ts", "```sh", "```json", "```html", "```text"];
  assert.deepEqual(
    fences.filter((fence) => !known.includes(fence)),
    [],
  );
});

/** What a sample says that it prints; `...` stands for any text. */
function announced(code) {
  const comments = [...code.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm)];
  return comments
    .map(([, text]) => text.split("...").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")))
    .map((parts) => new RegExp(`^${parts.join(".*")}$`, "m"));
}

/** What pino's sample is for: a line of JSON for each event, and nothing of the message in it. */
function assertLogged(output) {
  const lines = output.trim().split("\n").map(JSON.parse);
  assert.deepEqual(
    lines.map(({ level, msg }) => [level, msg]),
    ["request", "response", "end"].map((type) => [30, `livedesk ${type}`]),
  );
  assert.equal(new Set(lines.map(({ callId }) => callId)).size, 1);
  assert.equal(lines.at(-1).outcome, "sent");
  assert.doesNotMatch(output, /order is on its way|"key"|secret/);
}

/** The other packages that a sample imports, from this project's own. */
async function linkOthers(folder, code) {
  const imported = [...code.matchAll(/ from "((?:@[\w-]+\/)?[\w-]+)";$/gm)].map(([, name]) => name);
  for (const name of imported.filter((name) => existsSync(inRoot("node_modules", name)))) {
    const link = join(folder, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(inRoot("node_modules", name), link);
  }
}

for (const { page, line, language, code, reason } of samples) {
  const what = code
    .trim()
    .split("\n")
    .find((text) => text !== "" && !text.startsWith("import "));
  const verb = reason === undefined ? "runs" : "is not run, but can be parsed";

  test(`the sample at ${page}:${line} ${verb}: ${what.slice(0, 60)}`, async (t) => {
    const folder = await makeConsumerFolder(t);
    const program = join(folder, "sample.mjs");
    await linkOthers(folder, code);
    await writeFile(program, language === "ts" ? (await transform(code, { loader: "ts" })).code : code);
    const options = reason === undefined ? ["--import", preload] : ["--check"];
    const env = { SANDBOX_URL: url, LIVEDESK_API_KEY: "key", LIVEDESK_API_SECRET: "secret" };
    const { code: exit, output } = await run([process.execPath, ...options, program], { cwd: folder, env });
    assert.equal(exit, 0, output);
    if (reason === undefined) for (const print of announced(code)) assert.match(output, print);
    if (code.includes("pino()")) assertLogged(output);
  });
}
