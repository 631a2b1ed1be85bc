// From a CSV to a report with the installed command.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  makeFolder,
  reportOf,
  rowsOf,
  runCampaign,
  startCampaign,
  startDesk,
  textTo,
  writeRows,
} from "./campaigns.mjs";

const FAST = ["--per-second", "200"];

async function prepared(t, rows = rowsOf(5)) {
  const folder = await makeFolder(t);
  const desk = await startDesk(t);
  return { folder, desk, file: await writeRows(folder, rows) };
}

const outcomes = (file) => reportOf(file).map(({ outcome }) => outcome);

test("sends each row once, and nothing when it is started again", async (t) => {
  const { desk, file } = await prepared(t, rowsOf(30));
  const first = await runCampaign(textTo(desk, file, ...FAST));
  assert.equal(first.code, 0, first.output);
  assert.match(first.stdout, /^30 sent$/m);
  const again = await runCampaign(textTo(desk, file, ...FAST, "--json"));
  assert.equal(again.code, 0, again.output);
  assert.deepEqual(JSON.parse(again.stdout).counts.sent, 30);
  for (const [, conversation, name] of rowsOf(30)) {
    assert.deepEqual(
      desk.conversations.get(conversation).map(({ content }) => content),
      [`Hi ${name}`],
    );
  }
});

test("sends a template with its parameters by their columns", async (t) => {
  const { desk, file } = await prepared(t, rowsOf(1));
  const words = ["--template", "order_update", "--language", "en_US", "--category", "UTILITY"];
  const { code, output } = await runCampaign([
    file,
    ...words,
    "--map",
    "1=name,2=id",
    "--base-url",
    desk.url,
  ]);
  assert.equal(code, 0, output);
  const [message] = desk.conversations.get(1000);
  assert.deepEqual(message.additional_attributes.template_params, {
    ...{ name: "order_update", language: "en_US", category: "UTILITY" },
    processed_params: { 1: "Customer 0", 2: "r0" },
  });
});

test("shows agents what the customer reads, of a template whose definition is known", async (t) => {
  const { desk, file, folder } = await prepared(t, rowsOf(1));
  const definition = join(folder, "definition.json");
  await writeFile(definition, JSON.stringify({ name: "hello", language: "en", body: "Hi {{1}}!" }));
  const words = ["--template", "hello", "--language", "en", "--definition", definition];
  const wrong = await runCampaign([file, ...words, "--base-url", desk.url]);
  assert.equal(wrong.code, 2, wrong.output);
  assert.match(wrong.output, /row 2: .*processed_params/);
  const { code, output } = await runCampaign([file, ...words, "--map", "1=name", "--base-url", desk.url]);
  assert.equal(code, 0, output);
  assert.equal(desk.conversations.get(1000)[0].content, "Hi Customer 0!");
});

test("sends each row its own file", async (t) => {
  const { desk, file, folder } = await prepared(t, rowsOf(2));
  for (const [id] of rowsOf(2)) await writeFile(join(folder, `${id}.txt`), `for ${id}`);
  const words = ["--file", join(folder, "{id}.txt"), "--text", "Yours", "--base-url", desk.url];
  const { code, output } = await runCampaign([file, ...words]);
  assert.equal(code, 0, output);
  assert.equal(desk.conversations.get(1001)[0].attachments.length, 1);
});

for (const [what, rows, message] of [
  ["a conversation that is no number", [["a", "x1", "Ann"]], /row 2: "conversation" is no conversation/],
  ["an empty cell that the text needs", [["a", 141, " "]], /row 2: "name" is empty/],
  ["a record that is too short", [["a", 141]], /row 2: has 2 cells where the header has 3/],
  [
    "an id that two rows have",
    [
      ["a", 141, "Ann"],
      ["a", 142, "Bob"],
    ],
    /row 3: has the id of row 2/,
  ],
  [
    "two rows that say the same",
    [
      ["a", 141, "Ann"],
      ["b", 141, "Ann"],
    ],
    /row 3: says the same .* as row 2/,
  ],
]) {
  test(`sends nothing where there is ${what}`, async (t) => {
    const { desk, file } = await prepared(t, [...rows, ...rowsOf(3)]);
    const { code, output } = await runCampaign(textTo(desk, file));
    assert.equal(code, 2, output);
    assert.match(output, message);
    assert.equal(desk.requests.length, 0);
  });
}

