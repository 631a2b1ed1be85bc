// `make bench-upload`: one file of 1 GiB from disk to a bare server, beside plain fetch and curl. Each upload in a process of its
// own, which tells its largest memory; ratios of uploads taken one after the other. `UPLOAD_MIB=256` takes less time.

import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, openAsBlob, readFileSync } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PACKAGE } from "../build/steps.mjs";

const PROGRAM = fileURLToPath(import.meta.url);
const MIB = 1024 * 1024;
const SIZE = Number(process.env.UPLOAD_MIB ?? 1024) * MIB;
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const ANSWER = JSON.stringify({ id: 1, status: "sent" });

const ROLES = {
  server: () => {
    const server = createServer((request, response) => {
      request.resume().on("end", () => {
        response.writeHead(200, { "Content-Type": "application/json", "Content-Length": ANSWER.length });
        response.end(ANSWER);
      });
    });
    server.listen(0, "127.0.0.1", () => process.send(`http://127.0.0.1:${server.address().port}`));
    process.on("disconnect", () => process.exit());
  },
  "plain fetch": async (path, url) => {
    const body = new FormData();
    body.append("attachments[]", await openAsBlob(path), "large.bin");
    const response = await fetch(url, { method: "POST", body, redirect: "error" });
    await response.json();
  },
  "engagelab-livedesk": (path, baseUrl) => send(path, baseUrl, {}),
  "with its progress": (path, baseUrl) => send(path, baseUrl, { onUploadProgress: () => {} }),
  "curl -F": async (path, url) => {
    const curl = spawn("curl", ["-sSf", "-o", "/dev/null", "-F", `attachments[]=@${path}`, url]);
    let memory;
    const look = setInterval(() => {
      const status =
        existsSync(`/proc/${curl.pid}/status`) && readFileSync(`/proc/${curl.pid}/status`, "utf8");
      memory = Number(/VmHWM:\s+(\d+)/.exec(status || "")?.[1] ?? memory);
    }, 10);
    const [code] = await once(curl, "close");
    clearInterval(look);
    if (code !== 0) throw new Error(`curl ended with ${code}`);
    return { memory };
  },
};

async function send(path, baseUrl, requestOptions) {
  const { LiveDesk } = await import(pathToFileURL(join(PACKAGE, "index.js")).href);
  const { fileFromPath } = await import(pathToFileURL(join(PACKAGE, "node.js")).href);
  const desk = new LiveDesk({ apiKey: "key", apiSecret: "secret", baseUrl });
  await desk.sendAttachments(141, { attachments: [await fileFromPath(path)] }, requestOptions);
}

/** One upload in a process of its own. */
async function upload(role, path, url) {
  const child = fork(PROGRAM, [role, path, url]);
  const told = await new Promise((resolve, reject) => {
    child.once("message", resolve).once("exit", (code) => reject(new Error(`${role}: exit code ${code}`)));
  });
  child.disconnect();
  return told;
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function compare(path, url) {
  const [, base, ...others] = Object.keys(ROLES);
  const told = Object.fromEntries([base, ...others].map((role) => [role, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const role of Object.keys(told)) told[role].push(await upload(role, path, url));
  }
  console.log(`one file of ${SIZE / MIB} MiB from disk (median of ${ROUNDS} rounds):`);
  for (const [role, all] of Object.entries(told)) {
    const pace = median(all.map(({ seconds }, round) => told[base][round].seconds / seconds));
    const memory = median(all.map(({ memory }, round) => memory / told[base][round].memory));
    const cpu = median(all.map(({ cpu }, round) => cpu / told[base][round].cpu));
    const perSecond = Math.round(SIZE / MIB / median(all.map(({ seconds }) => seconds)));
    const figures = `${pace.toFixed(2)} x  CPU ${cpu.toFixed(2)} x  memory ${memory.toFixed(2)} x`;
    console.log(`  ${role.padEnd(20)} ${String(perSecond).padStart(5)} MiB/s  ${figures}`);
  }
}

const [role, path, url] = process.argv.slice(2);
if (role === "server") ROLES.server();
else if (role) {
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  const own = await ROLES[role](path, url);
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - begun) / 1000;
  process.send({ seconds, cpu: user + system, memory: process.resourceUsage().maxRSS, ...own });
} else {
  const folder = await mkdtemp(join(tmpdir(), "livedesk-upload-"));
  const server = fork(PROGRAM, ["server"]);
  try {
    const file = await open(join(folder, "large.bin"), "w");
    await file.truncate(SIZE);
    await file.close();
    await compare(join(folder, "large.bin"), await new Promise((resolve) => server.once("message", resolve)));
  } finally {
    server.disconnect();
    await rm(folder, { recursive: true });
  }
}
