// `make bench`: what a call costs over plain fetch, beside axios and ky, all in one run. The server is a stub that
// answers at once, so that only the client's own work is counted. Ratios, since milliseconds are of a machine.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axios from "axios";
import ky from "ky";
import { bench, group, run } from "mitata";
import { PACKAGE } from "./steps.mjs";

const { LiveDesk } = await import(pathToFileURL(join(PACKAGE, "index.js")).href);

const ORIGIN = "http://desk.test";
const URL_OF_MESSAGES = `${ORIGIN}/api/v2/accounts/conversations/141/messages`;
const AUTHORIZATION = "Basic a2V5OnNlY3JldA==";
const TEXT = {
  content: "Your order is on its way.",
  private: false,
  content_attributes: { in_reply_to: 29 },
};
const TEMPLATE = {
  content: "text shown in the chat UI",
  template_params: {
    name: "order_update",
    namespace: "optional_namespace",
    language: "en_US",
    category: "MARKETING",
    processed_params: { 1: "John", 2: "shipped" },
    header_params: { type: "text", text_variables: { 1: "Order #456" } },
    footer_params: { text_variables: { 1: "Acme Corp" } },
    button_params: [
      { index: 0, sub_type: "url", text: "track/12345" },
      { index: 1, sub_type: "quick_reply", payload: "OPT_OUT" },
    ],
  },
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
const outgoing = { ...TEMPLATE, message_type: "outgoing" };

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
    "engagelab-livedesk": () => desk.sendTemplate(141, TEMPLATE),
    axios: () => withAxios.post(URL_OF_MESSAGES, outgoing),
    ky: () => withKy.post(URL_OF_MESSAGES, { json: outgoing }).json(),
  },
};

for (const [kind, calls] of Object.entries(clients)) {
  group(kind, () => {
    for (const [name, call] of Object.entries(calls)) bench(name, call);
  });
}

const { benchmarks } = await run({ format: "quiet" });
const median = (alias, group) => {
  const found = benchmarks.filter((benchmark) => benchmark.alias === alias);
  return found[group].runs[0].stats.p50 / 1000;
};
for (const [group, kind] of Object.keys(clients).entries()) {
  const base = median("plain fetch", group);
  console.log(`one ${kind}, median of a stub's answer at once:`);
  for (const name of Object.keys(clients[kind])) {
    const micros = median(name, group);
    const ratio = (micros / base).toFixed(2);
    console.log(
      `  ${name.padEnd(20)} ${micros.toFixed(1).padStart(7)} us  ${ratio.padStart(6)} x plain fetch`,
    );
  }
  const ours = median("engagelab-livedesk", group);
  console.log(
    `  engagelab-livedesk takes ${(ours / median("axios", group)).toFixed(2)} of axios's time, ` +
      `${(ours / median("ky", group)).toFixed(2)} of ky's`,
  );
}
