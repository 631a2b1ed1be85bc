// Who may send: `allow`, and the sites that browsers name.

import assert from "node:assert/strict";
import test from "node:test";
import { fromPage, MESSAGES, proxyToSandbox, text, told } from "./desk.mjs";

const send = (handle, headers) =>
  handle(
    new Request(`https://app.example.com${MESSAGES}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: '{"content":"Hello"}',
    }),
  );

test("sends only for whom allow says so", async () => {
  let answer;
  const { handle, stored } = proxyToSandbox({ allow: async () => answer });
  for (answer of [false, undefined, null, 0, "yes", {}, { user: "" }, { user: null }, [true]]) {
    const response = await handle(text("Hello"));
    assert.deepEqual([response.status, told(response)], [403, "refused"], String(answer));
  }
  answer = new Response("Who are you?", { status: 401, headers: { "X-Own": "1" } });
  const own = await handle(text("Hello"));
  assert.deepEqual([own.status, await own.text(), own.headers.get("x-own")], [401, "Who are you?", "1"]);
  assert.equal(told(own), "refused");
  assert.equal(stored(), 0);
  for (answer of [true, { user: "ada" }, { user: 7 }])
    assert.equal((await handle(text("Hello"))).status, 200);
  assert.equal(stored(), 3);
});

test("sends nothing when allow throws, and tells the page nothing of why", async () => {
  for (const allow of [
    () => {
      throw new Error("database of users");
    },
    () => Promise.reject(new Error("database of users")),
  ]) {
    const { handle, stored } = proxyToSandbox({ allow });
    const response = await handle(text("Hello"));
    assert.deepEqual([response.status, told(response)], [500, "refused"]);
    assert.doesNotMatch(await response.text(), /database/);
    assert.equal(stored(), 0);
  }
});

test("waits half a minute for allow, and then sends nothing", async (t) => {
  const { handle, stored } = proxyToSandbox({ allow: () => new Promise(() => {}) });
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const answering = handle(text("Hello"));
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  t.mock.timers.tick(30_000);
  const response = await answering;
  assert.deepEqual([response.status, told(response), stored()], [500, "refused", 0]);
});

test("asks allow ahead of a kept answer, and of what is wrong with a request", async () => {
  let isAllowed = true;
  const { handle } = proxyToSandbox({ allow: () => isAllowed, maxBytes: 100 });
  await handle(text("Hello", { key: "one" }));
  isAllowed = false;
  assert.equal((await handle(text("Hello", { key: "one" }))).status, 403);
  assert.equal((await handle(text("x".repeat(200)))).status, 403);
  assert.equal((await handle(fromPage(MESSAGES, { body: "{" }))).status, 403);
  isAllowed = true;
  assert.equal((await handle(text("Hello", { key: "one" }))).headers.get("idempotency-replayed"), "true");
});

test("lets no other site send, whatever it calls itself", async () => {
  const { handle, stored } = proxyToSandbox();
  for (const headers of [
    { Origin: "https://evil.example" },
    { Origin: "null" },
    { Origin: "https://app.example.com.evil.example" },
    { Origin: "https://app.example.com", "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site" },
    { Origin: "https://www.example.com", "Sec-Fetch-Site": "same-site" },
    { Origin: "null", "Sec-Fetch-Site": "none" },
  ]) {
    assert.equal((await send(handle, headers)).status, 403, JSON.stringify(headers));
  }
  assert.equal(stored(), 0);
  for (const headers of [
    { Origin: "https://app.example.com" },
    // Behind what ends TLS a server knows itself as http.
    { Origin: "http://app.example.com" },
    { Origin: "https://app.example.com", "Sec-Fetch-Site": "same-origin" },
    { "Sec-Fetch-Site": "same-origin" },
  ]) {
    assert.equal((await send(handle, headers)).status, 200, JSON.stringify(headers));
  }
});

test("with a list, only listed sites send, and browsers are let read the answer", async () => {
  const origins = ["https://desk.example", "https://app.example.com:8443/"];
  const { handle } = proxyToSandbox({ origins });
  const headers = { Origin: "https://desk.example", "Sec-Fetch-Site": "cross-site" };
  const response = await send(handle, headers);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("access-control-allow-origin"), "https://desk.example");
  assert.match(response.headers.get("access-control-expose-headers"), /Livedesk-Proxy/);
  for (const origin of ["https://app.example.com", "https://evil.example"]) {
    const refused = await send(handle, { Origin: origin, "Sec-Fetch-Site": "same-origin" });
    assert.equal(refused.status, 403, origin);
    assert.equal(refused.headers.get("access-control-allow-origin"), null);
  }
  const asking = { Origin: "https://desk.example", "Access-Control-Request-Method": "POST" };
  const asked = await handle(fromPage(MESSAGES, { method: "OPTIONS", headers: asking }));
  assert.equal(asked.status, 204);
  assert.match(asked.headers.get("access-control-allow-headers"), /Idempotency-Key/);
  const other = await handle(fromPage(MESSAGES, { method: "OPTIONS" }));
  assert.equal(other.status, 403);
});

test("tells allow of a request that no browser sends", async () => {
  const calls = [];
  const allow = (_, call) => {
    calls.push([call.fromBrowser, call.origin]);
    return call.fromBrowser;
  };
  const { handle } = proxyToSandbox({ allow });
  assert.equal((await send(handle, {})).status, 403);
  assert.equal((await send(handle, { Origin: "https://app.example.com" })).status, 200);
  assert.deepEqual(calls, [
    [false, null],
    [true, "https://app.example.com"],
  ]);
});
