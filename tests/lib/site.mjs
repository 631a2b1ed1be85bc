// A web site on loopback: files as they are, and a backend below /desk that adds the credentials and passes
// requests on to a sandbox, as the README tells web apps to do.

import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { CREDENTIALS, importInternal, inPackage, sandbox } from "./package.mjs";

const TYPES = {
  ".js": "text/javascript",
  ".html": "text/html",
  ".css": "text/css",
  ".json": "application/json",
};

/** `root` is served at /, the installed package at /package; `headers` go with every file. */
export async function startSite(hooks, root, headers = {}) {
  const { serve } = await importInternal("cli/serve.js");
  const desk = sandbox.createSandbox(CREDENTIALS);
  const site = { headers, conversations: desk.conversations, reset: desk.reset, requests: [] };
  const { url, close } = await serve(async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/desk/")) {
      site.requests.push(pathname);
      return desk.fetch(withCredentials(request));
    }
    return file(pathname, root, site.headers);
  });
  hooks.after(close);
  return Object.assign(site, { url });
}

function withCredentials(request) {
  const { apiKey, apiSecret } = CREDENTIALS;
  const headers = new Headers(request.headers);
  headers.set("Authorization", `Basic ${btoa(`${apiKey}:${apiSecret}`)}`);
  const url = request.url.replace("/desk/", "/");
  const { method, body, signal } = request;
  return new Request(url, { method, headers, body, signal, duplex: "half" });
}

async function file(pathname, root, headers) {
  const path = pathname === "/" ? "/index.html" : pathname;
  const place = path.startsWith("/package/") ? inPackage(path.slice("/package/".length)) : join(root, path);
  try {
    const type = `${TYPES[extname(place)] ?? "application/octet-stream"}; charset=utf-8`;
    return new Response(await readFile(place), { headers: { ...headers, "Content-Type": type } });
  } catch {
    return new Response("Not Found\n", { status: 404 });
  }
}

/** A page and whatever goes wrong in it, as text. */
export async function openPage(hooks, browser, url) {
  const context = await browser.newContext();
  hooks.after(() => context.close());
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("requestfailed", (request) =>
    problems.push(`failed: ${request.url()} ${request.failure()?.errorText}`),
  );
  await page.goto(url);
  return { page, problems };
}
