// Messages, errors, failures and issues as a program reads them.

import type { ErrorCode, Failure, Issue, Message, Outcome } from "engagelab-livedesk";
import {
  AbortError,
  ApiError,
  ConnectionError,
  DeliveryError,
  explainFailure,
  LiveDesk,
  LiveDeskError,
  LoadError,
  nextStep,
  outcomeText,
  ResponseError,
  TimeoutError,
  ValidationError,
  validate,
} from "engagelab-livedesk";

const desk = new LiveDesk({ baseUrl: "/livedesk" });
const message = await desk.sendText(141, { content: "Hello" });

export const id: number = message.id;
export const isSent: boolean = message.status === "sent" || message.status === "a word of next year";
export const content: string | null | undefined = message.content;
export const later: unknown = message.a_field_of_next_year;
export const replied: number | null | undefined = message.content_attributes?.in_reply_to;
export const url: string | null | undefined = message.attachments?.[0]?.data_url;
export const sender: string | null | undefined = message.sender?.available_name;
// @ts-expect-error it may be absent
export const created: number = message.created_at;
// @ts-expect-error ids are numbers
export const text: string = message.id;

export function explain(error: unknown): string {
  if (!(error instanceof LiveDeskError)) return "a stranger";
  const outcome: Outcome = error.outcome;
  const about: [ErrorCode, number, number | string | undefined] = [
    error.code,
    error.attempts,
    error.conversationId,
  ];
  if (error instanceof ValidationError) return error.issues.map((issue: Issue) => issue.path).join();
  if (error instanceof ApiError) {
    const body: unknown = error.body;
    const wait: number | undefined = error.retryAfterMs;
    return `${error.status} ${error.headers.get("x-request-id")} ${String(body)} ${wait} ${error.requestId}`;
  }
  if (error instanceof DeliveryError) {
    const failure: Failure = error.failure;
    const sent: Message = error.sent;
    return `${failure.advice} ${sent.id}`;
  }
  if (error instanceof ResponseError) return `${error.status ?? "no status"} ${String(error.body)}`;
  if (error instanceof AbortError || error instanceof TimeoutError)
    return `${error.name} ${String(error.cause)}`;
  if (error instanceof ConnectionError || error instanceof LoadError) return error.message;
  const left: "LiveDeskError" = error.name;
  return `${left} ${outcome} ${about.join()} ${JSON.stringify(error.toJSON())} ${error.stack}`;
}

/** By its name alone, each class and each of its codes. */
export function told(error: unknown): string | number | undefined {
  if (!(error instanceof LiveDeskError)) return outcomeText(error);
  switch (error.name) {
    case "ApiError":
      return error.code === "rate_limited" ? error.retryAfterMs : error.status;
    case "ValidationError":
      return error.issues.length;
    case "ConnectionError":
      switch (error.code) {
        case "not_connected":
        case "certificate_refused":
        case "authorization_failed":
        case "form_failed":
        case "file_unreadable":
        case "connection_lost":
          return error.code;
        default:
          return error.code satisfies never;
      }
    case "DeliveryError":
      return error.code === "attachments_lost" ? error.sent.id : error.failure.class;
    case "ResponseError":
      return error.status;
    case "TimeoutError":
      // @ts-expect-error a timeout is no refusal
      return error.code === "rejected" ? error.attempts : (error.code satisfies "timeout" | "total_timeout");
    case "AbortError":
    case "LoadError":
    case "LiveDeskError":
      return error.code satisfies "aborted" | "load_failed" | "internal_error";
    default:
      return error satisfies never;
  }
}

/** As a program's own tests make them. */
export const made: LiveDeskError[] = [
  new LiveDeskError("x", { code: "internal_error" }),
  new ValidationError("x", { issues: [{ path: "content", code: "blank", message: "x", severity: "error" }] }),
  new ApiError("x", { status: 429, retryAfterMs: 5, requestId: "r-1", body: { error: "x" } }),
  new ConnectionError("x", {
    code: "file_unreadable",
    outcome: "not_sent",
    attempts: 0,
    cause: new Error("x"),
  }),
  new TimeoutError("x"),
  new AbortError(),
  new ResponseError("x", { status: 200, body: "x" }),
  new DeliveryError("x", { sent: { id: 29, status: "failed" }, messageId: 29, conversationId: "141" }),
  new LoadError("x", {}),
];
// @ts-expect-error no such code
new ApiError("x", { code: "timeout" });
// @ts-expect-error no such outcome
new TimeoutError("x", { outcome: "lost" });
// @ts-expect-error a status is a number
new ApiError("x", { status: "422" });
// @ts-expect-error a timeout has no status
new TimeoutError("x", { status: 408 });
// @ts-expect-error no such code at all
export const code: ErrorCode = "lost";

/** A class of a program's own. */
export class TooBusy extends ApiError {
  readonly queue = "orders";
}

export function whatToDo(outcome: Outcome): string {
  switch (outcome) {
    case "not_sent":
    case "rejected":
    case "failed":
    case "unknown":
      return outcome;
    default:
      return outcome satisfies never;
  }
}

const issues: Issue[] = await validate("text", { any: "thing" }, { channel: "sms" });
export const severities: ("error" | "warning")[] = issues.map((issue) => issue.severity);
export const failures: Failure[] = [
  await explainFailure(message),
  await explainFailure("131047: Re-engagement message", { channel: "whatsapp" }),
  await explainFailure(131_047),
  await explainFailure("131047"),
  await explainFailure(null),
  await explainFailure(undefined, {}),
];

// @ts-expect-error no such kind
await validate("txet", {});
// @ts-expect-error no such channel
await validate("text", {}, { channel: "fax" });
export function again(error: DeliveryError): Promise<[Message, Failure]> {
  return Promise.all([desk.retryMessage(141, error), explainFailure(error)]);
}

// @ts-expect-error a date is no failure
await explainFailure(new Date());

export function readOnly(error: ApiError): void {
  // @ts-expect-error errors are read-only
  error.outcome = "rejected";
  // @ts-expect-error a status is on ApiError and ResponseError alone
  (error as LiveDeskError).status;
  // @ts-expect-error a code is of a class
  error.code === "aborted";
}

const step = await nextStep(new Error("x"), { attempts: 2, channel: "whatsapp" });
if (step.do === "pause" || step.do === "again" || step.do === "retry_message") {
  const wait: number = step.afterMs;
  void wait;
} else if (step.do === "stop") {
  const then: "again" | "retry_message" = step.then;
  void then;
} else {
  // @ts-expect-error: nothing is waited for.
  step.afterMs;
  const rest: "done" | "look" | "drop" = step.do;
  void rest;
}
// @ts-expect-error: a number.
await nextStep(null, { attempts: "2" });
