// What a process pays until its first answer: import and one call, answered by a stub at once, over an empty process.
// Side by side in one run, in Node 20 and 24 where the tools of the matrix are installed, else in this Node.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PACKAGE, ROOT } from "../build/steps.mjs";

const ROUNDS = 25;
const NODES = [20, 24].map((major) => [
  `Node ${major}`,
  join(ROOT, "tests", "matrix", "node_modules", `node${major}`, "bin", "node"),
]);
const STUB = `const stub = async () => new Response('{"id":1,"status":"sent"}', { headers: { "Content-Type": "application/json" } });
const address = "https://desk.test/api/v2/accounts/conversations/141/messages";
const message = { content: "Hello" };`;
const entry = (name) => JSON.stringify(import.meta.resolve(name));

const PROGRAMS = {
  "an empty process": "",
  "plain fetch": `${STUB}
await (await stub(address, { method: "POST", body: JSON.stringify(message) })).json();`,
  "engagelab-livedesk": `${STUB}
const { LiveDesk } = await import(${JSON.stringify(pathToFileURL(join(PACKAGE, "index.js")).href)});
await new LiveDesk({ apiKey: "key", apiSecret: "secret", fetch: stub }).sendText(141, message);`,
  ky: `${STUB}
const { default: ky } = await import(${entry("ky")});
await ky.create({ fetch: stub, retry: 0 }).post(address, { json: message }).json();`,
  axios: `${STUB}
const { default: axios } = await import(${entry("axios")});
await axios.create({ adapter: "fetch", env: { fetch: stub, Request, Response } }).post(address, message);`,
};

/** What the process has worked says more than the clock where a machine has other things to do. */
const TELL = `
const { user, system } = process.cpuUsage();
console.log((user + system) / 1000);`;

/** Milliseconds by the clock, and of work. */
function start(node, program) {
  const begun = performance.now();
  const command = ["--input-type=module", "--eval", `${program}${TELL}`];
  const { status, stdout, stderr } = spawnSync(node, command, { encoding: "utf8" });
  const time = performance.now() - begun;
  if (status !== 0) throw new Error(stderr);
  return { time, work: Number(stdout) };
}

/** What three in four starts take longer than: whatever else a machine does only adds to it. */
function quartile(starts, kind) {
  const sorted = starts.map((start) => start[kind]).sort((a, b) => a - b);
  return sorted[sorted.length >> 2];
}

const here = [[`Node ${process.versions.node.split(".")[0]}`, process.execPath]];
const installed = NODES.filter(([, node]) => existsSync(node));
for (const [name, node] of installed.length > 0 ? installed : here) {
  const starts = Object.fromEntries(Object.keys(PROGRAMS).map((what) => [what, []]));
  for (let round = -2; round < ROUNDS; round += 1) {
    for (const [what, program] of Object.entries(PROGRAMS)) {
      const one = start(node, program);
      // The first rounds only fill the disk's cache.
      if (round >= 0) starts[what].push(one);
    }
  }
  const { "an empty process": empty, ...others } = starts;
  console.log(`a cold start in ${name}, import and first answer (lower quartile of ${ROUNDS} rounds):`);
  console.log(`  an empty process     ${quartile(empty, "time").toFixed(0).padStart(5)} ms`);
  for (const [what, own] of Object.entries(others)) {
    const [time, work] = ["time", "work"].map((kind) =>
      (quartile(own, kind) - quartile(empty, kind)).toFixed(0),
    );
    console.log(`  ${what.padEnd(20)} ${time.padStart(5)} ms over it (${work} ms of work)`);
  }
}
