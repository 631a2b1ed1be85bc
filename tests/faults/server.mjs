// A server of faults, below HTTP: it reads just enough of a request to know when it is whole, counts what it
// saw and what it stored, and behaves as badly as it is told.

import { createServer } from "node:net";
import { MESSAGE } from "../lib/servers.mjs";

const HEAD_END = "\r\n\r\n";
export const BODY = JSON.stringify(MESSAGE);

/**
 * `behave` is asked `atConnect(socket)`, `atHead(exchange)` and `atEnd(exchange)`, each where it is
 * there. The result counts: `requests` has an entry for every request whose head came, `stored` is how
 * many messages a LiveDesk in its place would have by now.
 */
export async function startFaultServer(hooks, behave) {
  const seen = { url: "", connections: 0, requests: [], whole: 0, stored: 0 };
  const sockets = new Set();
  const server = createServer((socket) => {
    seen.connections += 1;
    sockets.add(socket.on("error", () => {}).setNoDelay());
    behave.atConnect?.(socket);
    readRequests(socket, seen, behave);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  hooks.after(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        for (const socket of sockets) socket.destroy();
      }),
  );
  seen.url = `http://127.0.0.1:${server.address().port}`;
  return seen;
}

/** Tells `behave` of every request on one connection, one after the other. */
function readRequests(socket, seen, behave) {
  let bytes = Buffer.alloc(0);
  let exchange;
  socket.on("data", (more) => {
    bytes = Buffer.concat([bytes, more]);
    for (;;) {
      if (!exchange) {
        const end = bytes.indexOf(HEAD_END);
        if (end < 0) return;
        const request = parseHead(bytes.toString("latin1", 0, end));
        bytes = bytes.subarray(end + HEAD_END.length);
        seen.requests.push(request);
        exchange = new Exchange(socket, seen, request);
        behave.atHead?.(exchange);
      }
      const length = bodyLength(exchange.request.headers, bytes);
      if (length < 0 || length > bytes.length) return;
      bytes = bytes.subarray(length);
      seen.whole += 1;
      behave.atEnd?.(exchange);
      exchange = undefined;
    }
  });
}

function parseHead(head) {
  const [line, ...lines] = head.split("\r\n");
  const [method, path] = line.split(" ");
  const headers = lines.map((field) => field.split(/:\s*(.*)/, 2));
  return {
    method,
    path,
    headers: Object.fromEntries(headers.map(([key, value]) => [key.toLowerCase(), value])),
  };
}

/** How long the body is, or -1 when too little of it came to say so. */
function bodyLength(headers, bytes) {
  if (headers["transfer-encoding"] !== "chunked") return Number(headers["content-length"] ?? 0);
  let at = 0;
  for (;;) {
    const line = bytes.indexOf("\r\n", at);
    if (line < 0) return -1;
    const size = Number.parseInt(bytes.toString("latin1", at, line), 16);
    at = line + 2 + size + 2;
    if (!(at <= bytes.length)) return -1;
    if (size === 0) return at;
  }
}

/** One request, and the ways to answer it or not to. */
class Exchange {
  #socket;
  #seen;

  constructor(socket, seen, request) {
    this.#socket = socket;
    this.#seen = seen;
    this.request = request;
    /** Which request of this server it is, from 1. */
    this.count = seen.requests.length;
    /** The address of another server, where the test has one. */
    this.elsewhere = seen.elsewhere;
  }

  /** The message is in the conversation from here on. */
  store() {
    this.#seen.stored += 1;
    return this;
  }

  /** Any bytes. */
  write(text) {
    this.#socket.write(text);
    return this;
  }

  /** A whole answer, or one that claims another length than its body's. */
  answer(status, body = "", { length = Buffer.byteLength(body), ...headers } = {}) {
    const all = { "Content-Type": "application/json", "Content-Length": length, ...headers };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    return this.write(`HTTP/1.1 ${status} Text\r\n${lines.join("")}\r\n${body}`);
  }

  /** Stores the message and says so. */
  succeed() {
    return this.store().answer(200, BODY);
  }

  /** What was written still arrives. */
  close() {
    this.#socket.end();
  }

  /** A TCP reset. */
  reset() {
    this.#socket.resetAndDestroy();
  }
}
