// `make bench`: what a call costs over plain fetch, beside axios and ky, all in one run. The server is a stub that
// answers at once, so that only the client's own work is counted. Ratios, since milliseconds are of a machine.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axios from "axios";
import ky from "ky";
import { ORDER_UPDATE } from "../../www/terminal/order-update.mjs";
import { PACKAGE } from "../build/steps.mjs";

const { LiveDesk } = await import(pathToFileURL(join(PACKAGE, "index.js")).href);

const ORIGIN = "https://desk.test";
const URL_OF_MESSAGES = `${ORIGIN}/api/v2/accounts/conversations/141/messages`;
const AUTHORIZATION = "Basic a2V5OnNlY3JldA==";
const TEXT = {
  content: "Your order is on its way.",
  private: false,
  content_attributes: { in_reply_to: 29 },
};
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

const stub = async () => new Response(ANSWER, { headers: { "Content-Type": "application/json" } });
const desk = new LiveDesk({ apiKey: "key", apiSecret: "secret", baseUrl: ORIGIN, fetch: stub });
const headers = { Authorization: AUTHORIZATION, Accept: "application/json" };
const outgoing = { ...ORDER_UPDATE, message_type: "outgoing" };

async function plainFetch(message) {
  const response = await stub(URL_OF_MESSAGES, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify(message),
  });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

const withAxios = axios.create({ adapter: "fetch", env: { fetch: stub, Request, Response }, headers });
const withKy = ky.create({ fetch: stub, headers, retry: 0 });
const clients = {
  text: {
    "plain fetch": () => plainFetch(TEXT),
    "engagelab-livedesk": () => desk.sendText(141, TEXT),
    axios: () => withAxios.post(URL_OF_MESSAGES, TEXT),
    ky: () => withKy.post(URL_OF_MESSAGES, { json: TEXT }).json(),
  },
  template: {
    "plain fetch": () => plainFetch(outgoing),
    "engagelab-livedesk": () => desk.sendTemplate(141, ORDER_UPDATE),
    axios: () => withAxios.post(URL_OF_MESSAGES, outgoing),
    ky: () => withKy.post(URL_OF_MESSAGES, { json: outgoing }).json(),
  },
};

const ROUNDS = 60;
const CALLS_A_ROUND = 150;

/** Microseconds a call, one client after the other in each round, so that all meet the same machine. */
async function measure(calls) {
  const names = Object.keys(calls);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -ROUNDS / 3; round < ROUNDS; round += 1) {
    for (const name of names) {
      const begun = performance.now();
      for (let index = 0; index < CALLS_A_ROUND; index += 1) await calls[name]();
      const micros = ((performance.now() - begun) * 1000) / CALLS_A_ROUND;
      // The first rounds only warm up.
      if (round >= 0) times[name].push(micros);
    }
  }
  return Object.fromEntries(names.map((name) => [name, times[name].sort((a, b) => a - b)[ROUNDS / 2]]));
}

for (const [kind, calls] of Object.entries(clients)) {
  const medians = await measure(calls);
  const base = medians["plain fetch"];
  console.log(`one ${kind}, answered by a stub at once (median of ${ROUNDS} rounds):`);
  for (const [name, micros] of Object.entries(medians)) {
    const ratio = (micros / base).toFixed(2);
    console.log(
      `  ${name.padEnd(20)} ${micros.toFixed(1).padStart(7)} us  ${ratio.padStart(6)} x plain fetch`,
    );
  }
  const share = (name) => (medians["engagelab-livedesk"] / medians[name]).toFixed(2);
  console.log(`  engagelab-livedesk takes ${share("axios")} of axios's time, ${share("ky")} of ky's`);
}
