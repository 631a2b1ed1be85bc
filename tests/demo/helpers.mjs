// What the tests of the demo share.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import { after, before } from "node:test";
import { startServer } from "../../www/server.mjs";
import { findChromium, launchChromium } from "../lib/chromium.mjs";
import { inRoot } from "../lib/root.mjs";

const DEMO = inRoot("www", "demo.mjs");
/** Why the tests of the page are skipped, where they are. */
export const NO_CHROMIUM = findChromium() ? false : "THE PAGE IS NOT TESTED: there is no Chromium";
export const MESSAGES = "/api/v2/accounts/conversations/141/messages";
export const HELLO = '{"content":"Hello"}';

/** A request as it is: `fetch` would not let a test choose Host, and adds headers of its own. */
export async function send({ port, method = "POST", path = MESSAGES, headers = {}, body = HELLO }) {
  const outgoing = httpRequest({ host: "127.0.0.1", port, method, path, headers, agent: false });
  outgoing.end(method === "POST" ? body : undefined);
  const [incoming] = await once(outgoing, "response");
  let text = "";
  for await (const chunk of incoming.setEncoding("utf8")) text += chunk;
  return { status: incoming.statusCode, headers: incoming.headers, text };
}

export const json = (headers = {}) => ({ "Content-Type": "application/json", ...headers });

/** A stand-in for LiveDesk that remembers what reached it whole; `begun` is told of a request's beginning. */
export async function startUpstream(respond, begun = () => {}) {
  const requests = [];
  const server = createServer(async (incoming, outgoing) => {
    begun(incoming, outgoing);
    let body = "";
    try {
      for await (const chunk of incoming.setEncoding("utf8")) body += chunk;
    } catch {
      return;
    }
    if (outgoing.headersSent) return;
    requests.push({ method: incoming.method, path: incoming.url, headers: incoming.headers, body });
    respond(outgoing, incoming);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    url,
    requests,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

export const textOf = (page) => page.getByRole("textbox", { name: "Text", exact: true });

/** The demo's command; resolves when `ready` shows up in what it prints, or when it ends. */
export async function runDemo(args, env = {}, ready) {
  const { LIVEDESK_API_KEY, LIVEDESK_API_SECRET, LIVEDESK_BASE_URL, ...inherited } = process.env;
  const child = spawn(process.execPath, [DEMO, ...args], { env: { ...inherited, ...env } });
  const run = { child, output: "", ended: once(child, "close").then(([code]) => code) };
  const seen = new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        run.output += text;
        if (ready && run.output.includes(ready)) resolve();
      });
    }
  });
  await Promise.race([seen, run.ended]);
  return run;
}

/** Runs the demo's server and Chromium for the tests of a `describe`; returns what opens the page there. */
export function useBrowser() {
  let server;
  let browser;
  before(async () => {
    server = await startServer({ port: 0 });
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await server.close();
  });

  /** The page, what went wrong in it, and what it has sent to the API. */
  return async function open(viewport = { width: 1280, height: 900 }, url = server.url) {
    const page = await browser.newPage({ viewport });
    page.setDefaultTimeout(10_000);
    const problems = [];
    const sent = [];
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("requestfailed", (request) => problems.push(`failed: ${request.url()}`));
    page.on("response", (response) => response.status() >= 400 && problems.push(`${response.status()}`));
    page.on(
      "request",
      (request) => request.method() === "POST" && sent.push(new URL(request.url()).pathname),
    );
    await page.goto(url);
    await page.locator("#mode.sandbox, #mode.live").waitFor();
    const report = page.locator("#report");
    const title = page.locator(".report-title");
    const bubble = (index) => page.locator("#thread .bubble").nth(index);
    /** Presses a button, and waits until the report says this. */
    const press = async (name, expected) => {
      await page.getByRole("button", { name, exact: true }).click();
      await title.filter({ hasText: expected }).waitFor();
    };
    return { page, problems, sent, report, bubble, press };
  };
}
