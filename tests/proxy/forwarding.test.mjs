// What goes through a proxy, what does not, and what of it.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import test from "node:test";
import express from "express";
import { CREDENTIALS, proxy } from "../lib/package.mjs";
import { MESSAGE, reply, startServer } from "../lib/servers.mjs";
import { form, fromPage, MESSAGES, proxyTo, proxyToSandbox, text, told } from "./desk.mjs";

const AUTHORIZATION = `Basic ${btoa(`${CREDENTIALS.apiKey}:${CREDENTIALS.apiSecret}`)}`;

test("forwards a text with the credentials and gives LiveDesk's answer", async () => {
  const { handle, requests, conversations } = proxyToSandbox();
  const response = await handle(text("Hello"));
  assert.equal(response.status, 200);
  assert.equal(told(response), "answered");
  assert.equal((await response.json()).content, "Hello");
  assert.equal(conversations.get(141)[0].content, "Hello");
  assert.equal(requests[0].headers.Authorization, AUTHORIZATION);
});

test("forwards files, templates and retries, and tells allow which is which", async () => {
  const kinds = [];
  const allow = (_, { kind, conversationId, messageId }) => kinds.push([kind, conversationId, messageId]) > 0;
  const { handle, conversations } = proxyToSandbox({ allow });
  await handle(form([new File(["bytes"], "a.txt", { type: "text/plain" })], { content: "Here" }));
  const template_params = { name: "order_update", language: "en_US" };
  const template = JSON.stringify({ content: "Hello", message_type: "outgoing", template_params });
  assert.equal((await handle(fromPage(MESSAGES, { body: template }))).status, 200);
  const [{ attachments }] = conversations.get(141);
  assert.equal(await attachments[0].blob.text(), "bytes");
  const failed = await handle(text("Hello", { conversation: 900131 }));
  const { id } = await failed.json();
  const retried = await handle(fromPage(`${MESSAGES.replace("141", 900131)}/${id}/retry`));
  assert.equal((await retried.json()).status, "sent");
  assert.deepEqual(kinds, [
    ["attachments", 141, undefined],
    ["template", 141, undefined],
    ["text", 900131, undefined],
    ["retry", 900131, id],
  ]);
});

test("forwards nothing but the documented calls", async () => {
  const { handle, requests } = proxyToSandbox();
  const paths = [
    "/api/v2/accounts/conversations/141",
    "/api/v2/accounts/conversations/0141/messages",
    "/api/v2/accounts/conversations/14x/messages",
    "/api/v2/accounts/conversations/141/messages/29",
    "/api/v2/accounts/conversations/141/messages/29/retry/more",
    "/api/v2/accounts/conversations/141/messages/../../142/messages/delete",
    "/api/v2/accounts/conversations/%31/messages",
    "/",
  ];
  for (const path of paths) assert.equal((await handle(fromPage(path, { body: "{}" }))).status, 404, path);
  for (const method of ["GET", "PUT", "DELETE", "PATCH"]) {
    assert.equal((await handle(fromPage(MESSAGES, { method }))).status, 405, method);
  }
  assert.equal(requests.length, 0);
});

test("takes no query along, and is mounted anywhere unless a prefix is given", async () => {
  const { handle, requests } = proxyToSandbox();
  await handle(fromPage(`/livedesk${MESSAGES}?content=other&_method=delete`, { body: '{"content":"x"}' }));
  assert.equal(requests[0].url, `https://livedesk-api.engagelab.com${MESSAGES}`);
  const narrow = proxyToSandbox({ prefix: "/desk/" }).handle;
  assert.equal((await narrow(fromPage(`/desk${MESSAGES}`, { body: '{"content":"x"}' }))).status, 200);
  assert.equal((await narrow(fromPage(MESSAGES, { body: '{"content":"x"}' }))).status, 404);
});

