// Servers on loopback that the tests send to. `hooks` is a test's context, or node:test itself for servers
// that all tests of a file share; it closes them.

import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { importInternal, sandbox } from "./package.mjs";

const read = (name) => readFileSync(new URL(`tls/${name}`, import.meta.url));

/** A certificate for localhost, signed by itself. */
export const TLS = { key: read("key.pem"), cert: read("cert.pem") };

/** A message as LiveDesk answers it. */
export const MESSAGE = { id: 17_629_000_001_207, status: "sent", content: "Hello", conversation_id: 141 };

/** `respond(request, response)` gets the whole request: `{ method, path, headers, body, count }`. */
export async function startServer(
  hooks,
  respond = (_, response) => reply(response, 200, MESSAGE),
  create = createServer,
) {
  const requests = [];
  const server = create(async (incoming, response) => {
    try {
      const chunks = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const { method, url: path, headers } = incoming;
      const request = { method, path, headers, body: Buffer.concat(chunks), count: requests.length + 1 };
      requests.push(request);
      await respond(request, response);
    } catch {
      response.destroy();
    }
  });
  const url = await listen(hooks, server, () => server.closeAllConnections());
  return { url: create === createServer ? url : url.replace("http", "https"), requests };
}

/** The same behind TLS, with a certificate for localhost that nobody but a test trusts. */
export async function startTlsServer(hooks, respond) {
  return startServer(hooks, respond, (listener) => createTlsServer(TLS, listener));
}

/** Answers: an object as JSON, text as it is. */
export function reply(response, status, body = "", headers = {}) {
  const isText = typeof body === "string" || Buffer.isBuffer(body);
  response.writeHead(status, { "Content-Type": isText ? "text/html" : "application/json", ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

/** Below HTTP: `connected(socket)` may write, or end it, as it likes. */
export async function startTcpServer(hooks, connected) {
  const sockets = new Set();
  const server = createTcpServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    connected(socket);
  });
  return listen(hooks, server, () => {
    for (const socket of sockets) socket.destroy();
  });
}

/** The sandbox of the installed package on a port, in this process, so that a test sees what it stored. */
export async function startSandbox(hooks, options) {
  const { serve } = await importInternal("cli/serve.js");
  const { fetch, conversations, reset } = sandbox.createSandbox(options);
  const { url, close } = await serve(fetch);
  hooks.after(close);
  const messages = (conversationId) => conversations.get(conversationId) ?? [];
  return { url, conversations, messages, reset };
}

/** Below the ports that the system hands out: of those, one can connect to itself, or become another test's server. */
const PORTS = [20_000, 30_000];

/** An address where nobody listens: that of a server that has just ended. */
export async function closedPort() {
  for (;;) {
    const port = randomInt(...PORTS);
    const server = createTcpServer();
    const isFree = await new Promise((resolve) => {
      server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return `http://127.0.0.1:${port}`;
  }
}

async function listen(hooks, server, closeConnections) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  hooks.after(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        closeConnections();
      }),
  );
  return `http://127.0.0.1:${server.address().port}`;
}
