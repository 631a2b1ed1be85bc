import type { Failure, Issue, Message } from "./answers.js";
import type { AnswerHeaders } from "./runtime.js";

/**
 * Did my message go out?
 * - `not_sent`: nothing reached LiveDesk; sending again is safe.
 * - `rejected`: LiveDesk refused it, in a way that proves that nothing was created.
 * - `failed`: it is in the conversation, but its delivery failed, or files of it were lost: `retryMessage` where
 *   `failure.canRetry`, else what `failure.advice` says.
 * - `unknown`: it may be there. Look at the conversation before sending again.
 *
 * Of a `retryMessage`, read "its retry" for the message, which is there already.
 */
export type Outcome = "not_sent" | "rejected" | "failed" | "unknown";

/** Stable words for programs. */
export type ApiErrorCode =
  | "redirected"
  | "unauthorized"
  | "not_found"
  | "request_timeout"
  | "too_large"
  | "rate_limited"
  | "invalid_request"
  | "server_error";
/** `connection_lost` is `unknown`, the others are `not_sent`. */
export type ConnectionErrorCode =
  | "not_connected"
  | "certificate_refused"
  | "authorization_failed"
  | "form_failed"
  | "file_unreadable"
  | "connection_lost";
/** One attempt, or all of them together, took too long. */
export type TimeoutErrorCode = "timeout" | "total_timeout";
/** `attachments_lost`: the message is there, without some of its files. */
export type DeliveryErrorCode = "delivery_failed" | "attachments_lost";
/** Every `code` there is. */
export type ErrorCode = LiveDeskError["code"];

/** What an error can be made with, in a test of yours. What is left out has a default that fits its class. */
export interface ErrorFields<Code extends string> {
  /** Default: the commonest of its class; an ApiError's follows its `status`. */
  code?: Code;
  /** Default: what `code` stands for. */
  outcome?: Outcome;
  /** Default: 0 where nothing was sent, else 1. */
  attempts?: number;
  conversationId?: number | string;
  messageId?: number | string;
  cause?: unknown;
}

/** What every error has. */
declare abstract class BaseError<Code extends string> extends Error {
  /** A stable word for programs, such as `invalid_input`, `rate_limited` or `timeout`. */
  readonly code: Code;
  /** Did my message go out? */
  readonly outcome: Outcome;
  /** How many requests were made. */
  readonly attempts: number;
  /** The conversation, once its id is known to be one; a string above 2^53. */
  readonly conversationId?: number | string;
  /** The message it is about, where there is one; a string above 2^53. */
  readonly messageId?: number | string;
  /**
   * What was thrown originally, if anything was: as it was, when your own `fetch`, `authorization` or `signal` threw
   * it; of what the runtime's fetch threw a copy with class, `message`, `code`, `syscall` and causes alone.
   */
  readonly cause?: unknown;
  /** One line of at most 800 characters, for developers; `outcomeText` has a sentence for users. */
  readonly message: string;
  /** All of it but what may hold a customer's words. */
  toJSON(): { name: string; message: string; [key: string]: unknown };
}

/** A LiveDeskError of no other class: a fault of this package. `not_sent` or `unknown`. */
export interface InternalError extends BaseError<"internal_error"> {
  readonly name: "LiveDeskError";
}

/**
 * What every rejection is: one of these, told apart by `name` or `instanceof`. `instanceof` holds across two loaded
 * copies of the package.
 */
export type LiveDeskError =
  | ValidationError
  | ApiError
  | ConnectionError
  | TimeoutError
  | AbortError
  | ResponseError
  | DeliveryError
  | LoadError
  | InternalError;

/** The class of all errors of the package. */
export const LiveDeskError: {
  new (message?: string, fields?: ErrorFields<"internal_error">): InternalError;
  readonly prototype: LiveDeskError;
};

/** Thrown before anything is sent, for bad options or a bad message. `outcome` is `not_sent`. */
export class ValidationError extends BaseError<"invalid_input"> {
  readonly name: "ValidationError";
  /**
   * Everything that is wrong, of which `message` names the first three; of more than 1,000 or 1 MiB the beginning, then
   * one issue `too_many_issues`.
   */
  readonly issues: Issue[];
  /** `issues`: default none. */
  constructor(message?: string, fields?: ErrorFields<"invalid_input"> & { issues?: Issue[] });
}

/**
 * Thrown when LiveDesk answers with an error status. `rejected` for a 3xx, and for a 4xx that is answered before a
 * message is stored; `unknown` for a 5xx, for 406, 408 and every 4xx that nothing on the way is known to answer, and
 * for a 422 unless it is one of Rails' validations (`{ message, attributes }`, or an `error` that begins with its
 * sentence, such as `Validation failed:`, in a language of rails-i18n) or says of a retry that there is no such message:
 * upstream answers 422 also to what breaks after the message was stored.
 */
