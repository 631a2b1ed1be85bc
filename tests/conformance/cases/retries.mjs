// What is sent again, and what never is; what onEvent is told of it; and a server that nobody can connect to.

import { check, equal } from "../check.mjs";
import { CREDENTIALS } from "../context.mjs";

const HELLO = { content: "Hello" };
const PATH = "/api/v2/accounts/conversations/141/messages";

async function addresses(origin) {
  return (await fetch(`${origin}/about`)).json();
}

export const cases = {
  "a 429 with Retry-After is waited for and repeated: 2 requests, 1 stored": async ({ client, seen }) => {
    const started = Date.now();
    const message = await client().sendText(900430, HELLO);
    const ms = Date.now() - started;
    check(message.status === "sent" && ms >= 1000 && ms < 5000, `took ${ms} ms`);
    const { stored, requests } = await seen();
    equal([stored, requests.length], [1, 2]);
  },

  "a 429 that asks for more than a minute ends at once, and says for how much": async ({
    faulty,
    rejection,
  }) => {
    const call = faulty("429 with Retry-After: 120").sendText(141, HELLO);
    await rejection(call, "ApiError", { status: 429, attempts: 1, retryAfterMs: 120_000 });
  },

  "a wait longer than totalTimeout leaves is not begun": async ({ faulty, rejection, seen }) => {
    const call = faulty("429 with Retry-After: 30", { totalTimeout: 5000 }).sendText(141, HELLO);
    await rejection(call, "ApiError", { attempts: 1, retryAfterMs: 30_000 });
    equal((await seen()).requests.length, 1);
  },

  "maxRetries 0 is one request": async ({ faulty, rejection, seen }) => {
    const desk = faulty("429 with Retry-After: 0 for ever", { maxRetries: 0 });
    await rejection(desk.sendText(141, HELLO), "ApiError", { status: 429, attempts: 1 });
    equal((await seen()).requests.length, 1);
  },

  "dangerouslyRetryUnknown repeats what may be stored, and the outcome stays unknown": async ({
    faulty,
    rejection,
    seen,
  }) => {
    const options = { dangerouslyRetryUnknown: true, maxRetries: 1 };
    const call = faulty("stored then 500").sendText(141, HELLO, options);
    await rejection(call, "ApiError", { outcome: "unknown", status: 500, attempts: 2 });
    equal((await seen()).stored, 2);
  },

  "a refused connection is not_sent and repeated where the platform proves it, else unknown": async ({
    client,
    origin,
    platform,
    rejection,
  }) => {
    const { refusing } = await addresses(origin);
    const call = client({ baseUrl: refusing, maxRetries: 1 }).sendText(141, HELLO);
    const fields = platform.has("cannot prove not_sent")
      ? { code: "connection_lost", outcome: "unknown", attempts: 1 }
      : { code: "not_connected", outcome: "not_sent", attempts: 2 };
    const error = await rejection(call, "ConnectionError", fields);
    check(error.cause instanceof Error, `cause is ${error.cause}`);
  },

  "a redirect is not followed with a file either, large or small": async ({ faulty, rejection, seen }) => {
    const sizes = [10, 1_500_000];
    for (const size of sizes) {
      const attachments = [new File([new Uint8Array(size)], "a.bin")];
      const call = faulty("a 307 to another server").sendAttachments(141, { attachments });
      // The server redirects the first request alone: whoever repeats it has a message stored.
      if (size === sizes[0]) await rejection(call, "ApiError", { code: "redirected", outcome: "rejected" });
      else equal((await call).status, "sent");
    }
    const { elsewhere, requests } = await seen();
    equal([elsewhere, requests.length], [[], 2]);
  },

  "a large file that meets a redirect is rejected": async ({ faulty, rejection, seen }) => {
    const attachments = [new File([new Uint8Array(1_500_000)], "a.bin")];
    const call = faulty("a 308 to another server").sendAttachments(141, { attachments });
    await rejection(call, "ApiError", { code: "redirected", outcome: "rejected", attempts: 1 });
    const { elsewhere, requests, stored } = await seen();
    equal([elsewhere, requests.length, stored], [[], 1, 0]);
  },

  "onEvent is told of every request, response and retry, and of the end, in their order, and of nothing else":
    async ({ faulty }) => {
      const events = [];
      const desk = faulty("429 with Retry-After: 0 once", { onEvent: (event) => events.push(event) });
      const { id } = await desk.sendText(141, { content: "my code is swordfish" });
      const rest = events.map(({ durationMs, delayMs, path, callId, ...event }) => event);
      const call = { kind: "text", conversationId: 141 };
      const common = { ...call, method: "POST" };
      equal(rest, [
        { type: "request", ...common, attempt: 1 },
        { type: "response", ...common, attempt: 1, status: 429, outcome: "rejected" },
        { type: "retry", ...common, attempt: 1 },
        { type: "request", ...common, attempt: 2 },
        { type: "response", ...common, attempt: 2, status: 200 },
        { type: "end", ...call, messageId: id, outcome: "sent", attempts: 2 },
      ]);
      check(
        events.every(({ path, type }) => type === "end" || path.endsWith(PATH)),
        "another path",
      );
      check(new Set(events.map(({ callId }) => callId)).size === 1, "another call");
      check(events[1].durationMs >= 0 && events[2].delayMs >= 0, "no time");
      const told = JSON.stringify(events);
      for (const secret of [...Object.values(CREDENTIALS), "swordfish", "Basic"])
        check(!told.includes(secret), told);
    },

  "an onEvent that throws or rejects changes nothing": async ({ client, seen }) => {
    const throws = () => {
      throw new Error("broken");
    };
    for (const onEvent of [throws, async () => throws()]) {
      equal((await client({ onEvent }).sendText(141, HELLO)).status, "sent");
    }
    equal((await seen()).stored, 2);
  },
};
