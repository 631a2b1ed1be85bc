// Messages, errors, failures and issues as a program reads them.

import type { Failure, Issue, Message, Outcome } from "engagelab-livedesk";
import {
  AbortError,
  ApiError,
  ConnectionError,
  DeliveryError,
  explainFailure,
  LiveDesk,
  LiveDeskError,
  LoadError,
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
  const about: [string, number, number | string | undefined] = [
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
  return `${outcome} ${about.join()} ${JSON.stringify(error.toJSON())} ${error.stack}`;
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
}