test("sends no empty message when a parser has read the body before", async (t) => {
  const { handle, requests } = proxyToSandbox();
  const own = proxy.toNodeHandler(handle);
  const app = express().use(express.json(), own);
  const server = createServer(app);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const headers = { "Content-Type": "application/json", "Idempotency-Key": "one" };
  const url = `http://127.0.0.1:${server.address().port}${MESSAGES}`;
  const response = await fetch(url, { method: "POST", headers, body: '{"content":"Hello"}' });
  assert.equal(response.status, 400);
  assert.match(await response.text(), /parser/);
  assert.equal(requests.length, 0);
});

test("takes only JSON objects and forms", async () => {
  const { handle, requests } = proxyToSandbox();
  const send = (body, type) => handle(fromPage(MESSAGES, { body, headers: { "Content-Type": type } }));
  for (const type of [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/jsonx",
  ]) {
    assert.equal((await send('{"content":"x"}', type)).status, 415, type);
  }
  const form = "multipart/form-data; boundary=x";
  for (const body of ["", "content=x", '{"content":"x"}', "--y\r\n"])
    assert.equal((await send(body, form)).status, 400, body);
  for (const type of ["incoming", 0, null]) {
    const body = JSON.stringify({ content: "x", message_type: type });
    assert.equal((await send(body, "application/json")).status, 400, body);
  }
  const headers = { "Content-Encoding": "gzip", "Content-Type": form };
  assert.equal((await handle(fromPage(MESSAGES, { body: "--x", headers }))).status, 415);
  for (const body of ["", "[]", "null", '"x"', "{", '{"content":"x"'])
    assert.equal((await send(body, "application/json")).status, 400, body);
  assert.equal(requests.length, 0);
});

test("passes on none of a page's headers but its type, and none of LiveDesk's but what the client reads", async (t) => {
  const server = await startServer(t, (_, response) =>
    reply(response, 200, MESSAGE, {
      "Set-Cookie": "session=livedesk",
      "X-Request-Id": "req-1",
      Server: "nginx",
      "WWW-Authenticate": "Basic",
      "Access-Control-Allow-Origin": "*",
    }),
  );
  const handle = proxyTo(server);
  const response = await handle(
    text("Hello", {
      headers: {
        Authorization: "Bearer of-the-page",
        Cookie: "session=page",
        Forwarded: "for=1.2.3.4",
        "X-Forwarded-For": "1.2.3.4",
        "X-Real-IP": "1.2.3.4",
        "CF-Connecting-IP": "1.2.3.4",
        Referer: "https://app.example.com/secret",
        "X-Csrf-Token": "token",
      },
    }),
  );
  const names = [...response.headers.keys()].sort();
  assert.deepEqual(names, [
    "cache-control",
    "content-type",
    "livedesk-proxy",
    "x-content-type-options",
    "x-request-id",
  ]);
  const { headers } = server.requests[0];
  assert.equal(headers.authorization, AUTHORIZATION);
  assert.doesNotMatch(JSON.stringify(headers), /1\.2\.3\.4|session|secret|Csrf|token|origin|sec-fetch-site/);
});

test("keeps a form's length, and sends it as it comes", async (t) => {
  const server = await startServer(t);
  const handle = proxyTo(server);
  const bytes = new Uint8Array(300_000).fill(7);
  const request = form([new File([bytes], "a.bin")]);
  const body = Buffer.from(await request.clone().arrayBuffer());
  const whole = fromPage(MESSAGES, {
    body,
    headers: { "Content-Type": request.headers.get("content-type"), "Content-Length": String(body.length) },
  });
  assert.equal((await handle(whole)).status, 200);
  assert.deepEqual(server.requests[0].body, body);
  assert.equal(server.requests[0].headers["content-length"], String(body.length));
});

