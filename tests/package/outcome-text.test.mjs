// One sentence for the person who pressed Send.

import assert from "node:assert/strict";
import test from "node:test";
import { caught } from "../lib/assertions.mjs";
import { clientOf, inPackage, livedesk, requireInstalled } from "../lib/package.mjs";
import { startSandbox } from "../lib/servers.mjs";

const { outcomeText } = livedesk;
const OUTCOMES = ["not_sent", "rejected", "failed", "unknown"];
const CODES = {
  LiveDeskError: ["internal_error"],
  ValidationError: ["invalid_input"],
  ApiError: [
    ...["redirected", "unauthorized", "not_found", "request_timeout"],
    ...["too_large", "rate_limited", "invalid_request", "server_error"],
  ],
  ConnectionError: [
    ...["not_connected", "certificate_refused", "authorization_failed"],
    ...["form_failed", "file_unreadable", "connection_lost"],
  ],
  TimeoutError: ["timeout", "total_timeout", "rate_limited"],
  AbortError: ["aborted"],
  ResponseError: ["unreadable_response"],
  DeliveryError: ["delivery_failed", "attachments_lost"],
  LoadError: ["load_failed"],
};
const CLASSES = [
  ...["retry_now", "retry_later", "wait", "use_template", "fix_request", "fix_account", "never", "unknown"],
  "a class of next year",
];

/** What each outcome has to say, and must not. */
const SAYS = {
  not_sent: [/was not sent/, /may/],
  rejected: [/was not sent/, /may or/],
  failed: [/^Your message is in the conversation, but/, /was not sent|may or/],
  unknown: [/may .*; please look at the conversation before you (send|retry)/, /was not|is in/],
};

function assertSentence(text) {
  assert.doesNotMatch(text, /because please|; ;|\bplease .*please/);
  assert.match(text, /^(Your|The|Something) [^.\d\n]+[a-z]\.$/);
  assert.ok(text.length <= 160, text);
  assert.doesNotMatch(
    text,
    /undefined|null|option|\bAPI|status|error|URL|http|fetch|retryMessage|sendTemplate/i,
  );
}

for (const [name, codes] of Object.entries(CODES)) {
  for (const code of codes) {
    for (const outcome of OUTCOMES) {
      test(`a ${name}, ${code}, ${outcome} is told in a sentence that says so`, () => {
        for (const messageId of [undefined, 29]) {
          const fields = { code, outcome, messageId, conversationId: 141 };
          const text = outcomeText(new livedesk[name]("options.apiKey 422", fields));
          assertSentence(text);
          const said = name === "DeliveryError" ? "failed" : outcome;
          assert.match(text, SAYS[said][0]);
          assert.doesNotMatch(text, SAYS[said][1]);
          const isRetry = messageId !== undefined && said !== "failed";
          assert.equal(/^The message (was not sent again|may be on its way again)/.test(text), isRetry, text);
        }
      });
    }
  }
}

for (const kind of CLASSES) {
  test(`of a delivery that failed as ${kind} it says what to do`, () => {
    const failure = { raw: "Ada", text: "Ada", class: kind, canRetry: false, advice: "call retryMessage" };
    const text = outcomeText(new livedesk.DeliveryError("x", { failure }));
    assertSentence(text);
    assert.match(text, /; (.*please|the channel's account)/);
  });
}

test("it says the same of errors of another copy, and of calls as of errors that a test made", async (t) => {
  const copy = requireInstalled(inPackage("index.cjs"));
  assert.equal(outcomeText(new copy.TimeoutError("x")), outcomeText(new livedesk.TimeoutError("x")));
  const desk = await startSandbox(t);
  const error = await caught(clientOf(desk).sendText(900131, { content: "Hello" }));
  assert.match(outcomeText(error), /please use an approved template\.$/);
  const retried = await caught(clientOf(desk).retryMessage(900404, 29));
  assert.match(
    outcomeText(retried),
    /^The message was not sent again, because its conversation was not found/,
  );
});

const STRANGERS = [
  ...[
    undefined,
    null,
    7,
    "text",
    {},
    new Error("options.apiKey"),
    new DOMException("x", "AbortError"),
    () => {},
  ],
  new Proxy({}, { get: () => assert.fail() }),
  Object.setPrototypeOf(
    {
      get outcome() {
        throw new Error("no");
      },
    },
    livedesk.LiveDeskError.prototype,
  ),
];

test("of anything else it says that the message may have been sent", () => {
  for (const stranger of STRANGERS) {
    const text = outcomeText(stranger);
    assertSentence(text);
    assert.match(
      text,
      /^Something went wrong in this app, and your message may or may not have been sent; please look/,
    );
  }
});
