// One client, one pause: what a 429 means for all calls of a client, and `requestsPerSecond`.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { refusal, rejection } from "../lib/assertions.mjs";
import { clientOf, importInternal, livedesk } from "../lib/package.mjs";
import { MESSAGE, reply, startServer } from "../lib/servers.mjs";

const { Lane } = await importInternal("call/lane.js");
const HELLO = { content: "Hello" };

/** A lane under a clock of the test's own: `go(ms)` says who went by then, each as `name@time`. */
function laneAt(start = 0, spacing) {
  const lane = new Lane(spacing);
  const names = new Map();
  let now = start;
  const ticket = (name) => {
    if (!names.has(name)) names.set(name, { name, order: names.size });
    return names.get(name);
  };
  return {
    lane,
    ticket,
    enter: (...all) => {
      for (const name of all) lane.enter(ticket(name), now);
    },
    go: (until = now) => {
      const went = [];
      for (;;) {
        const { gone, at } = lane.release(now);
        went.push(...gone.map(({ name }) => `${name}@${now}`));
        if (at === undefined || at > until) break;
        now = at;
      }
      now = Math.max(now, until);
      return went;
    },
    passed: (...all) => {
      for (const name of all) lane.passed(ticket(name), now);
    },
    refused: (name, pause) => lane.refused(ticket(name), pause, now),
    lost: (name) => lane.lost(ticket(name)),
  };
}

describe("a lane", () => {
  test("lets all go at once while nobody is refused", () => {
    const { enter, go } = laneAt();
    enter("a", "b", "c");
    assert.deepEqual(go(), ["a@0", "b@0", "c@0"]);
  });

  test("pauses after a refusal, lets one go first, and the rest at the pace that worked", () => {
    const { enter, go, passed, refused } = laneAt();
    const first = Array.from("abcdefghij");
    enter(...first, "k", "l");
    go();
    passed(...first);
    refused("k", 1000);
    refused("l", 1000);
    enter("k", "l", "m", "n");
    assert.deepEqual(go(999), []);
    assert.deepEqual(go(5000), ["k@1000"], "a probe, and nobody until it is answered");
    passed("k");
    // Ten in the five seconds until now, and a tenth slower.
    assert.deepEqual(go(7000), ["l@5550", "m@6100", "n@6650"]);
  });

  test("counts refusals of requests that were under way together once, and each probe's", () => {
    const { enter, go, lane, refused, ticket } = laneAt();
    enter("a", "b", "c");
    go();
    refused("a", 5000);
    assert.equal(lane.refusals(ticket("b")), 1);
    refused("b", 5000);
    refused("c", 5000);
    enter("a", "b", "c");
    assert.deepEqual(go(6000), ["a@5000"]);
    assert.equal(lane.refusals(ticket("a")), 2);
    refused("a", 10_000);
    enter("a");
    assert.deepEqual(go(16_000), ["a@16000"]);
  });

  test("sends another probe when one got no answer", () => {
    const { enter, go, lost, passed, refused } = laneAt();
    enter("a", "b");
    go();
    refused("a", 1000);
    refused("b", 1000);
    enter("a", "b");
    assert.deepEqual(go(1000), ["a@1000"]);
    lost("a");
    assert.deepEqual(go(1000), ["b@1000"]);
    passed("b");
  });

  test("lets calls go in the order in which they began, repetitions first", () => {
    const { enter, go, passed, refused } = laneAt();
    enter("a");
    go();
    refused("a", 1000);
    enter("b", "c", "a");
    assert.deepEqual(go(1000), ["a@1000"]);
    passed("a");
    assert.deepEqual(
      go(10_000).map((went) => went[0]),
      ["b", "c"],
    );
  });

  test("forgets who left", () => {
    const { enter, go, lane, refused, ticket } = laneAt();
    enter("a");
    go();
    refused("a", 1000);
    enter("a", "b");
    lane.leave(ticket("a"));
    assert.deepEqual(go(1000), ["b@1000"]);
  });

  test("is never slower than one a second, and tries twice the pace after ten seconds", () => {
    const { enter, go, passed, refused } = laneAt();
    enter("a");
    go();
    refused("a", 60_000);
    enter("a", ...Array.from({ length: 40 }, (_, index) => `b${index}`));
    assert.deepEqual(go(60_000), ["a@60000"]);
    passed("a");
    assert.equal(go(69_999).length, 9);
    assert.equal(go(79_999).length, 20);
  });

  test("opens again once nobody waits any more", () => {
    const { enter, go, passed, refused } = laneAt();
    enter("a");
    go();
    refused("a", 1000);
    enter("a");
    go(1000);
    passed("a");
    go(5000);
    enter("b", "c", "d");
    assert.deepEqual(go(), ["b@5000", "c@5000", "d@5000"]);
  });

  test("is spaced with all others of its client", () => {
    const spacing = { interval: 20, nextAt: 0 };
    const one = laneAt(0, spacing);
    one.enter("a", "b");
    assert.deepEqual(one.go(30), ["a@0", "b@20"]);
    const other = laneAt(30, spacing);
    other.enter("c");
    assert.deepEqual(other.go(50), ["c@40"]);
  });
});

/** Takes `limit` requests in each second, and answers the rest with 429. */
function startLimited(t, limit, retryAfter) {
  let second;
  let count = 0;
  return startServer(t, (_, response) => {
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) [second, count] = [now, 0];
    count += 1;
    if (count > limit) reply(response, 429, "Retry later", { "Retry-After": retryAfter });
    else reply(response, 200, MESSAGE);
  });
}

