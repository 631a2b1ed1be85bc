// A campaign that everything happens to: killed, stopped with a second one beside it, a disk that is full, a journal that
// cannot be written. In the end what its report says is compared with what the desk stored.

import { chmod, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { folder as installed } from "../lib/package.mjs";
import { makeFolder, reportOf, rowsOf, startCampaign, startDesk, textTo, writeRows } from "./campaigns.mjs";

/** What becomes of a row's first request, for one row in four; the others simply work. */
const FAULTS = [
  [{ status: 500, store: true }],
  [{ status: 500 }],
  [{ cut: "head" }],
  [{ cut: "body" }],
  [{ reset: true, store: false }],
  [{ status: 422 }],
  [{ delay: 300 }],
  [{ external_error: "131047: Re-engagement message" }],
  [{ external_error: "131000: Something went wrong" }, "ok"],
];
/** Every client slows down after it, so it comes seldom. */
const BUSY = [{ status: 429, headers: { "Retry-After": "1" } }, "ok"];
const BUSY_EVERY = 500;
/** Whether a message is in the conversation, by what is told of it; unknown can be either. */
const STORED = { sent: [1], failed: [1], not_sent: [0], rejected: [0], waiting: [0], unknown: [0, 1] };
const NOBODY = 65_534;
/** Below the time that node needs to begin, nothing happens yet. */
const EARLIEST_MS = 150;
const ENDS_MS = 60_000;
const BEGINS_MS = 5_000;
const GLANCE_MS = 10;

/**
 * @param {object} hooks
 * @param {{ rows: number, kills: number, perSecond: number, say?: (text: string) => void, random?: () => number }} options
 * @returns {Promise<{ kills: object, refused: number, twice: string[], lost: string[], untrue: string[], outcomes: object }>} `refused`: how often a second process was
 */
export async function survive(hooks, { rows, kills, perSecond, say = () => {}, random = Math.random }) {
  const folder = await makeFolder(hooks);
  // Somebody else may have to read it.
  await chmod(folder, 0o777);
  const desk = await startDesk(hooks);
  const all = rowsOf(rows);
  for (const [index, [, conversation]] of all.entries()) {
    if (index % BUSY_EVERY === BUSY_EVERY - 1) desk.script(conversation, BUSY);
    else if (index % 4 === 0) desk.script(conversation, FAULTS[(index / 4) % FAULTS.length]);
  }
  const file = await writeRows(folder, all);
  const words = textTo(desk, file, "--per-second", String(perSecond), "--stop-after", "1000", "--wait", "2");
  const place = { file, words, random, requests: () => desk.requests.length };
  const done = {};
  const names = Object.keys(HAZARDS);
  let refused = 0;
  for (let count = 0; count < kills; count += 1) {
    const name = names[count % names.length];
    const stored = () => all.reduce((sum, [, conversation]) => sum + desk.stored(conversation), 0);
    if (await HAZARDS[name](place)) refused += 1;
    done[name] = (done[name] ?? 0) + 1;
    say(`${count + 1} of ${kills}: ${name}; ${stored()} of ${rows} stored`);
  }
  // What has to wait is due by then.
  for (let run = 0; run < 3; run += 1) await withEnd(startCampaign(words));
  return { kills: done, refused, ...compare(desk, all, reportOf(file)) };
}

function compare(desk, all, report) {
  const told = new Map(report.map((row) => [row.id, row]));
  const found = { twice: [], lost: [], untrue: [], outcomes: {} };
  for (const [id, conversation] of all) {
    const stored = desk.stored(conversation);
    const outcome = told.get(id)?.outcome ?? "missing in the report";
    found.outcomes[outcome] = (found.outcomes[outcome] ?? 0) + 1;
    if (stored > 1) found.twice.push(`${id}: ${stored}`);
    if (outcome === "sent" && stored === 0) found.lost.push(id);
    if (!STORED[outcome]?.includes(Math.min(stored, 1)))
      found.untrue.push(`${id}: ${outcome}, ${stored} stored`);
  }
  return found;
}

const HAZARDS = {
  killed,
  "killed a second time": killed,
  stopped,
  "killed a third time": killed,
  "full disk": fullDisk,
  "read-only journal": readOnly,
};

/** At a random moment: one time in four while it begins, else while it sends. */
async function killed({ words, random, requests }) {
  const { child, ended } = startCampaign(words);
  if (random() < 0.25) await sleep(EARLIEST_MS + random() * 500);
  else await sending(requests, random() * 700);
  child.kill("SIGKILL");
  await ended;
}

/** A process that is stopped still owns its journal: the second one sends nothing. */
async function stopped({ words, random, requests }) {
  const first = startCampaign(words);
  await sending(requests, random() * 300);
  first.child.kill("SIGSTOP");
  const second = await withEnd(startCampaign(words));
  const isRefused = second.code === 2 && second.output.includes("another process");
  // It may have been stopped before it had the lock, or been done.
  if (random() < 0.5) first.child.kill("SIGKILL");
  first.child.kill("SIGCONT");
  await sleep(random() * 200);
  first.child.kill("SIGKILL");
  await first.ended;
  return isRefused;
}

/** Until it has begun to send, or has nothing to send, and a while longer. */
async function sending(requests, moreMs) {
  const before = requests();
  for (let waited = 0; waited < BEGINS_MS && requests() === before; waited += GLANCE_MS)
    await sleep(GLANCE_MS);
  await sleep(moreMs);
}

/** The journal may grow by some lines, and not by one byte more. */
async function fullDisk({ file, words, random }) {
  const size = await stat(`${file}.journal`).then(
    ({ size }) => size,
    () => 0,
  );
  // bash counts in blocks of 1,024 bytes.
  const blocks = Math.ceil(size / 1024) + Math.floor(random() * 3);
  const { code, output } = await withEnd(
    startCampaign([...words, "--report", "/dev/null/none"], { before: `ulimit -f ${blocks}` }),
  );
  if (code === 0) throw new Error(`a full disk was not noticed:\n${output}`);
}

async function readOnly({ file, words }) {
  await chmod(`${file}.journal`, 0o444).catch(() => {});
  await chmod(file, 0o444);
  // Root may write everything, and others may not read where npm installed the package.
  await chmod(installed, 0o755);
  const identity = process.getuid() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const { code, output } = await withEnd(startCampaign(words, identity));
  if (code !== 2) throw new Error(`a journal that cannot be written ended with ${code}:\n${output}`);
  await chmod(`${file}.journal`, 0o600).catch(() => {});
}

async function withEnd({ child, ended }) {
  const timer = setTimeout(() => child.kill("SIGKILL"), ENDS_MS);
  const end = await ended;
  clearTimeout(timer);
  if (end.signal === "SIGKILL") throw new Error(`a campaign did not end:\n${end.output}`);
  return end;
}
