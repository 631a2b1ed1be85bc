// Dispatchers of the users' own: in a wrapper's init, and for all that their process fetches.

import assert from "node:assert/strict";
import { request } from "node:http";
import test, { after, before } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent, Dispatcher, interceptors, ProxyAgent, RetryAgent } from "undici";
import { Agent as Agent6, RetryAgent as RetryAgent6 } from "undici6";
import { assertError } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { closedPort, MESSAGE } from "../lib/servers.mjs";
import { assertUntouched, settled, withoutJitter } from "./calls.mjs";
import { use } from "./global-dispatcher.mjs";
import { startFaultServer } from "./server.mjs";

const HELLO = { content: "Hello" };
const CALLS = 50;
const TIMEOUT_MS = 700;

withoutJitter({ before, after });

const send = (server, options) => settled(clientOf(server, options).sendText(141, HELLO));
const succeeding = { atEnd: (exchange) => exchange.succeed() };
const storingThenReset = { atEnd: (exchange) => exchange.store().reset() };

for (const [what, make] of [
  ["an Agent", () => new Agent()],
  ["an Agent of undici 6", () => new Agent6()],
  ["a ProxyAgent", async () => new ProxyAgent(await closedPort())],
]) {
  test(`a wrapper's own dispatcher, ${what}: what fails is unknown, and not repeated`, async (t) => {
    const dispatcher = await make();
    t.after(() => dispatcher.destroy());
    const fetch = (url, init) => globalThis.fetch(url, { ...init, dispatcher });
    const { error } = await send(await closedPort(), { fetch });
    assertError(error, "ConnectionError", { outcome: "unknown", attempts: 1 });
    const seen = await startFaultServer(t, storingThenReset);
    assertError((await send(seen, { fetch })).error, "ConnectionError", { outcome: "unknown", attempts: 1 });
    const good = await startFaultServer(t, succeeding);
    const { message } = await send(good, { fetch });
    assert.equal(good.stored, message ? 1 : 0);
  });
}

test("few connections, never answered: the calls that were still queued are not_sent, and never sent", async (t) => {
  use(t, new Agent({ connections: 1 }));
  const seen = await startFaultServer(t, { atEnd: (exchange) => exchange.store() });
  const desk = clientOf(seen, { timeout: TIMEOUT_MS, maxRetries: 0 });
  const results = await Promise.all(Array.from({ length: CALLS }, () => settled(desk.sendText(141, HELLO))));
  const outcomes = results.map(({ error }) => assertError(error, "TimeoutError").outcome);
  const count = (outcome) => outcomes.filter((each) => each === outcome).length;
  await sleep(TIMEOUT_MS);
  assert.deepEqual([count("unknown"), count("not_sent")], [1, CALLS - 1]);
  assert.equal(seen.stored, 1);
});

test("few connections, slowly answered: whatever is not_sent is never stored, and the rest once", async (t) => {
  use(t, new Agent({ connections: 1 }));
  const seen = await startFaultServer(t, {
    atEnd: (exchange) => {
      exchange.store();
      setTimeout(() => exchange.answer(200, JSON.stringify(MESSAGE)), 40);
    },
  });
  const desk = clientOf(seen, { timeout: TIMEOUT_MS, maxRetries: 0 });
  const results = await Promise.all(Array.from({ length: CALLS }, () => settled(desk.sendText(141, HELLO))));
  const sent = results.filter(({ message }) => message).length;
  const outcomes = results.flatMap(({ error }) => (error ? [error.outcome] : []));
  const unknown = outcomes.filter((outcome) => outcome === "unknown").length;
  await sleep(TIMEOUT_MS);
  // When the one under way is given up, the next may be given to a connection just before its own time is up.
  assert.ok(sent > 0 && unknown <= 3, `${sent} sent, ${unknown} unknown`);
  assert.ok(outcomes.includes("not_sent"));
  assert.ok(seen.stored >= sent && seen.stored <= sent + unknown, `${seen.stored} stored`);
});

test("few connections, aborted together: the one that was given is unknown, the queued are not_sent", async (t) => {
  use(t, new Agent({ connections: 1 }));
  const seen = await startFaultServer(t, { atEnd: (exchange) => exchange.store() });
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const desk = clientOf(seen);
  const calls = Array.from({ length: CALLS }, () => settled(desk.sendText(141, HELLO, { signal })));
  const outcomes = (await Promise.all(calls)).map(({ error }) => assertError(error, "AbortError").outcome);
  await sleep(100);
  assert.equal(outcomes.filter((outcome) => outcome === "unknown").length, 1);
  assert.equal(seen.stored, 1);
});

