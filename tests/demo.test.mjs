// The demo for real: its server over HTTP, its page in Chromium, its command in a process of its own.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { startServer } from "../www/server.mjs";

const CHROMIUM = "/usr/bin/chromium";
const NO_CHROMIUM = existsSync(CHROMIUM) ? false : `THE PAGE IS NOT TESTED: there is no ${CHROMIUM}`;
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const DEMO = fileURLToPath(new URL("../www/demo.mjs", import.meta.url));
const MESSAGES = "/api/v2/accounts/conversations/141/messages";
const HELLO = '{"content":"Hello"}';

/** A request as it is: `fetch` would not let a test choose Host, and adds headers of its own. */
async function send({ port, method = "POST", path = MESSAGES, headers = {}, body = HELLO }) {
  const outgoing = httpRequest({ host: "127.0.0.1", port, method, path, headers, agent: false });
  outgoing.end(method === "POST" ? body : undefined);
  const [incoming] = await once(outgoing, "response");
  let text = "";
  for await (const chunk of incoming.setEncoding("utf8")) text += chunk;
  return { status: incoming.statusCode, headers: incoming.headers, text };
}

const json = (headers = {}) => ({ "Content-Type": "application/json", ...headers });

/** A stand-in for LiveDesk that remembers what reached it. */
async function startUpstream(respond) {
  const requests = [];
  const server = createServer(async (incoming, outgoing) => {
    let body = "";
    for await (const chunk of incoming.setEncoding("utf8")) body += chunk;
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

const textOf = (page) => page.getByRole("textbox", { name: "Text", exact: true });

const idOf = async (bubble) => (await bubble.locator(".bubble-id").textContent()).slice(1);

/** The demo's command; resolves when `ready` shows up in what it prints, or when it ends. */
async function runDemo(args, env = {}, ready) {
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

describe("the demo's server", () => {
  let server;
  before(async () => {
    server = await startServer({ port: 0 });
  });
  after(() => server.close());

  test("answers a request of the terminal, which has neither Origin nor Sec-Fetch-Site", async () => {
    const { status, text } = await send({ port: server.port, headers: json() });
    assert.equal(status, 200);
    assert.equal(JSON.parse(text).content, "Hello");
  });

  test("answers its own page under both names of this machine", async () => {
    for (const host of [`127.0.0.1:${server.port}`, `localhost:${server.port}`]) {
      const headers = json({ Host: host, Origin: `http://${host}`, "Sec-Fetch-Site": "same-origin" });
      assert.equal((await send({ port: server.port, headers })).status, 200, host);
    }
  });

  test("refuses every other Host, for a page as for a message", async () => {
    for (const host of ["evil.example", `evil.example:${server.port}`, "127.0.0.1", "localhost:1"]) {
      for (const request of [{ method: "GET", path: "/" }, { headers: json() }]) {
        const headers = { ...request.headers, Host: host };
        assert.equal((await send({ port: server.port, ...request, headers })).status, 403, host);
      }
    }
  });

  test("refuses to send for any other site", async () => {
    const foreign = [
      { Origin: "https://evil.example" },
      { Origin: "null" },
      { Origin: "http://127.0.0.1:1" },
      { Origin: `https://127.0.0.1:${server.port}` },
      { Origin: `http://localhost:${server.port}` },
      { Origin: "https://evil.example", "Sec-Fetch-Site": "same-origin" },
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
    ];
    for (const headers of foreign) {
      const answer = await send({ port: server.port, headers: json(headers) });
      assert.equal(answer.status, 403, JSON.stringify(headers));
    }
  });

  test("refuses to be asked for messages", async () => {
    for (const method of ["GET", "HEAD", "PUT", "DELETE"]) {
      assert.equal((await send({ port: server.port, method })).status, 405, method);
    }
  });

  test("leaves credentials that were sent as they are", async () => {
    const headers = json({ Authorization: "Basic d3Jvbmc6d3Jvbmc=" });
    assert.equal((await send({ port: server.port, headers })).status, 401);
  });

  test("protects the page by its headers", async () => {
    const { headers } = await send({ port: server.port, method: "GET", path: "/" });
    assert.match(
      headers["content-security-policy"],
      /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/,
    );
    assert.match(headers["content-security-policy"], /frame-ancestors 'none'/);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["referrer-policy"], "no-referrer");
  });

  test("serves the page and the package, and nothing else of the project", async () => {
    const get = async (path) => (await send({ port: server.port, method: "GET", path })).status;
    for (const path of ["/", "/app.js", "/style.css", "/pkg/index.js", "/assets/parcel.png"]) {
      assert.equal(await get(path), 200, path);
    }
    for (const path of [
      "/server.mjs",
      "/terminal/seeds.mjs",
      "/package.json",
      "/pkg/../package.json",
      "/app/",
    ]) {
      assert.equal(await get(path), 404, path);
    }
  });

  test("breaks off where the sandbox breaks off, instead of answering 500", async () => {
    const path = "/api/v2/accounts/conversations/900206/messages";
    await assert.rejects(send({ port: server.port, path, headers: json() }), { code: "ECONNRESET" });
  });

  test("takes a free port when its own is taken", async () => {
    const second = await startServer({ port: server.port });
    assert.notEqual(second.port, server.port);
    await second.close();
  });
});

describe("the demo's server in live mode", () => {
  const CREDENTIALS = { apiKey: "key", apiSecret: "sécret:x" };
  const AUTHORIZATION = `Basic ${Buffer.from("key:sécret:x").toString("base64")}`;
  const SENT = '{"id":1,"status":"sent"}';
  let upstream;
  let server;
  let respond;
  before(async () => {
    upstream = await startUpstream((...exchange) => respond(...exchange));
    server = await startServer({ port: 0, live: { ...CREDENTIALS, baseUrl: `${upstream.url}/base/` } });
  });
  after(() => Promise.all([server.close(), upstream.close()]));

  test("adds the credentials, and passes on nothing that says who asked", async () => {
    respond = (outgoing) => outgoing.writeHead(200, json()).end(SENT);
    const headers = json({
      Accept: "application/json",
      Cookie: "session=1",
      Origin: server.url,
      Referer: server.url,
      Authorization: "Basic b3RoZXI6b3RoZXI=",
      "X-Other": "1",
    });
    const { status, text } = await send({ port: server.port, headers });
    assert.deepEqual([status, text], [200, SENT]);
    const request = upstream.requests.at(-1);
    assert.equal(request.path, `/base${MESSAGES}`);
    assert.equal(request.body, HELLO);
    assert.equal(request.headers.authorization, AUTHORIZATION);
    assert.equal(request.headers["content-type"], "application/json");
    assert.equal(request.headers.accept, "application/json");
    assert.equal(request.headers["content-length"], String(HELLO.length));
    for (const name of ["cookie", "origin", "referer", "x-other"])
      assert.equal(request.headers[name], undefined);
  });

  test("brings back the status, the type, Retry-After and the body, and no other header", async () => {
    const theirs = { "Content-Type": "text/plain", "Retry-After": "7", "Set-Cookie": "a=b", "X-Other": "1" };
    respond = (outgoing) => outgoing.writeHead(429, theirs).end("Retry later");
    const { status, headers, text } = await send({ port: server.port, headers: json() });
    assert.deepEqual(
      [status, headers["content-type"], headers["retry-after"], text],
      [429, "text/plain", "7", "Retry later"],
    );
    assert.equal(headers["set-cookie"], undefined);
    assert.equal(headers["x-other"], undefined);
  });

  test("does not follow a redirect", async () => {
    respond = (outgoing) => outgoing.writeHead(307, { Location: `${upstream.url}/elsewhere` }).end();
    const before = upstream.requests.length;
    const { status } = await send({ port: server.port, headers: json() });
    assert.equal(status, 307);
    assert.equal(upstream.requests.length, before + 1);
  });

  test("forwards the two documented paths and no other", async () => {
    respond = (outgoing) => outgoing.writeHead(200, json()).end(SENT);
    const before = upstream.requests.length;
    const retry = { port: server.port, path: `${MESSAGES}/29/retry?a=b`, body: "" };
    assert.equal((await send(retry)).status, 200);
    assert.equal(upstream.requests.at(-1).path, `/base${MESSAGES}/29/retry`);
    for (const path of [
      "/api/v2/accounts",
      `${MESSAGES}/`,
      `${MESSAGES}/29`,
      "/api/v2/accounts/conversations/x/messages",
    ]) {
      assert.equal((await send({ port: server.port, path })).status, 404, path);
    }
    assert.equal(upstream.requests.length, before + 1);
  });

  test("says that there was no answer when LiveDesk cannot be reached", async () => {
    respond = (outgoing) => outgoing.destroy();
    const { status, text } = await send({ port: server.port, headers: json() });
    assert.equal(status, 502);
    assert.doesNotMatch(text, /sécret|key/);
  });

  test("offers no sandbox failures", async () => {
    const { text } = await send({ port: server.port, method: "GET", path: "/sandbox.json" });
    assert.deepEqual(JSON.parse(text), { live: true, upstream: new URL(upstream.url).host, reserved: [] });
  });

  test("never sends the examples", async () => {
    const before = upstream.requests.length;
    const env = { LIVEDESK_API_KEY: "key", LIVEDESK_API_SECRET: "secret", LIVEDESK_BASE_URL: upstream.url };
    const { child, output, ended } = await runDemo([], env, "Serving until Ctrl-C");
    child.kill("SIGINT");
    assert.equal(await ended, 0);
    assert.match(output, /LIVE[\s\S]*NOT sent/);
    assert.doesNotMatch(output, /secret\b(?! stay)/);
    assert.equal(await (await runDemo(["--once"], env)).ended, 1);
    assert.equal(upstream.requests.length, before);
  });

  test("is refused when only half of it is set", async () => {
    const { output, ended } = await runDemo(["--once"], { LIVEDESK_API_KEY: "key" });
    assert.equal(await ended, 1);
    assert.match(output, /Set both LIVEDESK_API_KEY and LIVEDESK_API_SECRET/);
  });
});

describe("the demo's command", () => {
  test("with --once prints five answers and exits 0", async () => {
    const { output, ended } = await runDemo(["--once"]);
    assert.equal(await ended, 0, output);
    assert.equal(output.match(/^\d\. .* as expected$/gm)?.length, 5, output);
    assert.match(output, /in reply to \d+/);
    assert.match(output, /stored as image .* and audio/);
    assert.match(output, /template order_update, en_US, MARKETING/);
    assert.match(output, /DeliveryError, outcome "failed", code "delivery_failed"[\s\S]*131047/);
    assert.match(output, /accepted, which is not yet delivered/);
  });

  test("serves until Ctrl-C, which ends it with 0", async () => {
    const { child, output, ended } = await runDemo([], {}, "Serving until Ctrl-C");
    const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(output)[0];
    assert.equal((await fetch(url)).status, 200);
    child.kill("SIGINT");
    assert.equal(await ended, 0);
  });
});

describe("the demo's page", { skip: NO_CHROMIUM }, () => {
  let server;
  let browser;
  before(async () => {
    server = await startServer({ port: 0 });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });
  after(async () => {
    await browser?.close();
    await server.close();
  });

  /** The page, what went wrong in it, and what it has sent to the API. */
  async function open(viewport = { width: 1280, height: 900 }, url = server.url) {
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
  }

  for (const [name, viewport] of [
    ["a desktop", { width: 1280, height: 900 }],
    ["a phone", { width: 390, height: 844 }],
  ]) {
    test(`sends all four kinds on ${name}, and shows the answers`, async () => {
      const { page, problems, sent, bubble, press } = await open(viewport);
      await press("Send text", "Sent.");
      const id = await idOf(bubble(0));
      await page.getByRole("button", { name: `Reply to message ${id}` }).click();
      await textOf(page).fill("Tomorrow before noon.");
      await page.getByLabel("Private note").check();
      await press("Send text", "Sent.");
      assert.match(
        await bubble(1).textContent(),
        new RegExp(`Private note.*Reply to ${id}.*Tomorrow.*sent`, "s"),
      );

      await page.getByRole("tab", { name: "Attachments" }).click();
      await page.getByRole("button", { name: "Use a sample" }).click();
      await page.getByRole("button", { name: "Remove chime.wav" }).waitFor();
      await press("Send files", "Sent.");
      assert.match(await bubble(2).textContent(), /parcel\.png.*chime\.wav.*Stored as image, audio/s);
      assert.equal(
        await bubble(2)
          .locator("img")
          .evaluate((image) => image.decode().then(() => image.naturalWidth)),
        320,
      );

      await page.getByRole("tab", { name: "Template" }).click();
      await press("Send template", "Sent.");
      assert.match(
        await bubble(3).textContent(),
        /order_update · en_US · MARKETING.*track\/12345.*OPT_OUT.*sent/s,
      );

      await page.getByLabel("Try a failure").selectOption("900131");
      await press("Send template", "its delivery failed.");
      assert.match(
        await bubble(0).textContent(),
        /failed131047: Re-engagement message.*send one with sendTemplate/s,
      );
      const failed = await idOf(bubble(0));
      await page.getByRole("tab", { name: "Retry" }).click();
      await page.getByRole("button", { name: `${failed} (131047)` }).click();
      await press("Retry message", "Retry accepted.");
      assert.doesNotMatch(await bubble(0).textContent(), /failed|131047/);

      const retried = `/api/v2/accounts/conversations/900131/messages/${failed}/retry`;
      assert.deepEqual(sent, [
        MESSAGES,
        MESSAGES,
        MESSAGES,
        MESSAGES,
        MESSAGES.replace("141", "900131"),
        retried,
      ]);
      assert.deepEqual(problems, []);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.equal(width, viewport.width, "the page can be scrolled sideways");
      await page.close();
    });
  }

  test("retries a failed message from its bubble", async () => {
    const { page, report, bubble, press } = await open();
    await page.getByLabel("Try a failure").selectOption("900132");
    await press("Send text", "its delivery failed.");
    assert.match(await report.textContent(), /DeliveryError.*delivery_failed.*failed.*132000/s);
    await bubble(0).getByRole("button", { name: "Retry" }).click();
    await page.locator(".report-title", { hasText: "Retry accepted." }).waitFor();
    assert.match(await bubble(0).textContent(), /sent$/);
    await page.close();
  });

  test("shows the path of everything that is wrong, and sends nothing", async () => {
    const { page, sent, report, press } = await open();
    await page.getByRole("tab", { name: "Template" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Order Update");
    await page.getByLabel("Payload").fill("");
    await page.getByLabel("Value of variable 2").fill("");
    await press("Send template", "Nothing was sent; sending again is safe.");
    const shown = await report.textContent();
    for (const path of [
      "template_params.name",
      'template_params.processed_params["2"]',
      "template_params.button_params[1].payload",
      "ValidationError",
      "invalid_input",
    ]) {
      assert.ok(shown.includes(path), `${path} is missing in: ${shown}`);
    }
    assert.equal(await page.getByLabel("Payload").getAttribute("aria-invalid"), "true");
    await report.getByRole("button", { name: "template_params.name" }).click();
    assert.equal(await page.evaluate(() => document.activeElement.name), "name");
    assert.equal(await page.locator("#thread .bubble").count(), 0);
    assert.deepEqual(sent, []);
    await page.close();
  });

  test("checks a message without sending it", async () => {
    const { page, sent, report, press } = await open();
    await press("Check only", "Checked: nothing is wrong.");
    await textOf(page).fill(" ");
    await press("Check only", "Checked: this would not be sent.");
    assert.match(await report.textContent(), /content.*blank/s);
    assert.deepEqual(sent, []);
    await page.close();
  });

  test("says when nobody can know whether the message went out", async () => {
    const { page, report, bubble, press } = await open();
    for (const [conversation, error] of [
      ["900500", "ApiError"],
      ["900206", "ResponseError"],
    ]) {
      await page.getByLabel("Try a failure").selectOption(conversation);
      await textOf(page).fill("Hello");
      await press("Send text", "It may have been sent.");
      assert.match(await report.textContent(), new RegExp(`${error}.*unknown`, "s"));
      assert.match(await bubble(0).textContent(), /not known.*may have stored/s);
    }
    await page.close();
  });

  test("says when LiveDesk refused, and keeps what was written", async () => {
    const { page, report, press } = await open();
    await page.getByLabel("Try a failure").selectOption("900401");
    await press("Send text", "LiveDesk refused it; nothing was created.");
    assert.match(await report.textContent(), /ApiError.*401/s);
    assert.equal(await page.locator("#thread .bubble").count(), 0);
    assert.notEqual(await textOf(page).inputValue(), "");
    await page.close();
  });

  test("waits as long as LiveDesk asks, and says so", async () => {
    const { page, press } = await open();
    await page.getByLabel("Try a failure").selectOption("900430");
    await press("Send text", "trying again in");
    await page.locator(".report-title", { hasText: "Sent." }).waitFor();
    await page.close();
  });

  test("cancels a call that gets no answer", async () => {
    const { page, report, press } = await open();
    await page.getByLabel("Try a failure").selectOption("900999");
    const requested = page.waitForRequest(/900999/);
    await press("Send text", "Sending");
    await requested;
    await press("Cancel", "It may have been sent.");
    assert.match(await report.textContent(), /AbortError/);
    await page.close();
  });

  test("takes files that are dropped", async () => {
    const { page, bubble, press } = await open();
    await page.getByRole("tab", { name: "Attachments" }).click();
    const dropped = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(["%PDF-1.4"], "invoice.pdf", { type: "application/pdf" }));
      return data;
    });
    await page.dispatchEvent(".drop", "drop", { dataTransfer: dropped });
    await press("Send files", "Sent.");
    assert.match(await bubble(0).textContent(), /invoice\.pdf · 8 B.*Stored as file/s);
    await page.close();
  });

  test("shows what was written as text, never as HTML", async () => {
    const { page, problems, bubble, press } = await open();
    const written = '<img src="x" onerror="document.title = 1"><b>bold</b>';
    await textOf(page).fill(written);
    await press("Send text", "Sent.");
    assert.equal(await bubble(0).locator(".bubble-text").textContent(), written);
    assert.equal(await bubble(0).locator("img, b").count(), 0);
    assert.deepEqual(problems, []);
    await page.close();
  });

  test("lets the keyboard change tabs with the arrows", async () => {
    const { page } = await open();
    await page.getByRole("tab", { name: "Text" }).focus();
    await page.keyboard.press("ArrowLeft");
    assert.ok(await page.getByLabel("Message number").isVisible());
    await page.keyboard.press("Home");
    assert.ok(await textOf(page).isVisible());
    await page.close();
  });

  test("says LIVE, and has no failures to offer, when it reaches LiveDesk", async () => {
    const answer = '{"id":7,"content":"Hello","status":"sent"}';
    const upstream = await startUpstream((outgoing) => outgoing.writeHead(200, json()).end(answer));
    const live = await startServer({
      port: 0,
      live: { apiKey: "key", apiSecret: "secret", baseUrl: upstream.url },
    });
    const { page, problems, bubble, press } = await open(undefined, live.url);
    assert.equal(await page.locator("#mode").textContent(), "LIVE");
    assert.ok(await page.getByLabel("Try a failure").isHidden());
    await press("Send text", "Sent.");
    assert.match(await bubble(0).textContent(), /#7/);
    assert.match(upstream.requests[0].headers.authorization, /^Basic /);
    assert.equal(upstream.requests[0].headers.origin, undefined);
    assert.deepEqual(problems, []);
    await page.close();
    await Promise.all([live.close(), upstream.close()]);
  });
});
