// HTTP/2, which Node's fetch speaks when its dispatcher is told to.

import assert from "node:assert/strict";
import { constants, createSecureServer } from "node:http2";
import test, { after, before } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { assertError } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { MESSAGE, TLS } from "../lib/servers.mjs";
import { CALLS, settled, withoutJitter } from "./calls.mjs";

const KINDS = CALLS.filter(({ isLarge }) => !isLarge);
const AT_ONCE = 50;

withoutJitter({ before, after });

/** `respond(stream, seen)` is asked once the whole request is there; `opened(stream)` at its beginning. */
async function startHttp2(t, { respond = succeed, opened = () => {} } = {}) {
  const seen = { url: "", streams: 0, stored: 0 };
  const sessions = new Set();
  const server = createSecureServer({ ...TLS, allowHTTP1: false });
  server.on("session", (session) => sessions.add(session.on("error", () => {})));
  server.on("stream", (stream) => {
    seen.streams += 1;
    stream.on("error", () => {});
    opened(stream);
    stream.resume().on("end", () => stream.closed || respond(stream, seen));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  seen.url = `https://localhost:${server.address().port}`;
  const own = getGlobalDispatcher();
  const agent = new Agent({ allowH2: true, connect: { ca: TLS.cert } });
  setGlobalDispatcher(agent);
  t.after(async () => {
    setGlobalDispatcher(own);
    await agent.destroy();
    for (const session of sessions) session.destroy();
    server.close();
  });
  return seen;
}

function succeed(stream, seen) {
  seen.stored += 1;
  answer(stream, 200, MESSAGE);
}

function answer(stream, status, body, headers) {
  if (stream.destroyed) return;
  stream.respond({ ":status": status, "content-type": "application/json", ...headers });
  stream.end(JSON.stringify(body));
}

for (const { what, send } of KINDS) {
  test(`HTTP/2: ${what} is answered`, async (t) => {
    const seen = await startHttp2(t);
    assert.deepEqual((await settled(send(clientOf(seen)))).message, MESSAGE);
    assert.deepEqual([seen.streams, seen.stored], [1, 1]);
  });

  test(`HTTP/2: ${what} at a 429 once is sent again, and stored once`, async (t) => {
    const seen = await startHttp2(t, {
      respond: (stream, seen) =>
        seen.streams === 1 ? answer(stream, 429, "", { "retry-after": "0" }) : succeed(stream, seen),
    });
    assert.deepEqual((await settled(send(clientOf(seen)))).message, MESSAGE);
    assert.deepEqual([seen.streams, seen.stored], [2, 1]);
  });

  for (const [how, behave] of [
    ["a refused stream", { opened: (stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM) }],
    ["GOAWAY and nothing more", { opened: ({ session }) => session.goaway() }],
    ["stored then session destroyed", { respond: (stream, seen) => lose(stream, seen) }],
    ["stored then GOAWAY", { respond: (stream, seen) => goAway(stream, seen) }],
  ]) {
    test(`HTTP/2, ${how}: ${what} is stored once at most, and never called not_sent then`, async (t) => {
      const seen = await startHttp2(t, behave);
      const { message, error } = await settled(send(clientOf(seen, { timeout: 1500 })));
      await sleep(50);
      assert.ok(seen.stored <= 1, `stored ${seen.stored} times`);
      if (message) assert.equal(seen.stored, 1);
      else if (seen.stored > 0) assertError(error, error.name, { outcome: "unknown", attempts: 1 });
    });
  }

  test(`HTTP/2, stored then never answered: ${what} is unknown, and not repeated`, async (t) => {
    const seen = await startHttp2(t, {
      respond: (_, seen) => {
        seen.stored += 1;
      },
    });
    const { error } = await settled(send(clientOf(seen, { timeout: 700 })));
    assertError(error, "TimeoutError", { outcome: "unknown", attempts: 1 });
    assert.equal(seen.stored, 1);
  });
}

function lose(stream, seen) {
  seen.stored += 1;
  stream.session.destroy();
}

function goAway(stream, seen) {
  seen.stored += 1;
  stream.session.goaway();
  stream.session.close();
  stream.close(constants.NGHTTP2_INTERNAL_ERROR);
}

test(`HTTP/2: ${AT_ONCE} at once are each stored once`, async (t) => {
  const seen = await startHttp2(t);
  const desk = clientOf(seen);
  const calls = Array.from({ length: AT_ONCE }, () => settled(desk.sendText(141, { content: "Hello" })));
  for (const { message, error } of await Promise.all(calls)) assert.deepEqual(message, MESSAGE, error?.stack);
  assert.equal(seen.stored, AT_ONCE);
});

test(`HTTP/2: ${AT_ONCE} at once, every second one lost: what is stored is sent or unknown`, async (t) => {
  const seen = await startHttp2(t, {
    respond: (stream, seen) => {
      if (seen.streams % 2) return succeed(stream, seen);
      seen.stored += 1;
      stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    },
  });
  const desk = clientOf(seen);
  const calls = Array.from({ length: AT_ONCE }, () => settled(desk.sendText(141, { content: "Hello" })));
  const results = await Promise.all(calls);
  const outcomes = results.map(({ message, error }) => (message ? "sent" : error.outcome));
  const stored = outcomes.filter((outcome) => outcome === "sent" || outcome === "unknown").length;
  assert.equal(seen.stored, stored);
});
