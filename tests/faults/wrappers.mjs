// What users put around fetch: for logs, audits, retries, queues and second addresses.
//
// `make(around)` gives the `fetch` of a client; `around` has a refused address (`closed`), a server that stores and then
// resets (`elsewhere`), and one that answers well (`audit`). `refused`, `late`, `aborted`, `failed` and `limited` are
// the outcomes at a refused connection, at a TLS handshake that comes too late for the timeout, or for an abort, at
// something that may have been stored, and at a 429 followed by a good answer.

import { request } from "node:http";
import { inspect } from "node:util";
import retrying from "fetch-retry";
import pLimit from "p-limit";

const PROVEN = { refused: "not_sent", late: "not_sent", aborted: "not_sent", limited: "sent" };
/** Whatever it did when the connection failed, the first failure no longer proves. */
const UNPROVEN = { refused: "unknown", late: "unknown", aborted: "unknown", limited: "sent" };

/** A POST by hand, over http. */
function post(url, { method, headers, body, signal }) {
  return new Promise((resolve, reject) => {
    const { "Content-Length": _, ...rest } = headers;
    const sending = request(url, { method, headers: rest, signal }, async (incoming) => {
      try {
        const chunks = [];
        for await (const chunk of incoming) chunks.push(chunk);
        resolve(new Response(Buffer.concat(chunks), { status: incoming.statusCode }));
      } catch (error) {
        reject(error);
      }
    });
    sending.on("error", reject).end(body);
  });
}

const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const onward = (url, to) => to.url + new URL(url).pathname;

export const WRAPPERS = {
  "hands on": { ...PROVEN, make: () => (url, init) => fetch(url, init) },
  "awaits, in try and finally": {
    ...PROVEN,
    make: () => async (url, init) => {
      const started = performance.now();
      try {
        return await fetch(url, init);
      } finally {
        await undefined;
        void (performance.now() - started);
      }
    },
  },
  "makes a Request": {
    ...PROVEN,
    make: () => async (url, init) => {
      const request = new Request(url, init);
      try {
        return await fetch(request);
      } finally {
        // Node forgets the signal of a Request that nobody holds: its fetch then goes on, and nothing is proven.
        void request.url;
      }
    },
  },
  "throws an error of its own around fetch's": {
    ...PROVEN,
    make: () => (url, init) =>
      fetch(url, init).catch((cause) => Promise.reject(new Error("no LiveDesk", { cause }))),
  },
  "audits before": {
    // What it waited for could have been the message, by other means.
    ...UNPROVEN,
    make:
      ({ audit }) =>
      async (url, init) => {
        await fetch(audit.url, { method: "POST", body: "about to send" });
        return fetch(url, init);
      },
  },
  "audits after, which is refused": {
    ...{ ...PROVEN, limited: "unknown" },
    make:
      ({ closed }) =>
      async (url, init) => {
        const response = await fetch(url, init);
        await fetch(closed, { method: "POST", body: "sent" });
        return response;
      },
  },
  "audits in the end, which is refused": {
    ...{ ...UNPROVEN, limited: "unknown" },
    make:
      ({ closed }) =>
      async (url, init) => {
        try {
          return await fetch(url, init);
        } finally {
          await fetch(closed, { method: "POST", body: "done" });
        }
      },
  },
  "logs the body, before and after": {
    ...PROVEN,
    make: () => async (url, init) => {
      void `${init.body}`;
      try {
        return await fetch(url, init);
      } finally {
        void `${init.body}`;
      }
    },
  },
  "reads all of init": {
    ...PROVEN,
    make: () => async (url, init) => {
      JSON.stringify(init);
      inspect(init, { depth: 9, showHidden: true });
      const response = await fetch(url, { ...init });
      JSON.stringify({ ...init });
      return response;
    },
  },
  "writes its log to a slow disk when it fails": {
    ...UNPROVEN,
    make: () => (url, init) =>
      fetch(url, init).catch(async (error) => {
        await later(20);
        throw error;
      }),
  },
  "falls back to another address": {
    // Our signal is in the second request, too, and nothing of it was given to a connection.
    ...{ ...UNPROVEN, late: "not_sent", aborted: "not_sent" },
    make:
      ({ elsewhere }) =>
      (url, init) =>
        fetch(url, init).catch(() => fetch(onward(url, elsewhere), init)),
  },
  "falls back to another address with an init of its own": {
    ...UNPROVEN,
    make:
      ({ elsewhere }) =>
      (url, init) =>
        fetch(url, init).catch(() => {
          const { method, headers, body } = init;
          return fetch(onward(url, elsewhere), { method, headers, body });
        }),
  },
  "falls back to a refused address": {
    ...PROVEN,
    make:
      ({ closed }) =>
      (url, init) =>
        fetch(url, init).catch(() => fetch(`${closed}/second`, init)),
  },
  "falls back to node:http and throws its error": {
    ...UNPROVEN,
    make:
      ({ elsewhere }) =>
      (url, { signal, ...init }) =>
        fetch(url, { ...init, signal }).catch(() => post(onward(url, elsewhere), init)),
  },
  "falls back to node:http and throws the first error": {
    ...UNPROVEN,
    make:
      ({ elsewhere }) =>
      (url, { signal, ...init }) =>
        fetch(url, { ...init, signal }).catch((error) =>
          post(onward(url, elsewhere), init).catch(() => Promise.reject(error)),
        ),
  },
  "retries by fetch-retry": {
    // It goes on after an abort.
    ...{ ...PROVEN, late: "unknown", aborted: "unknown" },
    times: 3,
    make: () => retrying(fetch, { retries: 2, retryDelay: 10 }),
  },
  "retries by fetch-retry, answers too": {
    ...{ ...PROVEN, late: "unknown", aborted: "unknown" },
    ...{ times: 3, repeatsAnswers: true },
    make: () => retrying(fetch, { retries: 2, retryDelay: 10, retryOn: [429, 500] }),
  },
  "queues, one at a time": {
    ...{ ...PROVEN, late: "not_sent", aborted: "not_sent" },
    make: () => {
      const limit = pLimit(1);
      return (url, init) => limit(() => fetch(url, init));
    },
  },
  "queues for longer than the timeout": {
    ...UNPROVEN,
    make: () => async (url, init) => {
      await later(500);
      return fetch(url, init);
    },
  },
  "queues for longer than the timeout, without the signal": {
    ...UNPROVEN,
    make:
      () =>
      async (url, { signal: _, ...init }) => {
        await later(500);
        return fetch(url, init);
      },
  },
  "drops the signal": {
    ...{ ...PROVEN, late: "unknown", aborted: "unknown" },
    make:
      () =>
      (url, { signal: _, ...init }) =>
        fetch(url, init),
  },
  "races the signal without giving it to fetch": {
    ...PROVEN,
    make:
      () =>
      (url, { signal, ...init }) =>
        Promise.race([
          fetch(url, init),
          new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
        ]),
  },
  "keeps the dispatcher to itself": {
    ...UNPROVEN,
    make:
      () =>
      (url, { dispatcher: _, ...init }) =>
        fetch(url, init),
  },
  "posts by node:http": { ...UNPROVEN, make: () => post, isPlain: true },
  "throws when it is not ok": {
    ...{ ...PROVEN, limited: "unknown" },
    make: () => async (url, init) => {
      const response = await fetch(url, init);
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      return response;
    },
  },
  "answers 503 by itself when it fails": {
    ...{ ...UNPROVEN, class: "ApiError" },
    make: () => (url, init) => fetch(url, init).catch(() => new Response("down", { status: 503 })),
  },
};
