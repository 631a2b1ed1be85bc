// The server that every conformance run talks to, one origin on loopback:
//
//   /run/<key>/sandbox/...        the installed package's sandbox, one for every key
//   /run/<key>/faults/<fault>/... a fault of tests/faults/faults.mjs or faults.mjs, by its name
//   /stored?key=<key>             what came of the requests below a key, as JSON
//   /about                        addresses a suite cannot know, as JSON
//   /package/..., /conformance/.. the files of the installed package and of the suite
//
// Keys are the caller's own, so any number of runs can go at once.

import { createServer } from "node:http";
import { FAULTS } from "../faults/faults.mjs";
import { closedPort } from "../lib/servers.mjs";
import { Exchange } from "./exchange.mjs";
import { MORE_FAULTS } from "./faults.mjs";
import { findFile } from "./files.mjs";
import { Run } from "./run.mjs";

const ALL_FAULTS = new Map([...FAULTS, ...MORE_FAULTS].map((fault) => [fault.name, fault]));
/** Longer than a run takes: a connection that the server closes is one of the faults, not of the weather. */
const KEEP_ALIVE_MS = 120_000;
const CORS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "*",
  "Access-Control-Allow-Headers": "Authorization, Accept, Content-Type",
  "Access-Control-Expose-Headers": "Retry-After, X-Request-Id, Location",
};

/**
 * `pages(pathname)` may give more pages, `{ type, body, headers?, status? }` each, or `{ isCut: true }` for one whose
 * connection breaks; `version` is the sandboxes'. `hooks.after` closes the server.
 *
 * @returns {Promise<{ url: string, stored: (key: string) => Promise<object>, reset: () => void }>}
 */
export async function startConformanceServer(hooks, { pages = () => undefined, version } = {}) {
  const runs = new Map();
  const runOf = (key) => {
    if (!runs.has(key)) runs.set(key, new Run(version));
    return runs.get(key);
  };
  const stored = (key) => runOf(key).report();
  const refusing = await closedPort();

  const elsewhere = await listen(hooks, async (incoming, response) => {
    const run = runOf(keyOf(incoming));
    run.note(run.elsewhere, incoming);
    send(response, 200, { type: "application/json", body: "{}" });
  });

  const url = await listen(hooks, async (incoming, response) => {
    const { pathname, searchParams } = new URL(incoming.url, "http://any");
    if (pathname.startsWith("/run/")) {
      return answerRun(incoming, response, runOf(keyOf(incoming)), elsewhere);
    }
    if (pathname === "/stored") return sendJson(response, await stored(searchParams.get("key")));
    if (pathname === "/about") return sendJson(response, { refusing, elsewhere });
    const page = pages(pathname) ?? (await findFile(pathname));
    if (page?.isCut) return response.destroy();
    const status = page ? (page.status ?? 200) : 404;
    return send(response, status, page ?? { type: "text/plain", body: "Not Found\n" });
  });
  return { url, stored, reset: () => runs.clear() };
}

/** The second part of the path. */
function keyOf({ url }) {
  return url.split("/")[2];
}

async function answerRun(incoming, response, run, elsewhere) {
  const [, , key, kind, ...rest] = incoming.url.split("/");
  run.note(run.requests, incoming);
  if (kind === "sandbox") return answerSandbox(incoming, response, run, `/${rest.join("/")}`);
  const name = decodeURIComponent(rest[0]);
  const fault = ALL_FAULTS.get(name);
  if (kind !== "faults" || !fault) throw new Error(`there is no ${kind} ${name}`);
  const at = { run, count: run.countOf(name), elsewhere: `${elsewhere}/run/${key}` };
  const exchange = new Exchange(incoming, response, at);
  response.on("close", () => {
    if (!response.writableFinished) run.gone += 1;
  });
  fault.atHead?.(exchange);
  exchange.request.body = String(await readAll(incoming));
  return fault.atEnd?.(exchange);
}

async function answerSandbox(incoming, response, run, path) {
  const body = await readAll(incoming);
  const { method, headers } = incoming;
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const init = { method, headers: new Headers(headers), signal: gone.signal };
  if (body.length > 0) init.body = body;
  const answer = await run.ask(new Request(`http://sandbox${path}`, init));
  const type = answer.headers.get("content-type") ?? "text/plain";
  const more = Object.fromEntries(answer.headers);
  send(response, answer.status, { type, body: Buffer.from(await answer.arrayBuffer()), headers: more });
}

async function readAll(incoming) {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function sendJson(response, value) {
  send(response, 200, { type: "application/json", body: JSON.stringify(value) });
}

function send(response, status, { type, body, headers = {} }) {
  response.writeHead(status, { ...headers, "Content-Type": type, "Cache-Control": "no-store" });
  response.end(body);
}

/** Whatever breaks in a handler ends the connection, as does a client that goes away. */
async function listen(hooks, handle) {
  const server = createServer((incoming, response) => {
    for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value);
    incoming.on("error", () => {});
    response.on("error", () => {});
    if (incoming.method === "OPTIONS") response.writeHead(204).end();
    else handle(incoming, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  hooks.after(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${server.address().port}`;
}
