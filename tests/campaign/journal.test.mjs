// What was done, on disk before it is done, and one process at a time.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { appendFile, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { importInternal } from "../lib/package.mjs";
import { inRoot } from "../lib/root.mjs";
import { makeFolder } from "./campaigns.mjs";

const { Journal } = await importInternal("cli/campaign/journal.js");
const HEADER = { journal: 1, about: "x", token: "t" };
const PLAN = { id: "r1", row: 2, conversationId: "141", print: "p" };

async function begun(t) {
  const path = join(await makeFolder(t), "rows.csv.journal");
  const journal = await Journal.open(path, true);
  await journal.begin(HEADER);
  await journal.add({ plan: PLAN }, { planned: 1 });
  return { path, journal };
}

async function reopened(path) {
  const journal = await Journal.open(path);
  await journal.close();
  return journal.rows.all.get("r1");
}

test("knows what was done when it is opened again", async (t) => {
  const { path, journal } = await begun(t);
  await journal.add({ go: "r1", at: 5 });
  await journal.add({ did: "r1", outcome: "sent", next: "done", messageId: "17" });
  await journal.close();
  const { outcome, messageId, marked, attempts } = await reopened(path);
  assert.deepEqual(
    { outcome, messageId, marked, attempts },
    { outcome: "sent", messageId: "17", marked: false, attempts: 1 },
  );
});

test("a line that a crash cut is as if it had never been begun", async (t) => {
  const { path, journal } = await begun(t);
  await journal.add({ go: "r1", at: 5 });
  await journal.close();
  await appendFile(path, '{"did":"r1","outcome":"se');
  assert.equal((await reopened(path)).marked, true);
  assert.match(await readFile(path, "utf8"), /\}\n$/);
});

test("a whole line that says nothing is refused with its number", async (t) => {
  const { path, journal } = await begun(t);
  await journal.close();
  await appendFile(path, "garbage\n");
  await assert.rejects(Journal.open(path), { message: /^line 4 of the journal/ });
  // And it does not stay locked.
  await assert.rejects(Journal.open(path), { message: /^line 4 of the journal/ });
});

test("any other file is refused, and left as it is", async (t) => {
  const path = join(await makeFolder(t), "notes.txt");
  await writeFile(path, "dear diary\n");
  await assert.rejects(Journal.open(path, true), { message: /line 1/ });
  assert.equal(await readFile(path, "utf8"), "dear diary\n");
});

test("many lines at once are all on disk, in the order they came", async (t) => {
  const { path, journal } = await begun(t);
  await Promise.all(Array.from({ length: 500 }, (_, at) => journal.add({ go: "r1", at })));
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n").map(JSON.parse);
  assert.deepEqual(
    lines.slice(3).map(({ at }) => at),
    Array.from({ length: 500 }, (_, at) => at),
  );
  await journal.close();
});

test("a second one is refused, also by a link and through another folder's name", async (t) => {
  const { path, journal } = await begun(t);
  await assert.rejects(Journal.open(path, true), { message: /another process/ });
  const folder = await makeFolder(t);
  await symlink(path, join(folder, "link.journal"));
  await assert.rejects(Journal.open(join(folder, "link.journal")), { message: /another process/ });
  await journal.close();
  await (await Journal.open(path)).close();
});

test("works in a folder whose path no socket's address holds", async (t) => {
  const folder = join(await makeFolder(t), "a".repeat(120), "b".repeat(120));
  await mkdir(folder, { recursive: true });
  const path = join(folder, "rows.csv.journal");
  const journal = await Journal.open(path, true);
  await assert.rejects(Journal.open(path, true), { message: /another process/ });
  await journal.close();
  const again = await Journal.open(path, true);
  await again.close();
});

const HOLD = `
  const { Journal } = await import(process.argv[1]);
  await Journal.open(process.argv[2], true);
  process.stdout.write("held");
  setInterval(() => {}, 1000);
`;

async function held(path) {
  const module = inRoot("pkg-template", "cli", "campaign", "journal.js");
  const child = spawn(process.execPath, ["--input-type=module", "-e", HOLD, module, path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  return { child, ended };
}

test("one that was killed gives it up, and leaves nothing behind", async (t) => {
  const folder = await makeFolder(t);
  const path = join(folder, "rows.csv.journal");
  for (let round = 0; round < 3; round += 1) {
    const { child, ended } = await held(path);
    child.kill("SIGKILL");
    await ended;
  }
  await (await Journal.open(path, true)).close();
  assert.deepEqual(await readdir(folder), ["rows.csv.journal"]);
});

test("one that is stopped keeps it", async (t) => {
  const path = join(await makeFolder(t), "rows.csv.journal");
  const { child, ended } = await held(path);
  child.kill("SIGSTOP");
  await assert.rejects(Journal.open(path, true), { message: /another process/ });
  child.kill("SIGKILL");
  await ended;
  await (await Journal.open(path, true)).close();
});

test("of ten that begin in the same instant one at most has it", async (t) => {
  const path = join(await makeFolder(t), "rows.csv.journal");
  for (let round = 0; round < 10; round += 1) {
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => Journal.open(path, true)));
    const open = tries.filter(({ status }) => status === "fulfilled");
    assert.ok(open.length <= 1, `${open.length} have it`);
    for (const { value } of open) await value.close();
  }
});