test("rows that say the same are sent, or left out, as it is told", async (t) => {
  const rows = [
    ["a", 141, "Ann"],
    ["b", 141, "Ann"],
    ["c", 142, "Ann"],
  ];
  for (const [how, stored] of [
    ["send", 2],
    ["skip", 1],
  ]) {
    const { desk, file } = await prepared(t, rows);
    // By content, since then a row has no other name.
    const words = [file, "--text", "Hi {name}", "--duplicates", how, "--base-url", desk.url];
    for (let run = 0; run < 2; run += 1) assert.equal((await runCampaign(words)).code, 0);
    assert.deepEqual([desk.stored(141), desk.stored(142)], [stored, 1]);
  }
});

test("refuses a CSV that has changed, and says in which rows", async (t) => {
  const { desk, file, folder } = await prepared(t);
  assert.equal((await runCampaign(textTo(desk, file, ...FAST))).code, 0);
  const [, ...rest] = rowsOf(5);
  await writeRows(folder, [...rest.slice(1), ["r1", 1001, "Somebody else"], ["new", 9, "New"]]);
  const { code, output } = await runCampaign(textTo(desk, file));
  assert.equal(code, 2, output);
  assert.match(output, /changed: row 5; new: row 6; no longer there: row by its old number 2/);
  assert.doesNotMatch(output, /Somebody/);
  assert.equal(desk.requests.length, 5);
});

test("knows rows by their id, wherever they stand", async (t) => {
  const { desk, file, folder } = await prepared(t);
  assert.equal((await runCampaign(textTo(desk, file, ...FAST))).code, 0);
  await writeRows(folder, rowsOf(5).reverse());
  assert.equal((await runCampaign(textTo(desk, file))).code, 0);
  assert.equal(desk.requests.length, 5);
});

test("what may be there waits until a person has looked, and is sent only when they found nothing", async (t) => {
  const { desk, file } = await prepared(t, rowsOf(3));
  desk.script(1000, [{ status: 500, store: true }]);
  desk.script(1001, [{ status: 500 }]);
  const first = await runCampaign(textTo(desk, file, ...FAST));
  assert.equal(first.code, 5, first.output);
  assert.deepEqual(outcomes(file), ["unknown", "unknown", "sent"]);
  const resend = textTo(desk, file, "--resend-looked");
  assert.equal((await runCampaign(resend)).code, 5);
  assert.equal(desk.requests.length, 3);

  const listed = await runCampaign(["look", file]);
  assert.match(listed.stdout, /row 2, id "r0", conversation 1000/);
  assert.match(listed.stdout, /^2 to look at/m);
  assert.equal((await runCampaign(["look", file, "--missing", "r7"])).code, 2);
  assert.equal((await runCampaign(["look", file, "--sent", "r0", "--missing", "r1"])).code, 0);
  const plain = await runCampaign(textTo(desk, file));
  assert.equal(desk.requests.length, 3, plain.output);
  assert.equal((await runCampaign(resend)).code, 0);
  assert.deepEqual([desk.stored(1000), desk.stored(1001)], [1, 1]);
  assert.deepEqual(outcomes(file), ["sent", "sent", "sent"]);
});

test("stops where every row would fail alike", async (t) => {
  const { desk, file } = await prepared(t, rowsOf(40));
  for (const [, conversation] of rowsOf(40)) desk.script(conversation, [{ status: 404 }]);
  const { code, output } = await runCampaign(textTo(desk, file, "--stop-after", "4", "--at-once", "1"));
  assert.equal(code, 3, output);
  assert.match(output, /Stopped: 4 rows in a row failed alike \(not_found\)/);
  assert.equal(desk.requests.length, 4);
});

test("stops at once where the credentials are refused, and goes on when they are right", async (t) => {
  const folder = await makeFolder(t);
  const desk = await startDesk(t, { apiKey: "key", apiSecret: "secret" });
  const file = await writeRows(folder, rowsOf(6));
  const env = { ...process.env, LIVEDESK_API_KEY: "key", LIVEDESK_API_SECRET: "wrong" };
  const { code, output } = await runCampaign(textTo(desk, file, "--at-once", "1"), { env });
  assert.equal(code, 3, output);
  assert.equal(desk.requests.length, 1);
  assert.doesNotMatch(output, /wrong/);
  assert.equal((await runCampaign(textTo(desk, file, ...FAST))).code, 0);
});

