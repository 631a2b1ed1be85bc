// What stands between a page and its proxy, and breaks: it passes connections on, and does one thing to one request.

import { createServer, request } from "node:http";

/** Each is done to the first POST, or as said; `after` says that the proxy has had it whole. */
export const WAYS = {
  "all is well": {},
  "reset before the proxy has it": { breaks: (socket) => socket.resetAndDestroy() },
  "closed before the proxy has it": { breaks: (socket) => socket.destroy() },
  "reset after the proxy has it": { after: true, breaks: (socket) => socket.resetAndDestroy() },
  "closed after the proxy has it": { after: true, breaks: (socket) => socket.destroy() },
  "no answer": { after: true, breaks: () => {} },
  "an HTML 502 of a gateway": {
    after: true,
    breaks: (_, response) => response.writeHead(502).end("<html>502</html>"),
  },
  "a 504 of a gateway ahead of it": { breaks: (_, response) => response.writeHead(504).end() },
  "a cut answer": {
    after: true,
    breaks: (socket, response) => {
      response.writeHead(200, { "Content-Length": 100, "Content-Type": "application/json" }).write('{"id":1');
      setTimeout(() => socket.destroy(), 20);
    },
  },
  "the same request twice at once": { twice: true },
  "the same request once more afterwards": { later: true },
  "a reset of what asks for the store": { method: "HEAD", breaks: (socket) => socket.resetAndDestroy() },
};

/** `elsewhere` gets all that follows the request that something was done to. */
export async function startMiddleman(hooks, url, way, elsewhere = url) {
  let done = false;
  const server = createServer(async (incoming, response) => {
    const chunks = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk);
    } catch {
      return;
    }
    const body = Buffer.concat(chunks);
    const isIt = !done && incoming.method === (way.method ?? "POST");
    const pass = (to) => forward(to, incoming, body);
    if (!isIt) return answer(response, pass(done ? elsewhere : url));
    done = true;
    const { socket } = incoming;
    if (way.twice) return answer(response, first([pass(url), pass(elsewhere)]));
    if (way.later) {
      const answered = await pass(url);
      await pass(elsewhere);
      return answer(response, answered);
    }
    if (!way.breaks) return answer(response, pass(url));
    if (way.after) await pass(url);
    way.breaks(socket, response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  hooks.after(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${server.address().port}` };
}

/** Whoever is sent later waits for nobody; a browser sees the answer to its own repetition, which is the last. */
async function first([own, other]) {
  const answers = await Promise.all([own, other]);
  return answers.at(-1);
}

function forward(to, { method, url, headers }, body) {
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(url, to), { method, headers, agent: false }, async (incoming) => {
      const chunks = await incoming.toArray();
      resolve({ status: incoming.statusCode, headers: incoming.headers, body: Buffer.concat(chunks) });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

async function answer(response, answered) {
  try {
    const { status, headers, body } = await answered;
    delete headers["transfer-encoding"];
    response.writeHead(status, headers).end(body);
  } catch {
    response.destroy();
  }
}
