// Conversations that fail on demand.
//
// `deliveryError`: the message is stored as failed. `instead`: called with the number of the request, its
// response is given in place of any work. `spoil`: called once the work is done, with the body of its answer.

import { html, json, notFound, text } from "./responses.js";
import { cutAnswer, noAnswer, stalledAnswer } from "./spoil.js";

const TABLE = [
  {
    id: 900131,
    description: "Stored, but delivery failed with 131047 (the 24-hour window is closed); a retry succeeds.",
    deliveryError: "131047: Re-engagement message",
  },
  {
    id: 900132,
    description: "Stored, but delivery failed with #132000 (wrong number of parameters); a retry succeeds.",
    deliveryError: "(#132000) Number of parameters does not match the expected number of params",
  },
  {
    id: 900200,
    description: "Answers 200 with an HTML page; nothing is stored.",
    instead: () => html(200, "Welcome"),
  },
  {
    id: 900201,
    description: 'Answers 200 with {"ok":true}, which is no message; nothing is stored.',
    instead: () => json(200, { ok: true }),
  },
  {
    id: 900204,
    description: "Stored, then answered with 204 and no body.",
    spoil: () => new Response(null, { status: 204 }),
  },
  {
    id: 900206,
    description: "Stored, then the answer is cut in the middle of its body.",
    spoil: cutAnswer,
  },
  {
    id: 900207,
    description: "Stored, then the answer stalls in the middle of its body until the request is aborted.",
    spoil: stalledAnswer,
  },
  {
    id: 900302,
    description: "Redirects with 302 to /api/v2/elsewhere; nothing is stored.",
    instead: () => new Response(null, { status: 302, headers: { Location: "/api/v2/elsewhere" } }),
  },
  {
    id: 900400,
    description: "Answers 400 with a JSON error; nothing is stored.",
    instead: () => json(400, { status: 400, error: "Bad Request" }),
  },
  {
    id: 900401,
    description: "Answers 401 as for a wrong access token, whatever the credentials; nothing is stored.",
    instead: () => json(401, { error: "Invalid Access Token" }),
  },
  {
    id: 900404,
    description: "Answers 404: this conversation does not exist.",
    instead: notFound,
  },
  {
    id: 900408,
    description: "Answers 408 with a gateway's HTML page; nothing is stored, which the answer does not tell.",
    instead: () => html(408, "408 Request Time-out"),
  },
  {
    id: 900413,
    description: "Answers 413 with a gateway's HTML page; nothing is stored.",
    instead: () => html(413, "413 Request Entity Too Large"),
  },
  {
    id: 900422,
    description: "Answers 422 and names content as the attribute at fault; nothing is stored.",
    instead: () => json(422, { message: "Content is invalid", attributes: ["content"] }),
  },
  {
    id: 900429,
    description: "Always answers 429 in plain text without Retry-After; nothing is stored.",
    instead: () => text(429, "Retry later"),
  },
  {
    id: 900430,
    description: "Answers the first request with 429 and Retry-After: 1, storing nothing; then works.",
    instead: (visit) => (visit === 1 ? text(429, "Retry later", { "Retry-After": "1" }) : undefined),
  },
  {
    id: 900500,
    description: "Stored, then answered with 500 all the same.",
    spoil: () => json(500, { status: 500, error: "Internal Server Error" }),
  },
  {
    id: 900502,
    description: "Answers 502 with a gateway's HTML page; nothing is stored.",
    instead: () => html(502, "502 Bad Gateway"),
  },
  {
    id: 900503,
    description: "Answers 503 with a gateway's HTML page and Retry-After: 1; nothing is stored.",
    instead: () => html(503, "503 Service Temporarily Unavailable", { "Retry-After": "1" }),
  },
  {
    id: 900999,
    description: "Stored, then never answered: only an abort or a timeout of yours ends the wait.",
    spoil: noAnswer,
  },
];

const BY_ID = new Map(TABLE.map((entry) => [entry.id, entry]));

/** The reserved conversations and, in a sentence each, what happens there. */
export const reservedConversations = Object.freeze(
  TABLE.map(({ id, description }) => Object.freeze({ id, description })),
);

/** The behaviour of a reserved conversation, or undefined. */
export function findReserved(conversationId) {
  return BY_ID.get(conversationId);
}
