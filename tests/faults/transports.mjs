// Other libraries in fetch's place, as users write it. `form` is what becomes of attachments: a real form, or none at
// all. Those that are not known to ask our dispatcher (`asks`) prove nothing.

import { request } from "node:http";
import axios from "axios";
import nodeFetch from "node-fetch";
import nodeFetch2 from "node-fetch2";
import * as undici7 from "undici";
import * as undici5 from "undici5";
import * as undici6 from "undici6";

/** A Response of the runtime's own. */
function answer(status, body, headers) {
  const pairs = Object.entries(headers ?? {}).filter(([, value]) => value !== undefined);
  return new Response([204, 304].includes(status) ? null : body, { status, headers: pairs.map(asText) });
}

function asText([name, value]) {
  return [name, String(value)];
}

async function byAxios(url, { method, headers, body, signal }) {
  const options = { url, method, headers, data: body, signal, responseType: "text", maxRedirects: 0 };
  const response = await axios({ ...options, proxy: false, validateStatus: () => true });
  return answer(response.status, response.data, response.headers);
}

function byRequest({ request }) {
  return async (url, { method, headers, body, signal }) => {
    const {
      statusCode,
      headers: answered,
      body: stream,
    } = await request(url, { method, headers, body, signal });
    return answer(statusCode, await stream.text(), answered);
  };
}

function byHand(url, { method, headers, body, signal }) {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method, headers, signal }, async (incoming) => {
      const chunks = await incoming.toArray().catch(reject);
      if (chunks) resolve(answer(incoming.statusCode, Buffer.concat(chunks), incoming.headers));
    });
    sending.on("error", reject);
    const made = body instanceof FormData ? new Response(body) : undefined;
    if (!made) return sending.end(body);
    sending.setHeader("content-type", made.headers.get("content-type"));
    made.arrayBuffer().then((bytes) => sending.end(Buffer.from(bytes)), reject);
  });
}

export const TRANSPORTS = {
  "node-fetch 2": { fetch: nodeFetch2, form: "refused" },
  "node-fetch 3": { fetch: nodeFetch, form: "sent" },
  axios: { fetch: byAxios, form: "sent" },
  "undici 5": { fetch: undici5.fetch, form: "sent", asks: true },
  "undici 6": { fetch: undici6.fetch, form: "sent", asks: true },
  "undici 7": { fetch: undici7.fetch, form: "refused", asks: true },
  "the request of undici 5": { fetch: byRequest(undici5), form: "sent" },
  "the request of undici 6": { fetch: byRequest(undici6), form: "sent" },
  "the request of undici 7": { fetch: byRequest(undici7), form: "sent" },
  "node:http by hand": { fetch: byHand, form: "sent" },
};

// It refuses to be loaded by Node 20.
if (Number(process.versions.node.split(".")[0]) >= 24) {
  const undici8 = await import("undici8");
  TRANSPORTS["undici 8"] = { fetch: undici8.fetch, form: "refused", asks: true };
  TRANSPORTS["the request of undici 8"] = { fetch: byRequest(undici8), form: "sent" };
}
