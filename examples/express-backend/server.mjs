// A page that replies to customers, and its backend. LIVEDESK_API_KEY=... LIVEDESK_API_SECRET=... node server.mjs

import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { createProxy, toNodeHandler } from "engagelab-livedesk/proxy";
import express from "express";
import { mayWrite } from "./may-write.js";

const handle = createProxy({
  apiKey: process.env.LIVEDESK_API_KEY,
  apiSecret: process.env.LIVEDESK_API_SECRET,
  baseUrl: process.env.LIVEDESK_BASE_URL, // LiveDesk's own, unless it is set
  allow: (request, { conversationId }) => mayWrite(request, conversationId),
});
const page = fileURLToPath(new URL("page.html", import.meta.url));
const client = dirname(fileURLToPath(import.meta.resolve("engagelab-livedesk")));

const app = express();
// Ahead of every parser of bodies.
app.use("/livedesk", toNodeHandler(handle));
app.use(express.json());
app.get("/", (_, response) => {
  // In place of a sign-in.
  response.cookie("session", "session-of-ada", { httpOnly: true, sameSite: "strict" });
  response.sendFile(page);
});
app.use("/package", express.static(client));

const server = app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