test("an interruption lets what has begun end, and the next run goes on", async (t) => {
  const { desk, file } = await prepared(t, rowsOf(60));
  for (const [, conversation] of rowsOf(60)) desk.script(conversation, [{ delay: 200 }]);
  const { child, ended } = startCampaign(textTo(desk, file, "--per-second", "20"));
  while (desk.requests.length < 5) await sleep(10);
  child.kill("SIGINT");
  const { code, output } = await ended;
  assert.equal(code, 6, output);
  assert.match(output, /Stopped: it was interrupted/);
  assert.ok(outcomes(file).every((outcome) => ["sent", "waiting"].includes(outcome)));
  assert.equal((await runCampaign(textTo(desk, file, ...FAST))).code, 0);
  assert.equal(desk.requests.length, 60);
});

test("sends at most so many a second", async (t) => {
  const { desk, file } = await prepared(t, rowsOf(12));
  assert.equal((await runCampaign(textTo(desk, file, "--per-second", "10"))).code, 0);
  const times = desk.requests.map(({ at }) => new Date(at).getTime());
  assert.ok(times.at(-1) - times[0] >= 1000, `${times.at(-1) - times[0]} ms`);
});

test("a dry run shows one message, and sends nothing", async (t) => {
  const { desk, file } = await prepared(t);
  const { code, stdout } = await runCampaign(textTo(desk, file, "--dry-run"));
  assert.equal(code, 0);
  assert.match(stdout, /5 rows can be sent; nothing was[\s\S]*Hi Customer 0/);
  assert.equal(desk.requests.length, 0);
});

test("no cell of the report is a formula to a spreadsheet", async (t) => {
  const rows = ["=1+1", "+1", "-1", "@x"].map((id, index) => [id, 1000 + index, "Ann"]);
  const { desk, file } = await prepared(t, rows);
  assert.equal((await runCampaign(textTo(desk, file, ...FAST))).code, 0);
  assert.deepEqual(
    reportOf(file).map(({ id }) => id),
    rows.map(([id]) => `'${id}`),
  );
});

test("neither credentials nor content are in what it prints, its journal or its report", async (t) => {
  const { desk, file } = await prepared(t, [...rowsOf(3), ["bad", 900500, "Zebulon"]]);
  const { output } = await runCampaign(textTo(desk, file));
  const journal = await readFile(`${file}.journal`, "utf8");
  const report = await readFile(`${file}.report.csv`, "utf8");
  for (const text of [output, journal, report]) assert.doesNotMatch(text, /Customer 1|Zebulon|secret/);
});

for (const [what, words, message] of [
  ["a file that is not there", ["none.csv", "--text", "Hi"], /there is no file "none.csv"/],
  ["no file", [], /name the CSV/],
  ["an option that there is not", ["x.csv", "--txt", "Hi"], /--txt/],
]) {
  test(`refuses ${what} with the exit code 2`, async () => {
    const { code, output } = await runCampaign(words);
    assert.equal(code, 2, output);
    assert.match(output, message);
  });
}

test("refuses an address that is none, a column that is not there, and a number that is too large", async (t) => {
  const { file } = await prepared(t);
  for (const [words, message] of [
    [["--text", "Hi", "--base-url", "nonsense", "--id", "id"], /baseUrl must be an address/],
    [["--text", "Hi {nme}"], /there is no column "nme"/],
    [["--text", "Hi {name"], /has no "}"/],
    [["--text", "Hi", "--per-second", "1001"], /--per-second takes a whole number from 1 to 1000/],
    [["--template", "x", "--map", "1=name"], /--template needs --language/],
    [[], /say what to send/],
  ]) {
    const { code, output } = await runCampaign([file, ...words]);
    assert.equal(code, 2, output);
    assert.match(output, message);
  }
});

test("pauses where LiveDesk asks for it, and goes on by itself", async (t) => {
  const { desk, file } = await prepared(t, rowsOf(3));
  for (const [, conversation] of rowsOf(3))
    desk.script(conversation, [{ status: 429, headers: { "Retry-After": "1" } }, "ok"]);
  const { code, output } = await runCampaign(textTo(desk, file, ...FAST));
  assert.equal(code, 0, output);
  assert.deepEqual([1000, 1001, 1002].map(desk.stored), [1, 1, 1]);
});
