// `make demo-campaign`: 500 rows to a LiveDesk in memory. Some fail now, some later; the campaign is killed in the middle
// and goes on; the report comes at the end. Needs nothing but Node, and nothing leaves this machine.

import { spawn } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { serveSandbox } from "../pkg/sandbox/node.js";

const COMMAND = fileURLToPath(new URL("../pkg/cli/main.js", import.meta.url));
const ROWS = 500;
const FIRST = 1000;
const KILLED_AT = 180;
/** What becomes of some rows' requests. */
const NOW = new Map([
  [40, [{ status: 500, store: true }]],
  [90, [{ external_error: "131047: Re-engagement message" }]],
  [150, [{ status: 422 }]],
  [260, [{ status: 429, headers: { "Retry-After": "2" } }, "ok"]],
  [330, [{ cut: "head", store: true }]],
  [400, [{ external_error: "131000: Something went wrong" }, "ok"]],
]);
/** What a webhook tells of some rows when all are sent. */
const LATER = new Map([
  [10, "131000: Something went wrong"],
  [20, "131026: Message undeliverable"],
]);
const LATER_MS = 4_000;

const say = (text) => process.stdout.write(`\n${text}\n`);

function start(words, stdio = "inherit") {
  const env = { ...process.env, LIVEDESK_API_KEY: "any", LIVEDESK_API_SECRET: "any" };
  const child = spawn(process.execPath, [COMMAND, "campaign", ...words], { stdio, env });
  return { child, ended: new Promise((resolve) => child.once("close", resolve)) };
}

async function main() {
  const folder = await mkdtemp(join(tmpdir(), "livedesk-campaign-"));
  const file = join(folder, "rows.csv");
  const lines = Array.from({ length: ROWS }, (_, row) => `order-${row},${FIRST + row},Customer ${row}`);
  await writeFile(file, `id,conversation,name\n${lines.join("\n")}\n`);
  let hook;
  const webhook = (event) => hook && fetch(hook, { method: "POST", body: JSON.stringify(event) });
  const { url, sandbox, close } = await serveSandbox({ webhook });
  for (const [row, steps] of NOW) sandbox.script(FIRST + row, steps);
  const words = [file, "--id", "id", "--text", "Hi {name}, your order is on its way.", "--per-second", "100"];

  say(`${ROWS} rows, to a LiveDesk in memory:`);
  const first = start([...words, "--base-url", url]);
  while (sandbox.requests.length < KILLED_AT && first.child.exitCode === null) await sleep(10);
  first.child.kill("SIGKILL");
  await first.ended;
  say(`Killed in the middle, after ${sandbox.requests.length} requests. The same command again goes on:`);
  await start([...words, "--base-url", url]).ended;

  say("What nobody can know waits for a person:");
  await start(["look", file]).ended;

  say("Two messages fail later; the webhook tells:");
  const listener = start(["listen", file, "--port", "0", "--base-url", url], ["ignore", "pipe", "inherit"]);
  hook = await new Promise((resolve) => {
    listener.child.stdout.on("data", (text) => {
      process.stdout.write(text);
      const [address] = /http:[^\s;]+/.exec(text) ?? [];
      if (address) resolve(address);
    });
  });
  for (const [row, reason] of LATER) sandbox.failLater(sandbox.conversations.get(FIRST + row)[0].id, reason);
  await sleep(LATER_MS);
  listener.child.kill("SIGINT");
  await listener.ended;

  const stored = Array.from(
    { length: ROWS },
    (_, row) => (sandbox.conversations.get(FIRST + row) ?? []).length,
  );
  const report = (await readFile(`${file}.report.csv`, "utf8")).split("\r\n");
  say("From the report, what was not simply sent:");
  for (const line of report.filter((text) => !text.includes(",sent,"))) process.stdout.write(`  ${line}\n`);
  const twice = stored.filter((count) => count > 1).length;
  say(`Stored twice: ${twice}. The report is ${file}.report.csv`);
  await close();
  return twice === 0 ? 0 : 1;
}

process.exitCode = await main();
