// The mocks that users test their own code with: what they answer is what a call ends with.

import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { HttpResponse, http, passthrough } from "msw";
import { setupServer } from "msw/node";
import { getGlobalDispatcher, MockAgent, setGlobalDispatcher } from "undici";
import { rejection } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { closedPort, MESSAGE, startServer } from "../lib/servers.mjs";

const ORIGIN = "https://desk.test";
const PATH = "/api/v2/accounts/conversations/141/messages";
const HELLO = { content: "Hello" };
const TIMEOUT_MS = 150;

const prices = () => [new File(["Size,Price\n"], "prices.csv", { type: "text/csv" })];

/** A system's error as undici and Node make it. */
function failure(code, syscall) {
  return Object.assign(new Error(`${syscall} ${code} 127.0.0.1:80`), { code, syscall });
}

const REFUSED = failure("ECONNREFUSED", "connect");
const RESET = failure("ECONNRESET", "read");

describe("undici's MockAgent", () => {
  const own = getGlobalDispatcher();
  afterEach(() => setGlobalDispatcher(own));

  function mock() {
    const agent = new MockAgent();
    agent.disableNetConnect();
    setGlobalDispatcher(agent);
    return agent.get(ORIGIN).intercept({ path: PATH, method: "POST" });
  }

  test("its reply is the message", async () => {
    mock().reply(200, MESSAGE, { headers: { "content-type": "application/json" } });
    assert.deepEqual(await clientOf(ORIGIN).sendText(141, HELLO), MESSAGE);
  });

  test("its reply sees the body as a text and as a form", async () => {
    const bodies = [];
    const see = ({ body }) => {
      bodies.push(body);
      return MESSAGE;
    };
    mock().reply(200, see).times(2);
    await clientOf(ORIGIN).sendText(141, HELLO);
    await clientOf(ORIGIN).sendAttachments(141, { attachments: prices() });
    assert.equal(bodies[0], JSON.stringify(HELLO));
    assert.ok(bodies[1] instanceof FormData);
    assert.equal(bodies[1].get("attachments[]").name, "prices.csv");
  });

  test("its error status is rejected", async () => {
    mock().reply(404, { error: "Resource could not be found" });
    await rejection(clientOf(ORIGIN).sendText(141, HELLO), "ApiError", { status: 404, outcome: "rejected" });
  });

  test("its refused connection is not_sent, and tried again", async () => {
    mock().replyWithError(REFUSED).times(2);
    const call = clientOf(ORIGIN, { maxRetries: 1 }).sendText(141, HELLO);
    await rejection(call, "ConnectionError", { code: "not_connected", outcome: "not_sent", attempts: 2 });
  });

  test("its reset connection is unknown, and not tried again", async () => {
    mock().replyWithError(RESET);
    const call = clientOf(ORIGIN).sendText(141, HELLO);
    await rejection(call, "ConnectionError", { code: "connection_lost", outcome: "unknown", attempts: 1 });
  });

  test("its delay beyond the timeout is unknown", async () => {
    mock()
      .reply(200, MESSAGE)
      .delay(3 * TIMEOUT_MS);
    const call = clientOf(ORIGIN, { timeout: TIMEOUT_MS }).sendText(141, HELLO);
    await rejection(call, "TimeoutError", { outcome: "unknown", attempts: 1 });
  });

  test("what it does not expect fails, and is not repeated", async () => {
    mock().reply(200, MESSAGE);
    const error = await rejection(clientOf(ORIGIN).sendText(142, HELLO), "ConnectionError", { attempts: 1 });
    assert.match(error.cause.cause.message, /Mock dispatch not matched/);
  });
});

describe("msw", () => {
  /** Handles POSTs of messages; other requests go through. */
  async function use(t, base, handler) {
    const worker = setupServer(http.post(`${base}${PATH}`, handler));
    worker.listen({ onUnhandledRequest: "bypass" });
    t.after(() => worker.close());
  }

  test("its answer is the message", async (t) => {
    const bodies = [];
    await use(t, ORIGIN, async ({ request }) => {
      bodies.push(await request.text());
      return HttpResponse.json(MESSAGE);
    });
    assert.deepEqual(await clientOf(ORIGIN).sendText(141, HELLO), MESSAGE);
    assert.deepEqual(bodies, [JSON.stringify(HELLO)]);
  });

  test("its handler is given attachments as a form", async (t) => {
    const names = [];
    await use(t, ORIGIN, async ({ request }) => {
      const form = await request.formData();
      names.push(form.get("attachments[]").name, await form.get("attachments[]").text());
      return HttpResponse.json(MESSAGE);
    });
    assert.deepEqual(await clientOf(ORIGIN).sendAttachments(141, { attachments: prices() }), MESSAGE);
    assert.deepEqual(names, ["prices.csv", "Size,Price\n"]);
  });

  test("its network error proves nothing", async (t) => {
    await use(t, ORIGIN, () => HttpResponse.error());
    const call = clientOf(ORIGIN).sendText(141, HELLO);
    await rejection(call, "ConnectionError", { outcome: "unknown", attempts: 1 });
  });

  test("its error status is what the call ends with", async (t) => {
    await use(t, ORIGIN, () => HttpResponse.json({ status: 500 }, { status: 500 }));
    await rejection(clientOf(ORIGIN).sendText(141, HELLO), "ApiError", { status: 500, outcome: "unknown" });
  });

  test("what it lets through is sent once, attachments too", async (t) => {
    const server = await startServer(t);
    await use(t, server.url, () => passthrough());
    assert.deepEqual(await clientOf(server).sendText(141, HELLO), MESSAGE);
    assert.deepEqual(await clientOf(server).sendAttachments(141, { attachments: prices() }), MESSAGE);
    assert.equal(server.requests.length, 2);
    assert.match(server.requests[1].body.toString(), /filename="prices.csv"/);
  });

  test("what it lets through and is lost is unknown, and not repeated", async (t) => {
    const server = await startServer(t, (_, response) => response.socket.destroy());
    await use(t, server.url, () => passthrough());
    const call = clientOf(server).sendText(141, HELLO);
    await rejection(call, "ConnectionError", { outcome: "unknown", attempts: 1 });
    assert.equal(server.requests.length, 1);
  });

  test("what it lets through to a refused port is never called lost and repeated", async (t) => {
    const url = await closedPort();
    await use(t, url, () => passthrough());
    const error = await rejection(clientOf(url).sendText(141, HELLO), "ConnectionError");
    assert.equal(error.attempts, error.outcome === "not_sent" ? 3 : 1);
  });
});
