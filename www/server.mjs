// The demo's one server: the page, the built package under /pkg/ and the API under /api/, on one port of
// this machine only.

import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { asItComes } from "./server/as-it-comes.mjs";
import { forwardTo } from "./server/forward.mjs";
import { refuseOtherSites, securityHeaders } from "./server/guard.mjs";
import { inMemory } from "./server/in-memory.mjs";
import { LimitedBody, tooLarge } from "./server/limit.mjs";
import { page } from "./server/page.mjs";

/**
 * Starts the demo. `live` (`{ apiKey, apiSecret, baseUrl }`) forwards the API to LiveDesk; without it a
 * LiveDesk in memory answers, and `demoKey` is what it accepts. A taken port is replaced by a free one.
 */
export async function startServer({ port = 8787, live } = {}) {
  const api = live ? await forwardTo(live) : await inMemory();
  const app = new Hono();
  app.use(securityHeaders);
  app.use(refuseOtherSites);
  if (live) app.all("/api/*", (context) => api.answer(context.req.raw));
  app.post("/api/*", async (context) => {
    const { socket } = context.env.incoming;
    const body = new LimitedBody(context.req.raw);
    const answer = body.isTooLarge ? tooLarge() : await api.answer(context.req.raw, body.stream, socket);
    return asItComes(body.isTooLarge ? tooLarge() : answer, socket);
  });
  app.all("/api/*", (context) => context.json({ error: "Only POST is served here" }, 405, { Allow: "POST" }));
  app.get("/sandbox.json", (context) => context.json(api.about));
  app.route("/", page());

  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  await listen(server, port);
  const url = `http://127.0.0.1:${server.address().port}`;
  return { url, port: server.address().port, demoKey: api.demoKey, close: () => close(server) };
}

async function listen(server, port) {
  try {
    await listenOn(server, port);
  } catch (error) {
    if (error.code !== "EADDRINUSE") throw error;
    await listenOn(server, 0);
  }
}

function listenOn(server, port) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server) {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // A browser keeps its connections open, and some of the sandbox's answers never come.
    server.closeAllConnections();
  });
}
