// The backend for pages.

import { LiveDesk } from "engagelab-livedesk";
import type { ProxyHandler, ProxyStore } from "engagelab-livedesk/proxy";
import { createProxy, memoryStore, redisStore, toNodeHandler } from "engagelab-livedesk/proxy";

const store: ProxyStore = memoryStore({ maxEntries: 100, maxBytes: 1_000_000 });
const handle: ProxyHandler = createProxy({
  apiKey: "key",
  apiSecret: "secret",
  allow: async (request, { conversationId, kind, fromBrowser }) => {
    if (!fromBrowser || kind === "template") return false;
    if (request.headers.get("cookie") === null) return new Response("Who are you?", { status: 401 });
    return { user: `${conversationId}` };
  },
  prefix: "/livedesk",
  origins: ["https://app.example.com"],
  maxBytes: 1_000_000,
  store,
});
const response: Response = await handle(new Request("https://app.example.com"));
export const listener = toNodeHandler(handle);
console.log(response.status, store.durable, new LiveDesk({ baseUrl: "/livedesk", proxy: true }));

createProxy({
  authorization: async () => "Bearer x",
  allow: () => true,
  store: redisStore({ eval: async () => 1 }),
});

// @ts-expect-error who may send has no default
createProxy({ apiKey: "key", apiSecret: "secret" });
// @ts-expect-error an unknown option
createProxy({ apiKey: "key", apiSecret: "secret", allow: () => true, cors: true });
// @ts-expect-error consent is no text
createProxy({ apiKey: "key", apiSecret: "secret", allow: () => "yes" });
