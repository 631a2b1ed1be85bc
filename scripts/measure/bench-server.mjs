// `make bench`: messages a second through a real server, a bare one of Node in another process, beside plain fetch,
// fetch with a timeout (the fair base), axios and ky. Ratios of turns taken one after the other.

import { fork } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PACKAGE } from "../build/steps.mjs";

const ANSWER = JSON.stringify({
  id: 17629000001207,
  content: "Your order is on its way.",
  inbox_id: 7,
  conversation_id: 141,
  message_type: 1,
  content_type: "text",
  status: "sent",
  content_attributes: { in_reply_to: 29 },
  created_at: 1763700000,
  private: false,
  source_id: null,
  sender: { id: 1, name: "Ada", available_name: "Ada", avatar_url: "", type: "user", thumbnail: "" },
});
const TEXT = {
  content: "Your order is on its way.",
  private: false,
  content_attributes: { in_reply_to: 29 },
};
const TIMEOUT_MS = 30_000;
const AT_ONCE = [1, 16, 128];
const ROUNDS = 15;
const WARM_UP = 3;
const CALLS_A_ROUND = 512;

/** The server's process: reads each request to its end, and answers. */
function serve() {
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": ANSWER.length });
      response.end(ANSWER);
    });
  });
  server.keepAliveTimeout = TIMEOUT_MS;
  server.listen(0, "127.0.0.1", () => process.send(server.address().port));
  process.on("disconnect", () => process.exit());
}

async function clientsOf(baseUrl) {
  const { default: axios } = await import("axios");
  const { default: ky } = await import("ky");
  const { LiveDesk } = await import(pathToFileURL(join(PACKAGE, "index.js")).href);
  const address = `${baseUrl}/api/v2/accounts/conversations/141/messages`;
  const headers = { Authorization: "Basic a2V5OnNlY3JldA==", Accept: "application/json" };
  const body = () => JSON.stringify(TEXT);
  const json = { ...headers, "Content-Type": "application/json" };
  const read = async (response) => {
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  };
  const desk = new LiveDesk({ apiKey: "key", apiSecret: "secret", baseUrl });
  const { Agent } = await import("node:http");
  const withAxios = axios.create({ headers, timeout: TIMEOUT_MS, httpAgent: new Agent({ keepAlive: true }) });
  const withKy = ky.create({ headers, timeout: TIMEOUT_MS, retry: 0 });
  return {
    "plain fetch": async () => read(await fetch(address, { method: "POST", headers: json, body: body() })),
    "fetch with a timeout": async () => {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      return read(await fetch(address, { method: "POST", headers: json, body: body(), signal }));
    },
    "engagelab-livedesk": () => desk.sendText(141, TEXT),
    axios: () => withAxios.post(address, TEXT),
    ky: () => withKy.post(address, { json: TEXT }).json(),
  };
}

/** Microseconds a call took, of the clock and of this process's CPU. */
async function turn(send, atOnce) {
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  let left = CALLS_A_ROUND;
  const line = async () => {
    while (left-- > 0) await send();
  };
  await Promise.all(Array.from({ length: atOnce }, line));
  const { user, system } = process.cpuUsage(cpu);
  return {
    clock: ((performance.now() - begun) * 1000) / CALLS_A_ROUND,
    cpu: (user + system) / CALLS_A_ROUND,
  };
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function measure(clients, atOnce) {
  const turns = Object.fromEntries(Object.keys(clients).map((name) => [name, []]));
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const [name, send] of Object.entries(clients)) {
      const taken = await turn(send, atOnce);
      if (round >= WARM_UP) turns[name].push(taken);
    }
  }
  const base = turns["plain fetch"];
  console.log(
    `${atOnce} at once, messages a second and CPU time, x plain fetch (median of ${ROUNDS} rounds):`,
  );
  for (const [name, taken] of Object.entries(turns)) {
    const pace = median(taken.map(({ clock }, round) => base[round].clock / clock)).toFixed(2);
    const cpu = median(taken.map(({ cpu }, round) => cpu / base[round].cpu)).toFixed(2);
    const perSecond = Math.round(1e6 / median(taken.map(({ clock }) => clock)));
    console.log(`  ${name.padEnd(20)} ${String(perSecond).padStart(6)}/s  ${pace} x  CPU ${cpu} x`);
  }
}

if (process.send) serve();
else {
  const server = fork(fileURLToPath(import.meta.url));
  const port = await new Promise((resolve) => server.once("message", resolve));
  const clients = await clientsOf(`http://127.0.0.1:${port}`);
  for (const atOnce of AT_ONCE) await measure(clients, atOnce);
  server.disconnect();
}