const RETRY = { maxRetries: 2, minTimeout: 10, methods: ["POST"], statusCodes: [429, 500] };

for (const [version, make] of [
  ["undici 7", () => new RetryAgent(new Agent(), RETRY)],
  ["undici 6", () => new RetryAgent6(new Agent6(), RETRY)],
]) {
  test(`a RetryAgent (${version}) at a refused connection: nothing was stored, whatever is said`, async (t) => {
    use(t, make());
    assertError((await send(await closedPort())).error, "ConnectionError");
  });

  for (const [what, first] of [
    ["reset", (exchange) => exchange.store().reset()],
    ["500", (exchange) => exchange.store().answer(500, "{}")],
  ]) {
    test(`a RetryAgent (${version}), stored then ${what}, then 429: never called rejected, or asked again`, async (t) => {
      use(t, make());
      const seen = await startFaultServer(t, {
        atEnd: (exchange) =>
          exchange.count === 1 ? first(exchange) : exchange.answer(429, "", { "Retry-After": "0" }),
      });
      for (const call of [
        (desk) => desk.sendText(141, HELLO),
        (desk) => desk.retryMessage(141, 29),
        (desk) => desk.sendAttachments(141, { attachments: [new File(["x"], "x.txt")] }),
      ]) {
        seen.requests.length = seen.stored = 0;
        const { error } = await settled(call(clientOf(seen)));
        assert.equal(error.outcome, "unknown");
        assert.equal(error.attempts, 1);
      }
    });
  }
}

for (const [what, compose] of [
  ["retry", () => interceptors.retry({ maxRetries: 2, minTimeout: 10 })],
  ["dns", () => interceptors.dns()],
  ["redirect", () => interceptors.redirect({ maxRedirections: 3 })],
]) {
  test(`an Agent with the interceptor ${what}: sent once, lost is unknown, and nothing is repeated`, async (t) => {
    use(t, new Agent().compose(compose()));
    const good = await startFaultServer(t, succeeding);
    assert.deepEqual((await send(good)).message, MESSAGE);
    const lost = await startFaultServer(t, storingThenReset);
    assertError((await send(lost)).error, "ConnectionError", { outcome: "unknown", attempts: 1 });
    assert.deepEqual([good.stored, lost.stored], [1, 1]);
    assertError((await send(await closedPort())).error, "ConnectionError");
  });

  test(`an Agent with the interceptor ${what}: a redirect is ${what === "redirect" ? "its own" : "rejected"}`, async (t) => {
    use(t, new Agent().compose(compose()));
    const other = await startFaultServer(t, succeeding);
    const seen = await startFaultServer(t, {
      atEnd: (exchange) => exchange.answer(307, "", { Location: `${other.url}/moved` }),
    });
    const { error } = await send(seen);
    if (what === "redirect") {
      // Where a user has asked for that, a redirect is followed below us, without our credentials.
      assert.deepEqual(
        other.requests.map(({ headers }) => headers.authorization),
        other.requests.map(() => undefined),
      );
      if (error && error.outcome !== "unknown") assert.equal(other.stored, 0);
    } else {
      assertError(error, "ApiError", { status: 307, outcome: "rejected", attempts: 1 });
      assertUntouched(other);
    }
  });
}

/** Sends by means of its own, and tells fetch that no connection came about. */
class Stranger extends Dispatcher {
  constructor(live) {
    super();
    this.live = live;
  }
  dispatch({ path, method }, handler) {
    const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED", syscall: "connect" });
    const end = () => (handler.onError ? handler.onError(refused) : handler.onResponseError({}, refused));
    request(this.live.url + path, { method }, (incoming) => incoming.resume().on("end", end)).end();
    return true;
  }
  async destroy() {}
}

test("a global dispatcher that somebody else wrote proves nothing: once, and unknown", async (t) => {
  const live = await startFaultServer(t, succeeding);
  use(t, new Stranger(live));
  const { error } = await send("https://livedesk.invalid", { maxRetries: 3 });
  assertError(error, "ConnectionError", { outcome: "unknown", attempts: 1 });
  assert.equal(live.stored, 1);
});
