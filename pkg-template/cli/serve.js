// A standard fetch handler on a port of Node's own HTTP server.

import { createServer } from "node:http";
import { faultOf } from "../sandbox/fault.js";

/**
 * Addresses a server listens on that no client can connect to everywhere.
 * @type {Record<string, string | undefined>}
 */
const CONNECTABLE = { "0.0.0.0": "127.0.0.1", "::": "::1" };

/**
 * Serves a fetch handler over HTTP. Where it rejects with a sandbox's fault, the connection ends or is reset.
 *
 * @param {(request: Request) => Response | Promise<Response>} handler
 * @param {{ port?: number, host?: string }} [options]
 *   `port`: default 0, a free one. `host`: default 127.0.0.1, this machine only.
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>} `close` also ends the
 *   requests that are still under way
 */
export async function serve(handler, { port = 0, host = "127.0.0.1" } = {}) {
  const server = createServer((incoming, outgoing) => {
    answer(handler, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise((/** @type {(nothing: void) => void} */ resolve, reject) => {
    // Stays for good: an error that comes later must not end the process.
    server.on("error", reject);
    server.listen(port, host, resolve);
  });
  const actual = /** @type {import("node:net").AddressInfo} */ (server.address()).port;
  const name = CONNECTABLE[host] ?? host;
  return {
    url: `http://${name.includes(":") ? `[${name}]` : name}:${actual}`,
    port: actual,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {(request: Request) => Response | Promise<Response>} handler
 * @param {import("node:http").IncomingMessage} incoming
 * @param {import("node:http").ServerResponse} outgoing
 */
async function answer(handler, incoming, outgoing) {
  const gone = new AbortController();
  outgoing.on("close", () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  // A client that goes away is no error of ours, and an error event without a listener ends the process.
  incoming.on("error", () => {});
  outgoing.on("error", () => {});

  const body = incoming.iterator({ destroyOnReturn: false });
  const request = toRequest(incoming, body, gone.signal);
  const response = await respond(handler, request, incoming.socket);
  if (!response) return;
  await write(response, outgoing);
  // What the handler left unread would stand in the way of the connection's next request.
  for await (const _ of body);
}

/**
 * Nothing where the connection is to break.
 * @param {(request: Request) => Response | Promise<Response>} handler
 * @param {Request | undefined} request
 * @param {import("node:net").Socket} socket
 */
async function respond(handler, request, socket) {
  if (!request) return new Response("Bad Request\n", { status: 400 });
  try {
    return await handler(request);
  } catch (error) {
    const fault = faultOf(error);
    if (fault === "reset") socket.resetAndDestroy();
    else if (fault) socket.destroy();
    // Either nobody waits any longer, or the handler broke.
    else return new Response("Internal Server Error\n", { status: 500 });
  }
}

/**
 * The request as a standard one; undefined for what none can express: a TRACE, an impossible Host.
 * @param {import("node:http").IncomingMessage} incoming
 * @param {AsyncIterator<Uint8Array>} body
 * @param {AbortSignal} signal
 */
function toRequest(incoming, body, signal) {
  const { method = "", rawHeaders, url = "" } = incoming;
  const host = incoming.headers.host ?? "localhost";
  try {
    const headers = new Headers();
    for (let index = 0; index < rawHeaders.length; index += 2) {
      headers.append(rawHeaders[index], rawHeaders[index + 1]);
    }
    const init = { method, headers, signal };
    if (method !== "GET" && method !== "HEAD") Object.assign(init, { body: toStream(body), duplex: "half" });
    return new Request(url.startsWith("/") ? `http://${host}${url}` : url, init);
  } catch {
    return undefined;
  }
}

/**
 * A stream that asks for nothing before its reader does.
 * @param {AsyncIterator<Uint8Array>} body
 */
function toStream(body) {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await body.next();
        if (done) controller.close();
        else controller.enqueue(new Uint8Array(value));
      },
    },
    { highWaterMark: 0 },
  );
}

/**
 * @param {Response} response
 * @param {import("node:http").ServerResponse} outgoing
 */
async function write(response, outgoing) {
  if (outgoing.destroyed) {
    await response.body?.cancel();
    return;
  }
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  const reader = response.body?.getReader();
  if (!reader) {
    outgoing.end();
    return;
  }
  // Stops a stream that nobody reads any longer, and wakes up the loop below.
  const closed = new Promise((/** @type {(nothing: void) => void} */ resolve) => {
    outgoing.on("close", () => {
      reader.cancel().catch(() => {});
      resolve();
    });
  });
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) break;
      const written = new Promise((resolve) => {
        outgoing.write(value, resolve);
      });
      await Promise.race([written, closed]);
    }
    outgoing.end();
  } catch {
    // A body that breaks off must look like one: no regular end, just a closed connection.
    outgoing.destroy();
  }
}
