import type { Failure, Issue, Message } from "./types/answers.js";
import type { DeliveryError } from "./types/errors.js";
import type { AttachmentMessage, Id, TemplateMessage, TextMessage } from "./types/messages.js";
import type { Channel, LiveDeskOptions, RequestOptions } from "./types/options.js";

export type * from "./types/answers.js";
export type {
  ApiErrorCode,
  ConnectionErrorCode,
  DeliveryErrorCode,
  ErrorCode,
  ErrorFields,
  InternalError,
  Outcome,
  TimeoutErrorCode,
} from "./types/errors.js";
export {
  AbortError,
  ApiError,
  ConnectionError,
  DeliveryError,
  LiveDeskError,
  LoadError,
  outcomeText,
  ResponseError,
  TimeoutError,
  ValidationError,
} from "./types/errors.js";
export type * from "./types/messages.js";
export type * from "./types/options.js";
export type * from "./types/template.js";

/**
 * A client of one LiveDesk account. Nothing to start and nothing to free; the engine loads inside the first call.
 *
 * @example
 * const desk = new LiveDesk({ apiKey, apiSecret });
 * const message = await desk.sendText(141, { content: "Hello" });
 */
export class LiveDesk {
  /** Throws a ValidationError with every bad option. */
  constructor(options: LiveDeskOptions);

  /** Sends text. Rejects with a LiveDeskError, whose `outcome` says what went out. */
  sendText(
    conversationId: Id,
    message: TextMessage,
    requestOptions?: RequestOptions | null,
  ): Promise<Message>;

  /** Sends files, with an optional caption. Rejects with a LiveDeskError, whose `outcome` says what went out. */
  sendAttachments(
    conversationId: Id,
    message: AttachmentMessage,
    requestOptions?: RequestOptions | null,
  ): Promise<Message>;

  /** Sends a WhatsApp template. Rejects with a LiveDeskError, whose `outcome` says what went out. */
  sendTemplate(
    conversationId: Id,
    message: TemplateMessage,
    requestOptions?: RequestOptions | null,
  ): Promise<Message>;

  /**
   * Asks LiveDesk to deliver a failed message again, given the message, its DeliveryError (also as it was kept as JSON)
   * or its id. Resolves when that is accepted, not when it is delivered. Rejects with a LiveDeskError, whose `outcome` says what went out.
   *
   * Give the message where you have it. With an id nothing tells that it failed: a message that did not is delivered a
   * second time, and loses its `content_attributes`, so that a reply loses its quote (seen on upstream 4.15). A message
   * that has a `source_id`, as one has that WhatsApp took and failed later, may be answered with `sent` without being
   * sent again (upstream before August 2026). `onEvent` is told of both in a `warning`.
   */
  retryMessage(
    conversationId: Id,
    message: Id | Message | DeliveryError,
    requestOptions?: RequestOptions | null,
  ): Promise<Message>;
}

/** `new LiveDesk(options).sendText(...)`, for those who keep no client. Never throws at once. */
export function sendText(
  options: LiveDeskOptions | LiveDesk,
  conversationId: Id,
  message: TextMessage,
  requestOptions?: RequestOptions | null,
): Promise<Message>;

/** `new LiveDesk(options).sendAttachments(...)`, for those who keep no client. Never throws at once. */
export function sendAttachments(
  options: LiveDeskOptions | LiveDesk,
  conversationId: Id,
  message: AttachmentMessage,
  requestOptions?: RequestOptions | null,
): Promise<Message>;

/** `new LiveDesk(options).sendTemplate(...)`, for those who keep no client. Never throws at once. */
export function sendTemplate(
  options: LiveDeskOptions | LiveDesk,
  conversationId: Id,
  message: TemplateMessage,
  requestOptions?: RequestOptions | null,
): Promise<Message>;

/** `new LiveDesk(options).retryMessage(...)`, for those who keep no client. Never throws at once. */
export function retryMessage(
  options: LiveDeskOptions | LiveDesk,
  conversationId: Id,
  message: Id | Message | DeliveryError,
  requestOptions?: RequestOptions | null,
): Promise<Message>;

/**
 * Loads the engine ahead of the first call, which otherwise loads it: 53 KB in a page, some milliseconds anywhere.
 * Resolves when it is ready, at once if it is. Rejects with a LoadError (`not_sent`), as a call would; the next call,
 * or `preload()`, tries again.
 */
export function preload(): Promise<void>;

/** Whose limits are to be applied. */
export interface LimitOptions {
  /** Default: none. */
  channel?: Channel | undefined;
}

/**
 * Every issue with a message, sending nothing. The send functions run the same checks first: what has an `error` is
 * refused with a ValidationError, what has nothing but `warning`s is sent, and `onEvent` is told of them.
 *
 * @example
 * await validate("text", { content: "" }); // [{ path: "content", code: "blank", ... }]
 */
export function validate(
  kind: "text" | "attachments" | "template",
  message: unknown,
  options?: LimitOptions,
): Promise<Issue[]>;

/**
 * Why a delivery failed and what to do about it: of a Message, its `external_error`, a code of WhatsApp's alone
 * (`131047`, also as text), a `DeliveryError`, whose `failure` it is, or null. With a `channel` other than `whatsapp` no
 * number is read as one of WhatsApp's codes.
 */
export function explainFailure(
  failed: Message | DeliveryError | string | number | null | undefined,
  options?: LimitOptions,
): Promise<Failure>;
