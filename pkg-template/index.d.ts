import type { Failure, Issue, Message } from "./types/answers.js";
import type {
  DefinedTemplate,
  TemplateDefinition,
  TemplateDefinitions,
  TemplatePreview,
  WebhookEvent,
} from "./types/definition.js";
import type { DeliveryError } from "./types/errors.js";
import type { AttachmentMessage, Id, TemplateMessage, TextMessage } from "./types/messages.js";
import type { Channel, LiveDeskOptions, RequestOptions } from "./types/options.js";
import type { TemplateParams } from "./types/template.js";

export type * from "./types/answers.js";
export type {
  AnyTemplateValues,
  DefinedTemplate,
  MetaTemplate,
  PreviewButton,
  PreviewNode,
  PreviewText,
  ShortTemplate,
  TemplateButton,
  TemplateComponent,
  TemplateDefinition,
  TemplateDefinitions,
  TemplatePreview,
  TemplateValues,
  WebhookEvent,
} from "./types/definition.js";
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
   *
   * A message whose failure no retry mends (`failure.class` is `use_template`, `fix_request`, `never` or `wait`) is
   * refused with a ValidationError, whose issue (`retry_cannot_help`) says what to do instead, unless
   * `requestOptions.force` is true.
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

/** What a message is compared with. */
export interface ValidateOptions extends LimitOptions {
  /**
   * The template's definition, or several: what is missing, extra, in the wrong place or called otherwise is an error
   * (`missing_parameter`, `extra_parameter`, `misplaced_parameter`, `misnamed_parameter`, `wrong_header`,
   * `wrong_button`, `unknown_button`, `wrong_template`, `wrong_language`, `not_approved`, `cannot_fill`). Default: none.
   */
  definition?: TemplateDefinitions | null | undefined;
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
  options?: ValidateOptions,
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

/** What is known of a message that a queue is to decide about. */
export interface NextStepOptions extends LimitOptions {
  /** How often it was sent and retried so far, from 1. Default 1. */
  attempts?: number | undefined;
}

/**
 * What a queue does next with a message. `why` is one English sentence for a log.
 *
 * - `done`: LiveDesk has taken it.
 * - `again`: nothing was sent; the same call after `afterMs`.
 * - `pause`: nobody sends for `afterMs`, then the same call.
 * - `retry_message`: it is in the conversation; `retryMessage` after `afterMs`.
 * - `look`: it may be there, or is there in part: a person looks, nothing repeats it.
 * - `drop`: this message is wrong, or its customer cannot be reached: no more of it.
 * - `stop`: every message would meet the same, so the queue stops until a person has put it right; `then` is what this
 *   message is to meet after that.
 */
export type NextStep =
  | { do: "done" | "look" | "drop"; why: string }
  | { do: "again" | "pause" | "retry_message"; afterMs: number; why: string }
  | { do: "stop"; then: "again" | "retry_message"; why: string };

/**
 * What a queue does next after a call of this package: of what it threw, or of the Message it gave (also a later one, whose
 * `status` is `failed`). Sends nothing, and is the same for the same question: waits have no jitter in them. It knows
 * errors as they are, and as JSON keeps them; of anything else nobody knows whether it was sent, which is `look`.
 * The rules: docs/next-step.md.
 *
 * @example
 * const step = await nextStep(error, { attempts: 1 }); // { do: "pause", afterMs: 7000, why: "LiveDesk asks for patience..." }
 */
export function nextStep(ended: unknown, options?: NextStepOptions): Promise<NextStep>;

/**
 * A template as the customer will read it: header, body, footer and buttons with their values, WhatsApp's marks as a
 * tree, and the issues of `validate`. Plain data, for a page or a terminal. Never rejects for what it is given: what is
 * no definition is an issue at `definition`.
 *
 * @example
 * const { body } = await previewTemplate({ body: "Hi *{{1}}*" }, { name, language, processed_params: { 1: "Ada" } });
 * body.text; // "Hi *Ada*"
 * body.nodes; // [{ type: "text", text: "Hi " }, { type: "bold", children: [{ type: "variable", name: "1", text: "Ada" }] }]
 */
export function previewTemplate(
  definition: TemplateDefinitions | null | undefined,
  templateParams: TemplateParams | null | undefined,
): Promise<TemplatePreview>;

/**
 * A function that fills a template: its values are typed by the definition's own variables, so that one that is missing
 * or misspelt does not compile. It gives `template_params`; the calls check them. Throws a ValidationError when the
 * definition has no `name` or `language`.
 *
 * @example
 * const orderUpdate = defineTemplate({ name: "order_update", language: "en", body: "Hi {{1}}, it has {{2}}." });
 * const template_params = orderUpdate({ body: { 1: "Ada", 2: "shipped" } });
 * await desk.sendTemplate(141, { content, template_params }, { definition: orderUpdate.definition });
 */
export function defineTemplate<
  const Definition extends TemplateDefinition & { readonly name: string; readonly language: string },
>(definition: Definition): DefinedTemplate<Definition>;

/**
 * What a webhook of LiveDesk told of a message, in the shape of upstream (Chatwoot), whose events `message_created` and
 * `message_updated` these are: the message as an answer has it, its conversation, and of a failed one why. Takes an
 * object, JSON text or bytes, at most 4,194,304 of them; null of anything else, and no input makes it reject. An event
 * can come twice: the same `message.id` with the same `message.status` was told before.
 */
export function readWebhook(body: unknown): Promise<WebhookEvent | null>;
