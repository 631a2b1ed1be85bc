// What never leaves: input, options and what validate finds.

import { check, equal, thrown } from "../check.mjs";

const REFUSED = { code: "invalid_input", outcome: "not_sent", attempts: 0 };

/** [what is refused, method, conversation, message, paths of the issues] */
const CALLS = [
  ["a text without content", "sendText", 141, {}, ["content"]],
  ["a blank text", "sendText", 141, { content: " \n\u00a0" }, ["content"]],
  ["half a surrogate pair", "sendText", 141, { content: "a\ud800" }, ["content"]],
  ["150,001 characters", "sendText", 141, { content: "é".repeat(150_001) }, ["content"]],
  [
    "every field at once",
    "sendText",
    0,
    { content: 7, private: 1 },
    ["conversationId", "content", "private"],
  ],
  ["a misspelt field", "sendText", 141, { content: "x", privat: true }, ["privat"]],
  ["no message at all", "sendText", 141, undefined, ["message"]],
  ["no files", "sendAttachments", 141, { attachments: [] }, ["attachments"]],
  ["a file that is none", "sendAttachments", 141, { attachments: ["a.txt"] }, ["attachments[0]"]],
  ["a template without its name", "sendTemplate", 141, { content: "x", template_params: {} }, undefined],
  ["a retry of what did not fail", "retryMessage", 141, { id: 29, status: "sent" }, undefined],
];

const OPTIONS = {
  timeout: -1,
  maxRetries: 1.5,
  baseUrl: "ftp://example.com",
  fetch: 7,
  channel: "fax",
  apiKey: "a:b",
  timeuot: 1,
};

export const cases = {
  ...Object.fromEntries(
    CALLS.map(([what, method, conversation, message, paths]) => [
      `${what}: a ValidationError, and nothing is requested`,
      async ({ client, rejection, seen }) => {
        const error = await rejection(client()[method](conversation, message), "ValidationError", REFUSED);
        if (paths) {
          const found = error.issues.map(({ path }) => path);
          equal(found, paths);
        }
        for (const { path, code, message, severity } of error.issues) {
          check(message.startsWith(path) && /^[a-z_]+$/.test(code) && severity === "error", message);
        }
        equal((await seen()).requests, []);
      },
    ]),
  ),

  "a misspelt field is refused with the name that was meant": async ({ client, rejection }) => {
    const error = await rejection(client().sendText(141, { contents: "x" }), "ValidationError");
    check(error.message.includes("did you mean content?"), error.message);
  },

  "bad options throw a ValidationError at once, each with its path": ({ livedesk, options }) => {
    for (const [name, value] of Object.entries(OPTIONS)) {
      const error = thrown(() => new livedesk.LiveDesk(options({ [name]: value })));
      check(error instanceof livedesk.ValidationError, `${name}: ${error}`);
      equal([error.outcome, error.issues[0].path], ["not_sent", `options.${name}`]);
    }
  },

  "a secret is refused in a browser unless that is allowed, and nowhere else": ({
    livedesk,
    options,
    platform,
  }) => {
    const make = () => new livedesk.LiveDesk(options({ dangerouslyAllowBrowser: undefined }));
    if (!platform.isBrowser) {
      make();
      return;
    }
    equal(thrown(make).issues[0].path, "options.dangerouslyAllowBrowser");
  },

  "validate finds what a call refuses, and sends nothing": async ({ livedesk, client, rejection, seen }) => {
    const message = { content: " ", content_attributes: { in_reply_to: -1, x: Number.NaN }, extra: 1 };
    const issues = await livedesk.validate("text", message);
    const error = await rejection(client().sendText(141, message), "ValidationError", REFUSED);
    equal(issues, error.issues);
    check(issues.length === 4, `${issues.length} issues`);
    equal(await livedesk.validate("text", { content: "Hello" }), []);
    equal((await seen()).requests, []);
  },

  "validate knows a channel's limits": async ({ livedesk }) => {
    const [issue] = await livedesk.validate("text", { content: "x".repeat(500) }, { channel: "sms" });
    equal(issue.path, "content");
    check(issue.message.includes("500 characters"), issue.message);
  },

  "validate counts characters, not code units": async ({ livedesk }) => {
    equal(await livedesk.validate("text", { content: "👋".repeat(150_000) }), []);
    equal((await livedesk.validate("text", { content: "👋".repeat(150_001) })).length, 1);
  },
};
