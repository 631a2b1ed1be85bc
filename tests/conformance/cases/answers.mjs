// What LiveDesk answers, as errors: their classes and fields, failed deliveries, and that no secret shows.

import { check, equal } from "../check.mjs";
import { AUTHORIZATION, CREDENTIALS } from "../context.mjs";

const HELLO = { content: "Hello" };
const CODES = { 400: "invalid_request", 401: "unauthorized", 404: "not_found", 422: "invalid_request" };
const CONTENT = "Dear Ada, your code is swordfish";
const SECRETS = [...Object.values(CREDENTIALS), AUTHORIZATION.slice(6), CONTENT, "swordfish"];
const KEPT_BYTES = 64 * 1024;

/** Everything that a page or program could log of an error without asking for more. */
function shown(error) {
  const own = Object.getOwnPropertyNames(error).map((name) => `${name}: ${text(error[name])}`);
  return [String(error), error.stack, text(error), text({ ...error }), text(error.cause), ...own].join("\n");
}

function text(value) {
  return `${String(value)} ${JSON.stringify(value)} ${value?.stack ?? ""}`;
}

function checkSilent(error) {
  for (const secret of SECRETS) check(!shown(error).includes(secret), `shows ${secret}: ${shown(error)}`);
}

export const cases = {
  ...Object.fromEntries(
    Object.entries(CODES).map(([status, code]) => [
      `a ${status} of LiveDesk is an ApiError, rejected`,
      async ({ client, rejection, seen }) => {
        const conversationId = Number(`900${status}`);
        const fields = { code, outcome: "rejected", status: Number(status), attempts: 1, conversationId };
        const error = await rejection(client().sendText(conversationId, HELLO), "ApiError", fields);
        check(typeof error.body === "object", `body is ${error.body}`);
        equal((await seen()).stored, 0);
      },
    ]),
  ),

  "an ApiError has the body, the headers and the request's id": async ({ faulty, rejection }) => {
    const call = faulty("a 422 that echoes the request").sendText(141, HELLO);
    const error = await rejection(call, "ApiError", { requestId: "r-1", code: "invalid_request" });
    check(error.headers instanceof Headers, "headers are no Headers");
    equal(error.headers.get("X-Request-Id"), "r-1");
    check(error.body.error.startsWith("Validation failed: "), JSON.stringify(error.body));
  },

  "an error's body is kept up to 64 KiB": async ({ faulty, rejection }) => {
    const call = faulty("a 500 with a page of 1 MiB").sendText(141, HELLO);
    const { body } = await rejection(call, "ApiError", { status: 500, outcome: "unknown" });
    equal(body.length, KEPT_BYTES);
  },

  "a failed delivery is a DeliveryError with the message and the reason": async ({
    livedesk,
    client,
    rejection,
    seen,
  }) => {
    const call = client().sendText(900131, HELLO);
    const error = await rejection(call, "DeliveryError", { code: "delivery_failed", outcome: "failed" });
    const [stored] = (await seen()).messages[900131];
    equal([error.messageId, error.sent.id, error.sent.status], [stored.id, stored.id, "failed"]);
    equal(error.failure, await livedesk.explainFailure(error.sent));
    equal([error.failure.class, error.failure.canRetry], ["use_template", false]);
  },

  "explainFailure tells what to do": async ({ livedesk }) => {
    const { explainFailure } = livedesk;
    const failure = await explainFailure("131049: Healthy ecosystem", { channel: "whatsapp" });
    equal([failure.class, failure.canRetry, failure.retryAfterMs], ["wait", false, 86_400_000]);
    equal((await explainFailure("131026: Undeliverable")).class, "never");
    equal((await explainFailure(null)).class, "unknown");
    for (const odd of [7, Symbol("x"), () => {}, new Date(), { content_attributes: 7 }]) {
      equal((await explainFailure(odd)).class, "unknown");
    }
  },

  "a fetch that throws is a ConnectionError, its cause kept whatever it is": async ({
    client,
    rejection,
  }) => {
    for (const thrown of [new TypeError("Failed to fetch"), "text", undefined, null, { code: "E" }]) {
      const desk = client({ fetch: () => Promise.reject(thrown) });
      const fields = { code: "connection_lost", outcome: "unknown", attempts: 1 };
      const error = await rejection(desk.sendText(141, HELLO), "ConnectionError", fields);
      check(Object.is(error.cause, thrown), `cause is ${error.cause}`);
    }
  },

  "a fetch that gives no Response is a ResponseError": async ({ client, rejection }) => {
    for (const given of [null, undefined, {}, 200, Response.error()]) {
      const desk = client({ fetch: async () => given });
      await rejection(desk.sendText(141, HELLO), "ResponseError", { outcome: "unknown", attempts: 1 });
    }
  },

  "no error shows a credential or content, even when the answer echoes both": async ({
    faulty,
    client,
    rejection,
  }) => {
    const message = { content: CONTENT };
    checkSilent(await rejection(faulty("a 422 that echoes the request").sendText(141, message), "ApiError"));
    checkSilent(await rejection(faulty("stored then 500").sendText(141, message), "ApiError"));
    checkSilent(await rejection(faulty("stored then reset").sendText(141, message), "ConnectionError"));
    const stalled = faulty("stored then never answered", { timeout: 100 });
    checkSilent(await rejection(stalled.sendText(141, message), "TimeoutError"));
    checkSilent(await rejection(faulty("stored then a cut body").sendText(141, message), "ResponseError"));
    checkSilent(
      await rejection(client().sendText(CONTENT, { ...message, text: CONTENT }), "ValidationError"),
    );
    const echoed = async (_, { headers, body }) => new Response(JSON.stringify({ headers, body }));
    checkSilent(await rejection(client({ fetch: echoed }).sendText(141, message), "ResponseError"));
  },

  "a client shows no credential": ({ client }) => {
    const desk = client();
    for (const secret of SECRETS) check(!text(desk).includes(secret), text(desk));
    equal(Object.getOwnPropertyNames(desk), []);
  },

  "an error as JSON has what a log needs": async ({ faulty, rejection }) => {
    const error = await rejection(faulty("stored then 500").sendText(141, HELLO), "ApiError");
    const { name, message, code, outcome, attempts, status, ...rest } = JSON.parse(JSON.stringify(error));
    equal([name, message, code], ["ApiError", error.message, "server_error"]);
    equal([outcome, attempts, status, rest], ["unknown", 1, 500, { conversationId: 141 }]);
  },
};
