// An HTTP proxy that counts what it was asked, and behaves as badly as it is told.

import { createServer, request } from "node:http";
import { connect } from "node:net";

/** A proxy that treats CONNECT as told: `tunnel(request, socket)`; other requests it passes on. */
export async function startProxy(t, tunnel = pass) {
  const seen = { url: "", tunnels: 0, plain: 0 };
  const sockets = new Set();
  const server = createServer((incoming, response) => {
    seen.plain += 1;
    const { method, headers } = incoming;
    const onward = request(incoming.url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onward.on("error", () => response.destroy()));
  });
  server.on("connection", (socket) => sockets.add(socket.on("error", () => {})));
  server.on("connect", (incoming, socket, head) => {
    seen.tunnels += 1;
    tunnel(incoming, socket, head);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  seen.url = `http://127.0.0.1:${server.address().port}`;
  return seen;
}

function pass({ url }, socket, head) {
  const [host, port] = url.split(":");
  const onward = connect(Number(port), host, () => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    onward.write(head);
    onward.pipe(socket).pipe(onward);
  });
  onward.on("error", () => socket.destroy());
  socket.on("close", () => onward.destroy());
}

/** Ways to treat CONNECT: an error status, nothing at all, and a reset after all is well. */
export const refuse = (status) => (_, socket) =>
  socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
export const HANG = () => {};
export const CUT = (_, socket) => socket.write("HTTP/1.1 200 OK\r\n\r\n", () => socket.resetAndDestroy());
