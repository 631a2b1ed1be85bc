// Firefox's own remote control, which geckodriver speaks as well: WebDriver's commands as JSON over TCP.

import { once } from "node:events";
import { connect } from "node:net";

const CLOSED = "Firefox closed the connection";

/**
 * A message is `<bytes>:<JSON>`: a command `[0, id, name, parameters]`, its answer `[1, id, error, result]`.
 *
 * @returns {Promise<(name: string, parameters?: object) => Promise<any>>}
 */
export async function connectMarionette(port) {
  const socket = connect(port, "127.0.0.1");
  const waiting = new Map();
  let count = 0;

  const take = ([, id, error, result]) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(`Firefox: ${error.error}: ${error.message}`));
    else resolve(result);
  };
  const fail = () => {
    for (const { reject } of waiting.values()) reject(new Error(CLOSED));
    waiting.clear();
  };
  socket.on("data", splitMessages(take)).on("close", fail);
  await once(socket, "connect");
  socket.on("error", fail);

  return (name, parameters = {}) => {
    count += 1;
    const id = count;
    const message = JSON.stringify([0, id, name, parameters]);
    return new Promise((resolve, reject) => {
      if (socket.destroyed) return reject(new Error(CLOSED));
      waiting.set(id, { resolve, reject });
      socket.write(`${Buffer.byteLength(message)}:${message}`);
    });
  };
}

/** Whole messages from whatever pieces they come in. */
function splitMessages(take) {
  let received = Buffer.alloc(0);
  return (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const start = received.indexOf(":") + 1;
      const end = start + Number(received.subarray(0, start - 1));
      if (start === 0 || received.length < end) return;
      const message = JSON.parse(received.subarray(start, end));
      received = received.subarray(end);
      // The first one only says which protocol this is.
      if (Array.isArray(message)) take(message);
    }
  };
}