test("shows a credential to no page, however LiveDesk repeats it", async (t) => {
  const { apiKey, apiSecret } = CREDENTIALS;
  const pair = btoa(`${apiKey}:${apiSecret}`);
  const spelled = [...apiSecret]
    .map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
  const answers = [
    [401, JSON.stringify({ error: `no account for ${apiSecret}` }), "application/json"],
    [500, `<html>${pair}</html>`, "text/html"],
    [200, `{"id":29,"status":"sent","content":"it is ${spelled}"}`, "application/json"],
    [
      200,
      JSON.stringify({ id: 29, status: "sent", [apiSecret]: { deep: [`Basic ${pair}`] } }),
      "application/json",
    ],
    [404, encodeURIComponent(`${apiKey}:${apiSecret}`), "text/plain"],
    [200, `{"id":29,"status":"sent","content":"${apiSecret}`, "application/json"],
  ];
  const server = await startServer(t, (_, response) => {
    const [status, body, type] = answers[server.requests.length - 1];
    response.writeHead(status, { "Content-Type": type, "X-Request-Id": apiSecret });
    response.end(body);
  });
  const handle = proxyTo(server);
  for (const [status] of answers) {
    const response = await handle(text("Hello"));
    const all = (await response.text()) + JSON.stringify([...response.headers]);
    assert.equal(response.status, status);
    for (const secret of [apiKey, apiSecret, pair, spelled]) assert.equal(all.includes(secret), false, all);
    if (status === 200 && all.includes("sent")) assert.match(all, /"id":29,"status":"sent"/);
  }
});

test("asks authorization before each request, and sends nothing when it fails", async (t) => {
  const server = await startServer(t);
  let asked = 0;
  const options = {
    apiKey: undefined,
    apiSecret: undefined,
    authorization: async () => {
      asked += 1;
      if (asked === 2) throw new Error("secret-of-a-vault");
      return asked === 3 ? "two\nlines" : "Bearer fresh";
    },
  };
  const handle = proxyTo(server, options);
  assert.equal((await handle(text("Hello"))).status, 200);
  for (const _ of [2, 3]) {
    const response = await handle(text("Hello"));
    assert.equal(told(response), "not_sent");
    assert.doesNotMatch(await response.text(), /vault/);
  }
  assert.deepEqual(
    server.requests.map(({ headers }) => headers.authorization),
    ["Bearer fresh"],
  );
});

test("says of itself whether LiveDesk or it refused", async () => {
  const { handle } = proxyToSandbox();
  const conversations = { 900413: 413, 900422: 422, 900401: 401, 900500: 500 };
  for (const [conversation, status] of Object.entries(conversations)) {
    const response = await handle(text("Hello", { conversation }));
    assert.deepEqual([response.status, told(response)], [status, "answered"]);
  }
  const redirect = await handle(text("Hello", { conversation: 900302 }));
  assert.deepEqual([redirect.status, told(redirect)], [502, "answered;status=302"]);
  assert.equal(redirect.headers.get("location"), null);
});

test("refuses options that are wrong, all at once", () => {
  const refused = (options) => {
    try {
      proxy.createProxy(options);
    } catch (error) {
      assert.equal(error.name, "ValidationError");
      assert.doesNotMatch(JSON.stringify(error), /hush/);
      return error.issues.map(({ path, code }) => `${path} ${code}`);
    }
    return assert.fail("taken");
  };
  assert.deepEqual(refused(undefined), ["options wrong_type"]);
  assert.deepEqual(refused({ ...CREDENTIALS }), ["options.allow required"]);
  assert.deepEqual(refused({ allow: () => true }), ["options.apiKey required"]);
  assert.deepEqual(refused({ allow: () => true, apiKey: "hush" }), ["options.apiSecret required"]);
  const odd = { allow: true, maxBytes: 0, origins: ["app.example.com"], prefix: "desk", store: {}, alow: 1 };
  assert.deepEqual(refused({ ...CREDENTIALS, ...odd }), [
    "options.allow wrong_type",
    "options.prefix invalid_format",
    "options.origins[0] invalid_format",
    "options.maxBytes out_of_range",
    "options.store wrong_type",
    "options.alow unknown_option",
  ]);
});
