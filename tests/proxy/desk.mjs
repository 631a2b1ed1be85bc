// What the proxy's tests share: a proxy in front of a sandbox or of a server, and a page's requests to it.

import { createServer } from "node:http";
import { CREDENTIALS, livedesk, proxy, sandbox } from "../lib/package.mjs";

export const MESSAGES = "/api/v2/accounts/conversations/141/messages";
const SITE = "https://app.example.com";

/** A proxy in front of a sandbox in memory. */
export function proxyToSandbox(options) {
  const desk = sandbox.createSandbox(CREDENTIALS);
  const requests = [];
  const fetch = (url, init) => {
    requests.push({ url, ...init });
    return desk.fetch(url, init);
  };
  const handle = proxy.createProxy({ ...CREDENTIALS, allow: () => true, fetch, ...options });
  const stored = (conversation = 141) => desk.conversations.get(conversation)?.length ?? 0;
  return { handle, requests, stored, conversations: desk.conversations };
}

/** A proxy that sends to an address. */
export function proxyTo(server, options) {
  return proxy.createProxy({ ...CREDENTIALS, allow: () => true, baseUrl: server.url ?? server, ...options });
}

/** A page's client. */
export function clientTo(url, options) {
  return new livedesk.LiveDesk({
    baseUrl: url,
    proxy: true,
    timeout: 5_000,
    totalTimeout: 40_000,
    ...options,
  });
}

/** A page's request of its own site, as a browser writes it. */
export function fromPage(path, { body, key, headers, method = "POST" } = {}) {
  const own = { Origin: SITE, "Sec-Fetch-Site": "same-origin", Accept: "application/json" };
  if (key !== undefined) own["Idempotency-Key"] = key;
  if (typeof body === "string") own["Content-Type"] = "application/json";
  const request = new Request(SITE + path, { method, headers: { ...own, ...headers }, body, duplex: "half" });
  return request;
}

/** A text from a page. */
export function text(content, { key, conversation = 141, headers } = {}) {
  const path = MESSAGES.replace("141", conversation);
  return fromPage(path, { body: JSON.stringify({ content }), key, headers });
}

/** A form from a page; its boundary is another one each time. */
export function form(files, { key, content } = {}) {
  const data = new FormData();
  if (content !== undefined) data.append("content", content);
  for (const file of files) data.append("attachments[]", file);
  return fromPage(MESSAGES, { body: data, key });
}

/** What a store says it is. */
export async function tokenFrom(handle) {
  const response = await handle(fromPage(MESSAGES, { method: "HEAD" }));
  return /^ready;store=(\S+)$/.exec(response.headers.get("livedesk-proxy"))[1];
}

/** The key as the client writes it. */
export const withToken = (name, token, attempt = 1) => `"${name}";store="${token}";try=${attempt}`;

export const told = (response) =>
  response.headers.get("livedesk-proxy")?.replace(/^(?!ready)(.+);store=.*$/, "$1");

/** The handler on a port. */
export async function serveHandler(hooks, handle) {
  const server = createServer(proxy.toNodeHandler(handle));
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