export class ApiError extends BaseError<ApiErrorCode> {
  readonly name: "ApiError";
  /** The HTTP status; 0 for a redirect that a browser hides. */
  readonly status: number;
  /** The answer, parsed where it is JSON, else text; at most 64 KiB. Not shown when the error is printed. */
  readonly body: unknown;
  /** The answer's headers. Not shown when the error is printed. */
  readonly headers: AnswerHeaders;
  /** LiveDesk's id of the request, for its support. Credentials and content in it are replaced by `[redacted]`. */
  readonly requestId?: string;
  /** What Retry-After asked for, in milliseconds. */
  readonly retryAfterMs?: number;
  /** `status`: default 500, or one that fits `code`. `headers`: default none. */
  constructor(
    message?: string,
    fields?: ErrorFields<ApiErrorCode> & {
      status?: number;
      body?: unknown;
      headers?: AnswerHeaders;
      requestId?: string;
      retryAfterMs?: number;
    },
  );
}

/**
 * Thrown when no answer came. `not_sent` with the codes `not_connected`, `certificate_refused`, `authorization_failed`,
 * `form_failed` and, before a request, `file_unreadable`; `unknown` with `connection_lost`, and with `file_unreadable`
 * in the middle of an upload.
 */
export class ConnectionError extends BaseError<ConnectionErrorCode> {
  readonly name: "ConnectionError";
  /** `code`: default `connection_lost`. */
  constructor(message?: string, fields?: ErrorFields<ConnectionErrorCode>);
}

/**
 * Thrown when `timeout` or `totalTimeout` ran out. `unknown`; `not_sent` before the request, and in Node while it was
 * not given to a connection yet.
 */
export class TimeoutError extends BaseError<TimeoutErrorCode> {
  readonly name: "TimeoutError";
  /** When the client waits because LiveDesk asked it to: about how long still, in milliseconds. */
  readonly retryAfterMs?: number;
  /** `code`: default `timeout`. */
  constructor(message?: string, fields?: ErrorFields<TimeoutErrorCode> & { retryAfterMs?: number });
}

/**
 * Thrown when the caller's signal ended the call; `cause` is its reason. `not_sent` before the request, and in Node
 * while it was not given to a connection yet; else `unknown`.
 */
export class AbortError extends BaseError<"aborted"> {
  readonly name: "AbortError";
  constructor(message?: string, fields?: ErrorFields<"aborted">);
}

/** Thrown for a 2xx that is no message. `unknown`. */
export class ResponseError extends BaseError<"unreadable_response"> {
  readonly name: "ResponseError";
  /** The HTTP status, if one came. */
  readonly status?: number;
  /** The answer's text, at most 64 KiB. Not shown when the error is printed. */
  readonly body: unknown;
  constructor(
    message?: string,
    fields?: ErrorFields<"unreadable_response"> & { status?: number; body?: unknown },
  );
}

/**
 * Thrown when the message is in the conversation, but not as it should be. `failed`. Its `code` is `delivery_failed`
 * when LiveDesk answers that the delivery failed; `attachments_lost` when the answer to `sendAttachments` shows fewer
 * files than were sent: `failure.advice` names those that are missing as far as it can be told, `failure.canRetry` is
 * false.
 */
export class DeliveryError extends BaseError<DeliveryErrorCode> {
  readonly name: "DeliveryError";
  /** Why, and what to do. `raw` and `text` are at most 4,096 characters here, and repeat nothing of the message. */
  readonly failure: Failure;
  /** The message in the conversation. Not shown when the error is printed. */
  readonly sent: Message;
  /** `failure`: default of class `unknown`. `sent`: default a failed message with `messageId`, or 1. */
  constructor(
    message?: string,
    fields?: ErrorFields<DeliveryErrorCode> & { failure?: Failure; sent?: Message },
  );
}

/** Thrown when the engine (WebAssembly) could not be loaded; the next call tries again. `not_sent`. */
export class LoadError extends BaseError<"load_failed"> {
  readonly name: "LoadError";
  constructor(message?: string, fields?: ErrorFields<"load_failed">);
}

/**
 * One English sentence about what became of the message, for the person who pressed Send, without developers' words,
 * numbers, addresses or content. It follows the error's `outcome`, `code` and `failure.class`; where `messageId`
 * belongs to a `retryMessage` it speaks of the retry. Of anything that is no LiveDeskError it says that the message
 * may or may not have been sent. Never throws.
 *
 * @example
 * catch (error) { toast(outcomeText(error)); } // Your message was not sent; please try again later.
 */
export function outcomeText(error: unknown): string;
