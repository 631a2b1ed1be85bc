// A standard fetch handler for Node's own HTTP server, and what is built on it: Express, Connect, Fastify's raw side.

/**
 * @import { IncomingMessage, ServerResponse } from "node:http"
 * @typedef {(request: Request) => PromiseLike<Response> | Response} Handler
 * @typedef {AsyncIterator<Uint8Array> & AsyncIterable<Uint8Array>} Body
 * @typedef {IncomingMessage & { originalUrl?: string }} Incoming
 */

/** What is drained of a body that the handler left unread, so that the page gets to see the answer. */
const DRAINED_BYTES = 256 * 1024 * 1024;

/**
 * `(incoming, outgoing)`, which never rejects and throws nothing.
 * @param {Handler} handle
 * @returns {(incoming: Incoming, outgoing: ServerResponse) => void}
 */
export function toNodeHandler(handle) {
  if (typeof handle !== "function")
    throw new TypeError("toNodeHandler takes the function that createProxy gives");
  return function nodeHandler(incoming, outgoing) {
    answer(handle, incoming, outgoing).catch(() => outgoing.destroy());
  };
}

/**
 * @param {Handler} handler
 * @param {Incoming} incoming
 * @param {ServerResponse} outgoing
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
  await write(await respond(handler, request), outgoing);
  // What the handler left unread would stand in the way of the connection's next request.
  await drain(body, outgoing);
}

/**
 * @param {Body} body
 * @param {ServerResponse} outgoing
 */
async function drain(body, outgoing) {
  let left = DRAINED_BYTES;
  for await (const piece of body) {
    left -= piece.length;
    if (left < 0) return outgoing.destroy();
  }
}

/**
 * @param {Handler} handler
 * @param {Request | undefined} request
 */
async function respond(handler, request) {
  if (!request) return new Response("Bad Request\n", { status: 400 });
  try {
    return await handler(request);
  } catch {
    // Either nobody waits any longer, or the handler broke.
    return new Response("Internal Server Error\n", { status: 500 });
  }
}

/**
 * The request as a standard one; undefined for what none can express: a TRACE, an impossible Host.
 * @param {Incoming} incoming
 * @param {Body} body
 * @param {AbortSignal} signal
 */
function toRequest(incoming, body, signal) {
  const { method, rawHeaders } = incoming;
  // Express takes the path off that it is mounted at.
  const url = incoming.originalUrl ?? incoming.url ?? "/";
  const host = incoming.headers.host ?? incoming.headers[":authority"] ?? "localhost";
  try {
    const headers = new Headers();
    for (let index = 0; index < rawHeaders.length; index += 2) {
      // Those of HTTP/2 itself are no headers.
      if (!rawHeaders[index].startsWith(":")) headers.append(rawHeaders[index], rawHeaders[index + 1]);
    }
    /** @type {RequestInit} */
    const init = { method: method ?? "GET", headers, signal };
    if (method !== "GET" && method !== "HEAD") Object.assign(init, { body: toStream(body), duplex: "half" });
    return new Request(url.startsWith("/") ? `http://${host}${url}` : url, init);
  } catch {
    return undefined;
  }
}

/**
 * A stream that asks for nothing before its reader does.
 * @param {Body} body
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
 * @param {ServerResponse} outgoing
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
  /** @type {Promise<void>} */
  const closed = new Promise((resolve) => {
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
