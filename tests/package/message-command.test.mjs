// `send`, `check`, `preview` and `explain` of the installed command, each a process of its own.

import assert from "node:assert/strict";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { run as runCommand } from "../lib/command.mjs";
import { inPackage } from "../lib/package.mjs";
import { closedPort, MESSAGE, reply, startServer } from "../lib/servers.mjs";

const CREDENTIALS = { LIVEDESK_API_KEY: "key-a81f", LIVEDESK_API_SECRET: "secret-77b2" };
const NONE = { LIVEDESK_API_KEY: "", LIVEDESK_API_SECRET: "" };
const DEFINITION = {
  name: "order_update",
  language: "en_US",
  header: "Order",
  body: "Hi *{{1}}*, it is {{2}}.",
  buttons: ["Yes"],
};

const run = (args, env = CREDENTIALS) =>
  runCommand([process.execPath, inPackage("cli", "main.js"), ...args], { env });

async function fileOf(t, name, content) {
  const folder = await mkdtemp(join(tmpdir(), "message-command-"));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, name);
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

test("sends a text, files and a template, and says which message it is", async (t) => {
  const server = await startServer(t);
  const to = ["--base-url", server.url];
  const text = await run(["send", "141", "--text", "Hello", "--private", ...to]);
  assert.deepEqual(
    [text.code, text.stdout],
    [0, `Sent: message ${MESSAGE.id} in conversation 141\n`],
    text.output,
  );
  const path = await fileOf(t, "invoice.pdf", "bytes");
  assert.equal((await run(["send", "141", "--file", path, "--text", "Here", ...to])).code, 0);
  const template = [
    "--template",
    "order_update",
    "--language",
    "en_US",
    "--param",
    "1=Ada",
    "--param",
    "2=a=b",
  ];
  const sent = await run(["send", "141", ...template, "--json", ...to]);
  assert.deepEqual(JSON.parse(sent.stdout), MESSAGE);
  assert.equal(JSON.parse(server.requests[0].body).private, true);
  assert.match(server.requests[1].body.toString(), /filename="invoice.pdf"/);
  const { template_params } = JSON.parse(server.requests[2].body);
  assert.deepEqual(template_params.processed_params, { 1: "Ada", 2: "a=b" });
});

const ANSWERS = [
  ["a refusal", 404, { error: "Resource could not be found" }, 3],
  ["a failed delivery", 200, { ...MESSAGE, status: "failed" }, 4],
  ["a broken server", 500, { error: "x" }, 5],
];

for (const [what, status, body, expected] of ANSWERS) {
  test(`${what} is exit code ${expected}, told to stderr, and with --json to stdout`, async (t) => {
    const server = await startServer(t, (_, response) => reply(response, status, body));
    const args = ["send", "141", "--text", "Hello", "--base-url", server.url];
    const told = await run(args);
    assert.deepEqual([told.code, told.stdout], [expected, ""]);
    const asJson = await run([...args, "--json"]);
    assert.equal(asJson.code, expected);
    assert.equal(JSON.parse(asJson.stdout).attempts, 1);
    assert.doesNotMatch(told.output + asJson.output, /secret-77b2|key-a81f/);
  });
}

test("what was not sent is exit code 6", async () => {
  const { code } = await run(["send", "141", "--text", "x", "--base-url", await closedPort()]);
  assert.equal(code, 6);
});

test("checks and shows without credentials, and sends nothing", async (t) => {
  const server = await startServer(t);
  const to = ["--base-url", server.url];
  const dry = await run(["send", "141", "--text", "Hello", "--dry-run", ...to], NONE);
  assert.equal(dry.code, 0);
  assert.match(dry.stdout, /It is fine; nothing was sent\.\n\{\n {2}"content": "Hello"/);
  const blank = await run(["check", "--text", " "], NONE);
  assert.equal(blank.code, 2);
  assert.match(blank.stdout, /error: content is blank.* \[blank\]/);
  const definition = await fileOf(t, "definition.json", DEFINITION);
  const names = ["--template", "order_update", "--language", "en_US", "--definition", definition];
  const missing = await run(["check", ...names, "--param", "1=Ada", "--json"], NONE);
  assert.equal(missing.code, 2);
  assert.deepEqual(
    JSON.parse(missing.stdout).issues.map(({ code }) => code),
    ["missing_parameter"],
  );
  assert.equal(server.requests.length, 0);
});

test("shows a template as the customer will read it", async (t) => {
  const definition = await fileOf(t, "definition.json", DEFINITION);
  const args = ["preview", "--definition", definition, "--param", "1=Ada\u001b[31m", "--param", "2=shipped"];
  const { code, stdout, output } = await run(args, NONE);
  assert.equal(code, 0, output);
  assert.equal(stdout, "Order\n\nHi *Ada?[31m*, it is shipped.\n\n[Yes]\n");
  const asJson = JSON.parse((await run([...args, "--json"], NONE)).stdout);
  assert.equal(asJson.body.nodes[1].type, "bold");
  const missing = await run(args.slice(0, 5), NONE);
  assert.equal(missing.code, 2);
  assert.match(missing.output, /missing_parameter/);
});

test("explains a failed delivery", async () => {
  const { code, stdout } = await run(["explain", "131047"], NONE);
  assert.equal(code, 0);
  assert.match(stdout, /^use_template \(131047\): The customer last wrote/);
  const asJson = JSON.parse((await run(["explain", "131049: x", "--json"], NONE)).stdout);
  assert.equal(asJson.class, "wait");
  const other = await run(["explain", "131047", "--channel", "api"], NONE);
  assert.match(other.stdout, /^unknown/);
});

test("credentials come from the environment or a file of one's own, never from arguments", async (t) => {
  const server = await startServer(t);
  const args = ["send", "141", "--text", "Hello", "--base-url", server.url];
  for (const argument of ["--api-key=x", "--apiSecret", "--api-secret", "--authorization"]) {
    const refused = await run([...args, argument, "secret"]);
    assert.equal(refused.code, 2);
    assert.match(refused.output, /can be read by everybody/);
  }
  assert.match((await run(args, NONE)).output, /set LIVEDESK_API_KEY and LIVEDESK_API_SECRET/);
  const file = await fileOf(t, "credentials.json", { apiKey: "key-a81f", apiSecret: "secret-77b2" });
  await chmod(file, 0o640);
  assert.match((await run([...args, "--credentials", file], NONE)).output, /chmod 600/);
  await chmod(file, 0o600);
  assert.equal((await run([...args, "--credentials", file], NONE)).code, 0);
  assert.equal(server.requests.length, 1);
  assert.equal(server.requests[0].headers.authorization, `Basic ${btoa("key-a81f:secret-77b2")}`);
});

test("a mistake in the command line is one sentence, and exit code 2", async () => {
  for (const [args, sentence] of [
    [["send", "--text", "x"], /send takes one conversation/],
    [["send", "141"], /say what: --text, --file or --template/],
    [["send", "141", "--file", "/nowhere", "--text", "x"], /names no file/],
    [["send", "abc", "--text", "x"], /conversationId/],
    [["check", "--text", "x", "--param", "1=Ada"], /go with --template/],
    [["check", "--template", "x", "--language", "en", "--param", "Ada"], /such as 1=Ada/],
    [["preview"], /needs --definition/],
    [["preview", "--definition", "/nowhere"], /cannot be read, or is no JSON/],
    [["explain"], /explain takes a code/],
    [["check", "--txt", "x"], /Unknown option '--txt'/],
  ]) {
    const { code, stdout, output } = await run(args);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.match(output, sentence);
  }
  assert.match((await run(["send", "--help"])).stdout, /Exit codes/);
});
