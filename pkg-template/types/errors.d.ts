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

/** What every rejection is. `instanceof` holds across two loaded copies of the package. */
export class LiveDeskError extends Error {
  /** A stable word for programs, such as `invalid_input`, `rate_limited` or `timeout`. */
  readonly code: string;
  /** Did my message go out? */
  readonly outcome: Outcome;
  /** How many requests were made. */
  readonly attempts: number;
  /** The conversation, once its id is known to be one; a string above 2^53. */
  readonly conversationId?: number | string;
  /** The message it is about, where there is one; a string above 2^53. */
  readonly messageId?: number | string;
  /** What was thrown originally, if anything was. */
  readonly cause?: unknown;
  /** All of it but what may hold a customer's words. */
  toJSON(): { name: string; message: string; [key: string]: unknown };
}

/** Thrown before anything is sent, for bad options or a bad message. `outcome` is `not_sent`. */
export class ValidationError extends LiveDeskError {
  readonly name: "ValidationError";
  /** Everything that is wrong; of more than 1,000 or 1 MiB the beginning, then one issue `too_many_issues`. */
  readonly issues: Issue[];
}

/**
 * Thrown when LiveDesk answers with an error status. `rejected` for a 3xx, and for a 4xx that is answered before a
 * message is stored; `unknown` for a 5xx, for 406, 408 and every 4xx that nothing on the way is known to answer, and
 * for a 422 unless it is one of Rails' validations (`{ message, attributes }`, or an `error` that begins with its
 * sentence, such as `Validation failed:`, in a language of rails-i18n) or says of a retry that there is no such message:
 * upstream answers 422 also to what breaks after the message was stored.
 */
export class ApiError extends LiveDeskError {
  readonly name: "ApiError";
  /** The HTTP status; 0 for a redirect that a browser hides. */
  readonly status: number;
  /** The answer, parsed where it is JSON, else text; at most 64 KiB. Not shown when the error is printed. */
  readonly body: unknown;
  /** The answer's headers. Not shown when the error is printed. */
  readonly headers: AnswerHeaders;
  /** LiveDesk's id of the request, for its support. */
  readonly requestId?: string;
  /** What Retry-After asked for, in milliseconds. */
  readonly retryAfterMs?: number;
}

/**
 * Thrown when no answer came. `not_sent` with the codes `not_connected`, `certificate_refused`, `authorization_failed`,
 * `form_failed` and, before a request, `file_unreadable`; `unknown` with `connection_lost`, and with `file_unreadable`
 * in the middle of an upload.
 */
export class ConnectionError extends LiveDeskError {
  readonly name: "ConnectionError";
}

/**
 * Thrown when `timeout` or `totalTimeout` ran out. `unknown`; `not_sent` before the request, and in Node while it was
 * not given to a connection yet.
 */
export class TimeoutError extends LiveDeskError {
  readonly name: "TimeoutError";
  /** When the client waits because LiveDesk asked it to: about how long still, in milliseconds. */
  readonly retryAfterMs?: number;
}

/**
 * Thrown when the caller's signal ended the call; `cause` is its reason. `not_sent` before the request, and in Node
 * while it was not given to a connection yet; else `unknown`.
 */
export class AbortError extends LiveDeskError {
  readonly name: "AbortError";
}

/** Thrown for a 2xx that is no message. `unknown`. */
export class ResponseError extends LiveDeskError {
  readonly name: "ResponseError";
  /** The HTTP status, if one came. */
  readonly status?: number;
  /** The answer's text, at most 64 KiB. Not shown when the error is printed. */
  readonly body: unknown;
}

/**
 * Thrown when the message is in the conversation, but not as it should be. `failed`. Its `code` is `delivery_failed`
 * when LiveDesk answers that the delivery failed; `attachments_lost` when the answer to `sendAttachments` shows fewer
 * files than were sent: `failure.advice` names those that are missing as far as it can be told, `failure.canRetry` is
 * false.
 */
export class DeliveryError extends LiveDeskError {
  readonly name: "DeliveryError";
  /** Why, and what to do. */
  readonly failure: Failure;
  /** The message in the conversation. Not shown when the error is printed. */
  readonly sent: Message;
}

/** Thrown when the engine (WebAssembly) could not be loaded; the next call tries again. `not_sent`. */
export class LoadError extends LiveDeskError {
  readonly name: "LoadError";
}
