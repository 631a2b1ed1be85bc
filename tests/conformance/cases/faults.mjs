// Every way a server can fail, and what a caller is told: nothing is ever stored twice.

import { check, equal } from "../check.mjs";
import { AUTHORIZATION, pause } from "../context.mjs";

/** What the server gets after the call has ended counts too. */
const AFTERMATH_MS = 30;
const PATH = /\/api\/v2\/accounts\/conversations\/141\/messages(\/29\/retry)?$/;
/** The id of the message that faults answer with. */
const MESSAGE_ID = 17_629_000_001_207;
const HELLO = { content: "Hello" };

const LOST = ["ConnectionError", "connection_lost", "unknown", undefined];
const UNREADABLE = ["ResponseError", "unreadable_response", "unknown", 200];
const TIMED_OUT = ["TimeoutError", "timeout", "unknown", undefined];
const SERVER_ERROR = ["ApiError", "server_error", "unknown"];
const REDIRECTED = ["ApiError", "redirected", "rejected"];
const LIMITED = ["ApiError", "rate_limited", "rejected"];
const SUCCESS = [];

/** [fault, how the call ends: [class, code, outcome, status], requests, messages stored] */
const FAULTS = [
  ["a good answer", SUCCESS, 1, 1],
  ["a good answer after a 103", SUCCESS, 1, 1],
  ["a slow first byte", SUCCESS, 1, 1],
  ["a slow body", SUCCESS, 1, 1],

  ["reset before the body is read", LOST, 1, 0],
  ["closed before the body is read", LOST, 1, 0],
  ["stored then reset", LOST, 1, 1],
  ["stored then closed", LOST, 1, 1],
  ["stored then a cut head", LOST, 1, 1],
  ["stored then garbage instead of HTTP", LOST, 1, 1],

  ["stored then headers only", UNREADABLE, 1, 1],
  ["stored then a cut body", UNREADABLE, 1, 1],
  ["stored then reset in the body", UNREADABLE, 1, 1],
  ["stored then a cut chunk", UNREADABLE, 1, 1],
  ["stored then a Content-Length that is too long", UNREADABLE, 1, 1],
  ["stored then a Content-Length that is too short", UNREADABLE, 1, 1],
  ["stored then 200 with HTML", UNREADABLE, 1, 1],
  ["stored then 200 that is no message", UNREADABLE, 1, 1],
  ["stored then 200 without a body", UNREADABLE, 1, 1],
  ["stored then 200 that is gzip only in name", UNREADABLE, 1, 1],
  ["stored then 204", ["ResponseError", "unreadable_response", "unknown", 204], 1, 1],

  ["stored then never answered", TIMED_OUT, 1, 1],
  ["stored then stalled in the head", TIMED_OUT, 1, 1],
  ["stored then stalled in the body", TIMED_OUT, 1, 1],
  ["stored then answered too late", TIMED_OUT, 1, 1],
  ["stored then a body too slow for the timeout", TIMED_OUT, 1, 1],

  ["stored then 500", [...SERVER_ERROR, 500], 1, 1],
  ["stored then a cut 500", [...SERVER_ERROR, 500], 1, 1],
  ["stored then an HTML 502", [...SERVER_ERROR, 502], 1, 1],
  ["an HTML 502", [...SERVER_ERROR, 502], 1, 0],
  ["an HTML 503 with Retry-After: 0", [...SERVER_ERROR, 503], 1, 0],
  ["stored then 504", [...SERVER_ERROR, 504], 1, 1],
  ["stored then 408", ["ApiError", "request_timeout", "unknown", 408], 1, 1],
  ["stored then failed in delivery", ["DeliveryError", "delivery_failed", "failed", undefined], 1, 1],

  ["a 422 flood with Retry-After: 0", ["ApiError", "invalid_request", "rejected", 422], 1, 0],
  ["a stalled 422", ["ApiError", "invalid_request", "unknown", 422], 1, 0],
  ["an HTML 413 while the upload still runs", ["ApiError", "too_large", "rejected", 413], 1, 0],
  ["425 once", SUCCESS, 2, 1],
  ["429 with Retry-After: 0 once", SUCCESS, 2, 1],
  ["429 with Retry-After: 0 for ever", [...LIMITED, 429], 3, 0],
  ["429 with Retry-After: 120", [...LIMITED, 429], 1, 0],
  ["429, then stored then reset", LOST, 2, 1],
  ...[301, 302, 303, 307, 308].flatMap((status) => [
    [`a ${status} to itself`, [...REDIRECTED, status], 1, 0],
    [`a ${status} to another server`, [...REDIRECTED, status], 1, 0],
  ]),
];

/** Answers that are not HTTP, so that it is the runtime's choice what it makes of them. */
const BROKEN_GZIP = "stored then 200 that is gzip only in name";
const BROKEN = [
  "stored then a cut head",
  "stored then garbage instead of HTTP",
  "stored then headers only",
  BROKEN_GZIP,
];

/** Less than the server is late by. */
const SHORT_MS = 400;
/** Enough for a busy machine to deliver the request in, which is to be stored before. */
const TIMEOUT_MS = 800;
const LONG_MS = 10_000;

