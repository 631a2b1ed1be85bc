// An engine that breaks down, as it would in a panic, and many calls at once: each of these alone.

import { caught, check, equal } from "../check.mjs";
import { pause } from "../context.mjs";

const MANY = 100;

/** Runs with what writes text that is not ASCII into the engine's memory throwing, while Rust asks for it. */
async function withBrokenEncoder(run) {
  const { prototype } = TextEncoder;
  const { encodeInto } = prototype;
  prototype.encodeInto = () => {
    throw new Error("broken on purpose");
  };
  try {
    return await run();
  } finally {
    prototype.encodeInto = encodeInto;
  }
}

export const cases = {
  "an engine that breaks down rejects every pending call, and the next call works": async ({
    livedesk,
    client,
    rejection,
    seen,
  }) => {
    await livedesk.preload();
    const silent = client({ fetch: () => new Promise(() => {}) });
    const pending = silent.sendText(141, { content: "Hello" });
    pending.catch(() => {});
    await pause(20);
    const message = Object.freeze({ content: "Grüße" });
    const error = await withBrokenEncoder(() => caught(livedesk.validate("text", message)));
    // What only asked something has sent nothing for sure.
    const code = "internal_error";
    await rejection(Promise.reject(error), "LiveDeskError", { code, outcome: "not_sent" });
    await rejection(pending, "LiveDeskError", { code, outcome: "unknown" });
    equal(await livedesk.validate("text", message), []);
    await client().sendText(141, message);
    equal((await seen()).stored, 1);
  },

  "100 calls at once are 100 messages, each answered with its own": async ({ client, seen }) => {
    const desk = client();
    const contents = Array.from({ length: MANY }, (_, index) => `message ${index}`);
    const answers = await Promise.all(contents.map((content) => desk.sendText(141, { content })));
    equal(
      answers.map(({ content }) => content),
      contents,
    );
    equal(new Set(answers.map(({ id }) => id)).size, MANY);
    equal((await seen()).messages[141].length, MANY);
  },

  "100 failures at once are 100 errors, each of its own conversation": async ({ faulty }) => {
    const desk = faulty("a 422 that echoes the request");
    const calls = Array.from({ length: MANY }, (_, index) => desk.sendText(index + 1, { content: "Hello" }));
    const settled = await Promise.allSettled(calls);
    equal(
      settled.map(({ reason }) => reason.conversationId),
      settled.map((_, index) => index + 1),
    );
    check(
      settled.every(({ reason }) => reason.status === 422),
      "another status",
    );
  },
};
