// Passes an answer on piece by piece. The server would otherwise hold its beginning back, and turn an
// answer that breaks off into a whole one of status 500: but those failures are what the page is to see.

import { setImmediate } from "node:timers/promises";

export function asItComes(response, socket) {
  if (!response.body) return response;
  const headers = new Headers(response.headers);
  headers.set("Transfer-Encoding", "chunked");
  return new Response(ReadableStream.from(piecesOf(response.body, socket)), {
    status: response.status,
    headers,
  });
}

async function* piecesOf(body, socket) {
  try {
    yield* body;
  } catch {
    // What was sent so far leaves the machine before the connection breaks.
    await setImmediate();
    socket.destroy();
  }
}
