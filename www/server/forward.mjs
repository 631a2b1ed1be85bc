// Live mode: what the page sends goes on to LiveDesk with the credentials, which stay in this process.

import { basic } from "./credentials.mjs";

/** The two documented paths; nothing else leaves this machine with the credentials. */
const PATH = /^\/api\/v2\/accounts\/conversations\/\d+\/messages(?:\/\d+\/retry)?$/;
const REQUEST_HEADERS = ["accept", "content-type"];
const ANSWER_HEADERS = ["content-type", "retry-after"];

export function forwardTo({ apiKey, apiSecret, baseUrl }) {
  const base = baseUrl.replace(/\/+$/, "");
  const authorization = basic({ apiKey, apiSecret });

  async function answer(request) {
    const path = new URL(request.url).pathname;
    if (!PATH.test(path))
      return Response.json({ error: "Not a path of the documented API" }, { status: 404 });
    const headers = pick(request.headers, REQUEST_HEADERS);
    headers.set("authorization", authorization);
    // In one piece: a stream would go out without Content-Length, which not every gateway takes.
    const body = new Uint8Array(await request.arrayBuffer());
    const upstream = await reach(`${base}${path}`, {
      method: "POST",
      headers,
      body: body.length > 0 ? body : undefined,
      // A followed redirect would hand the message, perhaps twice, to somewhere nobody named.
      redirect: "manual",
      signal: request.signal,
    });
    return new Response(upstream.body, {
      status: upstream.status,
      headers: pick(upstream.headers, ANSWER_HEADERS),
    });
  }

  return { answer, about: { live: true, upstream: new URL(base).host, reserved: [] } };
}

async function reach(url, init) {
  try {
    return await fetch(url, init);
  } catch (error) {
    const reason = error.cause?.code ?? error.name;
    return Response.json(
      { error: `The demo server got no answer from LiveDesk (${reason})` },
      { status: 502 },
    );
  }
}

function pick(headers, names) {
  const picked = new Headers();
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null) picked.set(name, value);
  }
  return picked;
}
