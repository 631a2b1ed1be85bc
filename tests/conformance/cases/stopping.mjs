// How a call ends before its answer does: the caller's signal and the time limits.

import { check, equal } from "../check.mjs";
import { pause } from "../context.mjs";

const HELLO = { content: "Hello" };
/** How long a server may take to notice that a client went away. */
const GONE_MS = 2000;
const REASONS = { "an Error": new Error("enough"), text: "enough", "an object": {}, null: null, 0: 0 };

/** Until the server has seen a request, whose answer it owes. */
async function arrival(seen) {
  for (;;) {
    const now = await seen();
    if (now.requests.length > 0) return now;
    await pause(10);
  }
}

/** Whether the server has seen the connection go. */
async function hasGone(seen) {
  const end = Date.now() + GONE_MS;
  while (Date.now() < end) {
    if ((await seen()).gone === 1) return true;
    await pause(20);
  }
  return false;
}

function timed(ms, limit) {
  check(ms >= limit - 5 && ms < limit + 2000, `took ${ms} ms`);
}

async function elapsed(promise) {
  const started = Date.now();
  await promise;
  return Date.now() - started;
}

export const cases = {
  ...Object.fromEntries(
    Object.entries(REASONS).map(([what, reason]) => [
      `aborted before the call with ${what}: not_sent, and the reason is the cause`,
      async ({ client, rejection, seen }) => {
        const controller = new AbortController();
        controller.abort(reason);
        const call = client().sendText(141, HELLO, { signal: controller.signal });
        const fields = { code: "aborted", outcome: "not_sent", attempts: 0 };
        const error = await rejection(call, "AbortError", fields);
        check(Object.is(error.cause, reason), `cause is ${error.cause}`);
        equal((await seen()).requests, []);
      },
    ]),
  ),

  "aborted without a reason: the cause is the platform's": async ({ client, rejection }) => {
    const call = client().sendText(141, HELLO, { signal: AbortSignal.abort() });
    const { cause } = await rejection(call, "AbortError", { outcome: "not_sent" });
    equal(cause.name, "AbortError");
  },

  "aborted while the request is under way: unknown, and the server sees the connection go": async ({
    faulty,
    rejection,
    seen,
  }) => {
    const controller = new AbortController();
    const reason = { any: "value" };
    const desk = faulty("stored then never answered");
    const call = desk.sendText(141, HELLO, { signal: controller.signal });
    arrival(seen).then(() => controller.abort(reason));
    const fields = { code: "aborted", outcome: "unknown", attempts: 1, conversationId: 141 };
    const error = await rejection(call, "AbortError", fields);
    check(error.cause === reason, `cause is ${error.cause}`);
    check(await hasGone(seen), "the connection stayed");
    equal((await seen()).requests.length, 1);
  },

  "aborted in the middle of the answer: unknown, and the server sees the connection go": async ({
    faulty,
    rejection,
    seen,
  }) => {
    const controller = new AbortController();
    const desk = faulty("stored then stalled in the body");
    const call = desk.sendText(141, HELLO, { signal: controller.signal });
    arrival(seen).then(async () => {
      await pause(50);
      controller.abort("enough");
    });
    await rejection(call, "AbortError", { outcome: "unknown", attempts: 1, cause: "enough" });
    check(await hasGone(seen), "the connection stayed");
  },

  "aborted while it waits to try again: at once, and nothing was created": async ({
    faulty,
    rejection,
    seen,
  }) => {
    const controller = new AbortController();
    const onEvent = ({ type }) => type === "retry" && setTimeout(() => controller.abort("enough"), 50);
    const desk = faulty("429 with Retry-After: 30", { onEvent });
    const call = desk.sendText(141, HELLO, { signal: controller.signal });
    const fields = { outcome: "not_sent", attempts: 1, cause: "enough" };
    const ms = await elapsed(rejection(call, "AbortError", fields));
    check(ms < 3000, `took ${ms} ms`);
    equal((await seen()).requests.length, 1);
  },

  "aborted while authorization is asked: not_sent": async ({ client, rejection, seen }) => {
    const controller = new AbortController();
    const authorization = () => {
      setTimeout(() => controller.abort(), 20);
      return new Promise(() => {});
    };
    const desk = client({ apiKey: undefined, apiSecret: undefined, authorization });
    const call = desk.sendText(141, HELLO, { signal: controller.signal });
    await rejection(call, "AbortError", { outcome: "not_sent", attempts: 0 });
    equal((await seen()).requests, []);
  },

  "aborted after the answer: nothing happens": async ({ client }) => {
    const controller = new AbortController();
    const message = await client().sendText(141, HELLO, { signal: controller.signal });
    controller.abort();
    equal(message.status, "sent");
  },

  "AbortSignal.timeout ends a call as an abort, its reason the cause": async ({ faulty, rejection }) => {
    const desk = faulty("stored then never answered");
    const call = desk.sendText(141, HELLO, { signal: AbortSignal.timeout(200) });
    const { cause } = await rejection(call, "AbortError", { code: "aborted", outcome: "unknown" });
    equal(cause.name, "TimeoutError");
  },

  "an upload can be aborted": async ({ faulty, rejection, seen }) => {
    const controller = new AbortController();
    const attachments = [new File([new Uint8Array(3 * 1024 * 1024)], "large.bin")];
    const desk = faulty("stored then never answered");
    const call = desk.sendAttachments(141, { attachments }, { signal: controller.signal });
    arrival(seen).then(() => controller.abort());
    await rejection(call, "AbortError", { outcome: "unknown", attempts: 1 });
    check(await hasGone(seen), "the connection stayed");
  },

  ...Object.fromEntries(
    ["stored then never answered", "stored then stalled in the body"].flatMap((fault) => [
      [
        `timeout, ${fault}: unknown, never repeated, and the server sees the connection go`,
        async ({ faulty, rejection, seen }) => {
          const call = faulty(fault, { timeout: 300 }).sendText(141, HELLO);
          const fields = { code: "timeout", outcome: "unknown", attempts: 1 };
          timed(await elapsed(rejection(call, "TimeoutError", fields)), 300);
          check(await hasGone(seen), "the connection stayed");
          equal((await seen()).requests.length, 1);
        },
      ],
      [
        `totalTimeout, ${fault}: unknown`,
        async ({ faulty, rejection }) => {
          const call = faulty(fault, { totalTimeout: 300 }).sendText(141, HELLO);
          const fields = { code: "total_timeout", outcome: "unknown", attempts: 1 };
          timed(await elapsed(rejection(call, "TimeoutError", fields)), 300);
        },
      ],
    ]),
  ),

  "a request's own timeout takes the place of the client's": async ({ faulty, rejection }) => {
    const desk = faulty("stored then never answered", { timeout: 60_000 });
    const ms = await elapsed(
      rejection(desk.sendText(141, HELLO, { timeout: 200 }), "TimeoutError", { code: "timeout" }),
    );
    timed(ms, 200);
  },

  "timeout while authorization is asked: not_sent": async ({ client, rejection, seen }) => {
    const authorization = () => new Promise(() => {});
    const desk = client({ apiKey: undefined, apiSecret: undefined, authorization, timeout: 100 });
    const fields = { code: "timeout", outcome: "not_sent", attempts: 0 };
    await rejection(desk.sendText(141, HELLO), "TimeoutError", fields);
    equal((await seen()).requests, []);
  },

  "a limit of 0 is none, and one beyond what timers hold does not fire at once": async ({ faulty }) => {
    for (const limit of [0, 2 ** 45]) {
      const desk = faulty("a slow first byte", { timeout: limit, totalTimeout: limit });
      equal((await desk.sendText(141, HELLO)).status, "sent");
    }
  },
};
