// Conversations that fail on demand, each by a script of one step.
//
// `always` is for every request, `once` for the first one, `create` for every new message but not for a retry.

import { readStep } from "./steps.js";

/** @import { SandboxStep } from "../types/sandbox-steps.js" */

/** @typedef {{ id: number; description: string; always?: SandboxStep; create?: SandboxStep; once?: SandboxStep }} Row */

/** @type {Row[]} */
const TABLE = [
  {
    id: 900131,
    description: "Stored, but delivery failed with 131047 (the 24-hour window is closed); a retry succeeds.",
    create: { external_error: "131047: Re-engagement message" },
  },
  {
    id: 900132,
    description: "Stored, but delivery failed with #132000 (wrong number of parameters); a retry succeeds.",
    create: { external_error: "(#132000) Number of parameters does not match the expected number of params" },
  },
  {
    id: 900200,
    description: "Answers 200 with an HTML page; nothing is stored.",
    always: { status: 200, headers: { "Content-Type": "text/html" }, body: "<html>Welcome</html>\n" },
  },
  {
    id: 900201,
    description: 'Answers 200 with {"ok":true}, which is no message; nothing is stored.',
    always: { status: 200, body: { ok: true } },
  },
  {
    id: 900204,
    description: "Stored, then answered with 204 and no body.",
    always: { status: 204, store: true },
  },
  {
    id: 900206,
    description: "Stored, then the answer is cut in the middle of its body.",
    always: { cut: "body", store: true },
  },
  {
    id: 900207,
    description: "Stored, then the answer stalls in the middle of its body until the request is aborted.",
    always: { stall: "body", store: true },
  },
  {
    id: 900302,
    description: "Redirects with 302 to /api/v2/elsewhere; nothing is stored.",
    always: { redirect: "/api/v2/elsewhere" },
  },
  {
    id: 900400,
    description: "Answers 400 with a JSON error; nothing is stored.",
    always: { status: 400 },
  },
  {
    id: 900401,
    description: "Answers 401 as for a wrong access token, whatever the credentials; nothing is stored.",
    always: { status: 401 },
  },
  {
    id: 900404,
    description: "Answers 404: this conversation does not exist.",
    always: { status: 404 },
  },
  {
    id: 900408,
    description: "Answers 408 with a gateway's HTML page; nothing is stored, which the answer does not tell.",
    always: { status: 408 },
  },
  {
    id: 900413,
    description: "Answers 413 with a gateway's HTML page; nothing is stored.",
    always: { status: 413 },
  },
  {
    id: 900422,
    description: "Answers 422 and names content as the attribute at fault; nothing is stored.",
    always: { status: 422 },
  },
  {
    id: 900429,
    description: "Always answers 429 in plain text without Retry-After; nothing is stored.",
    always: { status: 429 },
  },
  {
    id: 900430,
    description: "Answers the first request with 429 and Retry-After: 1, storing nothing; then works.",
    once: { status: 429, headers: { "Retry-After": "1" } },
  },
  {
    id: 900500,
    description: "Stored, then answered with 500 all the same.",
    always: { status: 500, store: true },
  },
  {
    id: 900502,
    description: "Answers 502 with a gateway's HTML page; nothing is stored.",
    always: { status: 502 },
  },
  {
    id: 900503,
    description: "Answers 503 with a gateway's HTML page and Retry-After: 1; nothing is stored.",
    always: { status: 503, headers: { "Retry-After": "1" } },
  },
  {
    id: 900999,
    description: "Stored, then never answered: only an abort or a timeout of yours ends the wait.",
    always: { stall: true, store: true },
  },
];

/** Made by the first request: an import alone shall load nothing of the runtime's. */
let byId;

/** The reserved conversations and, in a sentence each, what happens there. */
export const reservedConversations = Object.freeze(
  TABLE.map(({ id, description }) => Object.freeze({ id, description })),
);

/**
 * The steps of a reserved conversation, or undefined.
 * @param {number} conversationId
 */
export function findReserved(conversationId) {
  byId ??= new Map(TABLE.map((row) => [row.id, readRow(row)]));
  return byId.get(conversationId);
}

/** @param {Row} row */
function readRow({ id, always, create, once }) {
  const read = (/** @type {SandboxStep | undefined} */ step) => step && readStep(step, String(id));
  return { always: read(always), create: read(create), once: read(once) };
}
