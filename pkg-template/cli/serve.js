// A standard fetch handler on a port of Node's own HTTP server.

import { createServer } from "node:http";
import { toNodeHandler } from "../proxy/node-handler.js";

/** Addresses a server listens on that no client can connect to everywhere. */
const CONNECTABLE = { "0.0.0.0": "127.0.0.1", "::": "::1" };

/**
 * Serves a fetch handler over HTTP.
 *
 * @param {(request: Request) => Response | Promise<Response>} handler
 * @param {{ port?: number, host?: string }} [options]
 *   `port`: default 0, a free one. `host`: default 127.0.0.1, this machine only.
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>} `close` also ends the
 *   requests that are still under way
 */
export async function serve(handler, { port = 0, host = "127.0.0.1" } = {}) {
  const server = createServer(toNodeHandler(handler));
  await new Promise((resolve, reject) => {
    // Stays for good: an error that comes later must not end the process.
    server.on("error", reject);
    server.listen(port, host, resolve);
  });
  const actual = server.address().port;
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