/** A fetch that notes the contents it was given, in order. */
function recording() {
  const sent = [];
  const fetch = async (_, { body }) => {
    sent.push(JSON.parse(body).content);
    return Response.json(MESSAGE);
  };
  return { fetch, sent };
}

/** A client whose first call, `first`, has just been answered with 429; all others are answered well. */
async function startPaused(t, retryAfter, options) {
  const server = await startServer(t, ({ count }, response) => {
    if (count === 1) reply(response, 429, "Retry later", { "Retry-After": retryAfter });
    else reply(response, 200, MESSAGE);
  });
  const { promise, resolve } = deferred();
  const desk = clientOf(server, { onEvent: ({ type }) => type === "response" && resolve(), ...options });
  const first = desk.sendText(141, HELLO);
  first.catch(() => {});
  await promise;
  await sleep(0);
  return { server, desk, first };
}

function deferred() {
  let resolve;
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe("a client", { concurrency: true }, () => {
  test("gets 60 messages through, 20 at once, where 10 a second are taken", async (t) => {
    const server = await startLimited(t, 10, "1");
    const desk = clientOf(server);
    let left = 60;
    const work = async () => {
      while (left > 0) {
        left -= 1;
        await desk.sendText(141, HELLO);
      }
    };
    await Promise.all(Array.from({ length: 20 }, work));
    assert.ok(server.requests.length <= 90, `${server.requests.length} requests for 60 messages`);
  });

  test("sends nothing while it pauses, and waits only for its own Authorization", async (t) => {
    let tenant = "one";
    const authorization = () => `Bearer ${tenant}`;
    const options = { apiKey: undefined, apiSecret: undefined, authorization };
    const { server, desk, first } = await startPaused(t, "2", options);
    const second = desk.sendText(141, HELLO);
    await sleep(200);
    assert.equal(server.requests.length, 1);
    tenant = "two";
    await desk.sendText(141, HELLO);
    assert.equal(server.requests.length, 2);
    assert.equal(server.requests[1].headers.authorization, "Bearer two");
    await Promise.all([first, second]);
    assert.equal(server.requests.length, 4);
  });

  test("ends the wait of a call that is aborted, and nothing was sent of it", async (t) => {
    const { server, desk, first } = await startPaused(t, "2");
    const call = desk.sendText(141, HELLO, { signal: AbortSignal.timeout(50) });
    await rejection(call, "AbortError", { outcome: "not_sent", attempts: 0 });
    assert.equal(server.requests.length, 1);
    await first;
    assert.equal(server.requests.length, 2);
  });

  test("tells a call at once when the pause is longer than its totalTimeout", async (t) => {
    const { server, desk, first } = await startPaused(t, "4");
    const call = desk.sendText(141, HELLO, { totalTimeout: 500 });
    const error = await rejection(call, "TimeoutError", {
      ...{ code: "total_timeout", outcome: "not_sent", attempts: 0, conversationId: 141 },
    });
    assert.ok(error.retryAfterMs > 1000 && error.retryAfterMs <= 5000, `${error.retryAfterMs}`);
    assert.match(error.message, /waits \d s more, which is longer than totalTimeout leaves/);
    assert.equal(server.requests.length, 1);
    await first;
  });

  test("ends a call whose deadline comes while it waits for its turn", async () => {
    const { fetch, sent } = recording();
    const desk = clientOf("https://livedesk.invalid", { fetch, requestsPerSecond: 1, totalTimeout: 1500 });
    const calls = await Promise.allSettled(Array.from({ length: 5 }, () => desk.sendText(141, HELLO)));
    const ends = calls.map(({ value, reason }) => (value ? "sent" : `${reason.code} ${reason.outcome}`));
    assert.deepEqual(ends, ["sent", "sent", ...Array(3).fill("total_timeout not_sent")]);
    const waits = calls.slice(2).map(({ reason }) => Math.round(reason.retryAfterMs / 1000));
    assert.deepEqual(waits, [2, 3, 4]);
    assert.equal(sent.length, 2);
  });

  test("does not pause for who asks more than a minute: that call is told, later ones go on", async (t) => {
    const { desk, first } = await startPaused(t, "120");
    const error = await rejection(first, "ApiError", { code: "rate_limited", attempts: 1 });
    assert.equal(error.retryAfterMs, 120_000);
    assert.deepEqual(await desk.sendText(141, HELLO), MESSAGE);
  });

  test("pauses for the others even when the call that was refused may not try again", async (t) => {
    const { desk, first } = await startPaused(t, "1", { maxRetries: 0 });
    await rejection(first, "ApiError", { code: "rate_limited", attempts: 1 });
    const started = performance.now();
    await desk.sendText(141, HELLO);
    assert.ok(performance.now() - started > 500);
  });

  test("sends requestsPerSecond in order", async () => {
    const { fetch, sent } = recording();
    const desk = clientOf("https://livedesk.invalid", { fetch, requestsPerSecond: 20 });
    const started = performance.now();
    await Promise.all(Array.from({ length: 11 }, (_, index) => desk.sendText(141, { content: `${index}` })));
    assert.ok(performance.now() - started >= 490);
    assert.deepEqual(
      sent,
      Array.from({ length: 11 }, (_, index) => `${index}`),
    );
  });

  test("refuses a requestsPerSecond that is none", async () => {
    for (const requestsPerSecond of [0, -1, Number.NaN, Infinity, "50"]) {
      const make = async () => new livedesk.LiveDesk({ baseUrl: "https://x.invalid", requestsPerSecond });
      await rejection(make(), "ValidationError", { outcome: "not_sent" });
    }
    await refusal(
      clientOf("https://x.invalid", { requestsPerSecond: 1 }).sendText(0, HELLO),
      "conversationId",
    );
  });
});
