// A page that replies to customers, and its backend. LIVEDESK_API_KEY=... LIVEDESK_API_SECRET=... node server.mjs

import { readFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { createProxy } from "engagelab-livedesk/proxy";
import { Hono } from "hono";
import { mayWrite } from "./may-write.js";

const handle = createProxy({
  apiKey: process.env.LIVEDESK_API_KEY,
  apiSecret: process.env.LIVEDESK_API_SECRET,
  baseUrl: process.env.LIVEDESK_BASE_URL, // LiveDesk's own, unless it is set
  allow: (request, { conversationId }) => mayWrite(request, conversationId),
});
const page = readFileSync(new URL("page.html", import.meta.url), "utf8");
const client = relative(".", dirname(fileURLToPath(import.meta.resolve("engagelab-livedesk"))));

const app = new Hono();
app.all("/livedesk/*", (context) => handle(context.req.raw));
app.get("/", (context) => {
  // In place of a sign-in.
  context.header("Set-Cookie", "session=session-of-ada; HttpOnly; SameSite=Strict; Path=/");
  return context.html(page);
});
const strip = (path) => path.replace("/package", "");
app.get("/package/*", serveStatic({ root: client, rewriteRequestPath: strip }));

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: "127.0.0.1" }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}`);
});