function timeoutFor(fault, [name]) {
  if (fault === "stored then answered too late") return SHORT_MS;
  const canHang = name === "TimeoutError" || fault === "a stalled 422" || fault === BROKEN_GZIP;
  return canHang ? TIMEOUT_MS : LONG_MS;
}

function meets(fault, ending, requests, stored) {
  return async ({ faulty, rejection, asked, seen, platform }) => {
    const [name, code, outcome, status] = ending;
    const call = faulty(fault, { timeout: timeoutFor(fault, ending) }).sendText(141, HELLO);
    if (BROKEN.includes(fault) && platform.has("reads broken answers")) {
      await meetsBroken(call, ["ConnectionError", "ResponseError"]);
    } else if (fault === BROKEN_GZIP && platform.has("hangs on broken gzip")) {
      await meetsBroken(call, ["ResponseError", "TimeoutError"]);
    } else if (name) {
      const isHidden = code === "redirected" && platform.has("hides redirects");
      const fields = { code, outcome, status: isHidden ? 0 : status, attempts: requests };
      await rejection(call, name, { ...fields, conversationId: 141 });
    } else {
      equal((await call).status, "sent");
    }
    await pause(AFTERMATH_MS);
    equal(asked(), requests, "calls of fetch");
    // Any connection may have been used by another case before.
    checkServer(await seen(), { requests, stored }, canRepeat(ending, platform));
  };
}

/** Whichever error it is, the outcome is; only who could read the message may say that it was sent. */
async function meetsBroken(call, names) {
  const ended = await call.catch((error) => error);
  const isUnknown = names.includes(ended.name) && ended.outcome === "unknown";
  check(isUnknown || ended.id === MESSAGE_ID, String(ended));
}

/** Whether the platform itself may have repeated the request. */
function canRepeat([, code], platform) {
  const isBreak = code === "connection_lost" || code === "request_timeout";
  return isBreak && platform.has("repeats on used connections");
}

function checkServer(seen, { requests, stored }, isRepeated) {
  if (isRepeated) {
    const more = seen.requests.length - requests;
    check(more >= 0, `requests is ${seen.requests.length}, not ${requests}`);
    equal(seen.stored, stored === 0 ? 0 : stored + more, "stored");
  } else {
    equal([seen.stored, seen.requests.length], [stored, requests], "stored and requests");
  }
  equal(seen.elsewhere, [], "requests elsewhere");
  for (const { method, path, authorization, accept } of seen.requests) {
    check(PATH.test(path), path);
    equal([method, authorization, accept], ["POST", AUTHORIZATION, "application/json"]);
  }
}

const template_params = { name: "order_update", language: "en_US" };
const SENDS = {
  "a text": (desk) => desk.sendText(141, HELLO),
  "a file": (desk) => desk.sendAttachments(141, { attachments: [new Blob(["bytes"])] }),
  "a template": (desk) => desk.sendTemplate(141, { ...HELLO, template_params }),
  "a retry": (desk) => desk.retryMessage(141, 29),
};

/** Runtimes may repeat by themselves what fails on a connection that was used before. */
const USED = [
  ["reset before the body is read", LOST, 0],
  ["stored then reset", LOST, 1],
  ["stored then closed", LOST, 1],
  ["stored then 408", ["ApiError", "request_timeout", "unknown", 408], 1],
];

function meetsOnUsed(fault, ending, stored, send) {
  const [name, code, outcome, status] = ending;
  return async ({ faulty, rejection, asked, seen, platform }) => {
    const desk = faulty(`on a used connection, ${fault}`);
    await desk.sendText(141, HELLO);
    await rejection(send(desk), name, { code, outcome, status, attempts: 1 });
    await pause(AFTERMATH_MS);
    equal(asked(), 2, "calls of fetch");
    const now = await seen();
    // The good one is as it should be; what is left is the other's.
    now.stored -= 1;
    now.requests.shift();
    checkServer(now, { requests: 1, stored }, canRepeat(ending, platform));
  };
}

async function meets421({ faulty, rejection, seen, platform }) {
  const call = faulty("a 421").sendText(141, HELLO);
  await rejection(call, "ApiError", { status: 421, outcome: "rejected", attempts: 1 });
  const { requests, stored } = await seen();
  equal([requests.length, stored], [platform.has("repeats a 421") ? 2 : 1, 0]);
}

export const cases = {
  ...Object.fromEntries(
    FAULTS.map(([fault, ending, requests, stored]) => [
      `${fault}: ${ending[2] ?? "sent"}, ${requests} requested, ${stored} stored`,
      meets(fault, ending, requests, stored),
    ]),
  ),
  ...Object.fromEntries(
    USED.flatMap(([fault, ending, stored]) =>
      Object.entries(SENDS).map(([what, send]) => [
        `${what} on a used connection, ${fault}: unknown, 1 requested, ${stored} stored`,
        meetsOnUsed(fault, ending, stored, send),
      ]),
    ),
  ),
  "a 421, which says that nothing was done: rejected": meets421,
};
