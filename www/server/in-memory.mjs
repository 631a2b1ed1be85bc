// Sandbox mode: a LiveDesk in this process's memory.

import { randomUUID } from "node:crypto";
import { basic } from "./credentials.mjs";

/** Milliseconds an answer takes, so that a page shows what it does while it waits. */
const LATENCY = 120;

export async function inMemory() {
  const { createSandbox, reservedConversations } = await import("../../pkg/sandbox.js");
  const demoKey = { apiKey: "demo_key", apiSecret: randomUUID() };
  const sandbox = createSandbox({ ...demoKey, latency: LATENCY });

  async function answer(request, body, socket) {
    const headers = new Headers(request.headers);
    if (!headers.has("authorization")) headers.set("authorization", basic(demoKey));
    const { url, method, signal } = request;
    try {
      return await sandbox.fetch(new Request(url, { method, headers, body, signal, duplex: "half" }));
    } catch {
      // What a sandbox's fetch rejects with is a connection that broke, and an answer of 500 is not.
      socket.destroy();
      return new Response(null, { status: 500 });
    }
  }

  return { answer, demoKey, about: { live: false, reserved: reservedConversations } };
}
