// Live mode: what the page sends goes on to LiveDesk with the credentials, which stay in this process.

import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { basic } from "./credentials.mjs";

/** The two documented paths; nothing else leaves this machine with the credentials. */
const PATH = /^\/api\/v2\/accounts\/conversations\/\d+\/messages(?:\/\d+\/retry)?$/;
const REQUEST_HEADERS = ["accept", "content-type", "content-length"];
const ANSWER_HEADERS = ["content-type", "retry-after"];
/** Statuses whose answer has no body. */
const BODILESS = [204, 205, 304];

export function forwardTo({ apiKey, apiSecret, baseUrl }) {
  const base = baseUrl.replace(/\/+$/, "");
  const authorization = basic({ apiKey, apiSecret });

  async function answer(request, body) {
    const path = new URL(request.url).pathname;
    if (!PATH.test(path))
      return Response.json({ error: "Not a path of the documented API" }, { status: 404 });
    const headers = pick(request.headers, REQUEST_HEADERS);
    headers.set("authorization", authorization);
    return reach(`${base}${path}`, headers, body, request.signal);
  }

  return { answer, about: { live: true, upstream: new URL(base).host, reserved: [] } };
}

/** By `node:http`, whose requests pass a body on as it comes; fetch keeps a second copy of it, see `failsOnRedirect`. */
async function reach(url, headers, body, signal) {
  const { request } = url.startsWith("https:") ? https : http;
  // A connection of its own: one that was kept may have been closed by the other side.
  const outgoing = request(url, {
    method: "POST",
    headers: Object.fromEntries(headers),
    agent: false,
    signal,
  });
  // What follows an answer, or the page's leaving, is nobody's business any more.
  outgoing.on("error", () => {});
  const answered = once(outgoing, "response");
  if (body) {
    outgoing.flushHeaders();
    pipeline(body, outgoing).catch((error) => outgoing.destroy(error));
  } else outgoing.end();
  try {
    const [incoming] = await answered;
    return toResponse(incoming);
  } catch (error) {
    const reason = error.code ?? error.name;
    return Response.json(
      { error: `The demo server got no answer from LiveDesk (${reason})` },
      { status: 502 },
    );
  }
}

function toResponse(incoming) {
  const { statusCode: status } = incoming;
  const hasBody = !BODILESS.includes(status);
  if (!hasBody) incoming.resume();
  const headers = pick(new Headers(incoming.headers), ANSWER_HEADERS);
  return new Response(hasBody ? Readable.toWeb(incoming) : null, { status, headers });
}

function pick(headers, names) {
  const picked = new Headers();
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null) picked.set(name, value);
  }
  return picked;
}
