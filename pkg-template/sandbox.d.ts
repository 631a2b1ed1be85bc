import type { Message, MessageAttachment, MessageContentAttributes, MessageSender } from "./types/answers.js";
import type { FetchArguments, FileLike, Global, ResponseLike, UrlLike } from "./types/runtime.js";
import type { SandboxStep } from "./types/sandbox-steps.js";

export type {
  AnswerStep,
  CutStep,
  ExternalErrorStep,
  RedirectStep,
  RefuseStep,
  ResetStep,
  SandboxStep,
  StallStep,
} from "./types/sandbox-steps.js";

/** How a sandbox behaves. */
export interface SandboxOptions {
  /** The only key that passes. Default: any. */
  apiKey?: string | undefined;
  /** The only secret that passes. Default: any. */
  apiSecret?: string | undefined;
  /** Milliseconds of real time between doing what a request asks and answering it, at most 2,147,483,647. Default 0. */
  latency?: number | undefined;
  /**
   * Whose behaviour it has: LiveDesk's page (`documented`, the default), or that of upstream's 4.12 or 4.15. How they
   * differ: docs/sandbox-versions.md in the repository. Another value throws a `TypeError`.
   */
  version?: "documented" | "4.12" | "4.15" | undefined;
  /**
   * Told of every new and changed message, as upstream's webhooks are: a function at once and before the answer, an
   * address (http or https) by a POST of JSON, one after the other, 5,000 ms for each. What it throws, answers or never
   * ends is ignored; while 1,000 events wait for an address, further ones are lost. Default: none.
   */
  webhook?: string | UrlLike | ((event: SandboxEvent) => unknown) | undefined;
  /** How much is kept; beyond it the oldest go. A number is one of messages. Default: see SandboxKeep. */
  keep?: number | SandboxKeep | undefined;
}

/** How much a sandbox keeps of messages, and again of requests; the oldest go first. */
export interface SandboxKeep {
  /** Messages of all conversations together, and requests. Default 100,000. */
  messages?: number | undefined;
  /** Bytes of files and, about, of all the rest. Default 268,435,456 (256 MiB). */
  bytes?: number | undefined;
}

/** Who sent a message: the agent (`user`) or the customer (`contact`). */
export interface SandboxSender extends MessageSender {
  id: number;
  name: string;
  available_name: string;
  avatar_url: string;
  type: "user" | "contact";
  availability_status: string;
  thumbnail: string;
}

/** A file of a stored message. */
export interface SandboxAttachment extends MessageAttachment {
  id: number;
  message_id: number;
  /** Follows the media type the file was sent with, never its name. */
  file_type: "image" | "video" | "audio" | "file";
  account_id: number;
  extension: string | null;
  data_url: string;
  /** Empty for everything but images. */
  thumb_url: string;
  file_size: number;
  width: null;
  height: null;
  /** The file as it was received. Not enumerable: it is never part of an answer. */
  readonly blob: Global<"File", FileLike>;
}

/** A stored message; it passes as the client's `Message`. */
export interface SandboxMessage extends Message {
  /** Above 2^32, as LiveDesk's are. */
  id: number;
  content: string | null;
  inbox_id: number;
  conversation_id: number;
  /** 0 incoming, 1 outgoing, 2 activity, 3 template. */
  message_type: 0 | 1 | 2 | 3;
  content_type: string;
  status: "sent" | "delivered" | "read" | "failed";
  /** What was sent, and `external_error` once the delivery has failed. */
  content_attributes: MessageContentAttributes;
  /** Unix seconds, by the sandbox's clock. */
  created_at: number;
  private: boolean;
  /** What the request gave as its `source_id`, or null; `failLater` and `deliver` give it one, as a channel does. */
  source_id: string | null;
  sorting_id: number;
  sender: SandboxSender;
  /** Empty or absent where there are none. */
  attachments?: SandboxAttachment[];
  /** Only with a template: its `template_params` as they were sent, but for the Liquid in `processed_params`. */
  additional_attributes?: { template_params: unknown };
  /** How often it was handed to its channel, retries included: 0 for notes. Not enumerable: never part of an answer. */
  readonly deliveries: number;
}

/** One field or file of a form. */
export type SandboxPart =
  | { readonly name: string; readonly value: string }
  | {
      readonly name: string;
      readonly fileName: string;
      readonly type: string;
      /** Bytes. */
      readonly size: number;
      /** Of its bytes, in hexadecimal; null where the runtime has no `crypto.subtle`. */
      readonly sha256: string | null;
    };

/** A request as it came in, and what became of it. */
export interface SandboxRequest {
  /** Counts from 1; `reset` begins anew. */
  readonly number: number;
  /** Milliseconds since 1970, by the sandbox's clock. */
  readonly at: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Names in small letters; credentials are `[masked]`, after their scheme. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of JSON what it says, else the text; absent where there was none, or a form. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it, and know what they sent
  readonly body?: any;
  /** Only of a form (multipart/form-data), as it was sent. */
  readonly parts?: readonly SandboxPart[];
  /** Absent while there is none, and where the connection ended before. Of one that breaks off, what it would have been. */
  readonly answer?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** Of JSON what it says, else the text; null where there is none. */
    // biome-ignore lint/suspicious/noExplicitAny: as above
    readonly body: any;
  };
  /** What kept the caller from a whole answer; `aborted` is the caller's own doing. */
  readonly fault?: "refused" | "reset" | "cut" | "stalled" | "aborted";
  /** Whether it stored a message. A retry stores none. */
  readonly stored: boolean;
  /** The id of the message that it stored. */
  readonly messageId?: number;
}

/**
 * What a webhook is told, in upstream's shape. Upstream names no status of the message but in `conversation.messages`,
 * which has the last one that a customer can see.
 */
export interface SandboxEvent {
  /** Each `message_created` comes twice, as upstream is known to do: tell them apart by id and status. */
  event: "message_created" | "message_updated";
  id: number;
  content: string | null;
  message_type: "incoming" | "outgoing" | "activity" | "template";
  content_type: string;
  /** Has `external_error` once the delivery has failed. */
  content_attributes: MessageContentAttributes;
  additional_attributes: { [key: string]: unknown };
  /** ISO 8601. */
  created_at: string;
  private: boolean;
  source_id: string | null;
  sender: { id: number; name: string; type: "user" | "contact" };
  account: { id: number; name: string };
  inbox: { id: number; name: string };
  /** Absent where there are none. */
  attachments?: MessageAttachment[];
  conversation: {
    /** The conversation's number. */
    id: number;
    messages: Message[];
    [key: string]: unknown;
  };
}

/** A LiveDesk in memory. */
export interface Sandbox {
  /**
   * Answers like LiveDesk. A standard fetch handler for servers and service workers, and callable like
   * `fetch` itself: give it to a client as its `fetch` option. Needs no `this`.
   */
  fetch(...call: FetchArguments): Promise<Global<"Response", ResponseLike>>;
  /** The messages of every conversation that has some, by conversation id: the live store. */
  readonly conversations: Map<number, SandboxMessage[]>;
  /** Every request, the oldest first: the live list. */
  readonly requests: readonly SandboxRequest[];
  /**
   * Says what becomes of the next requests to a conversation, new messages and retries alike: one step a request, in
   * the order of their coming, then normal again. It replaces what is left of an earlier script; `[]` ends one. What a
   * reserved conversation does comes after. Credentials that do not pass, and unknown paths, use up no step. At most
   * 10,000 steps, and scripts for 10,000 conversations.
   *
   * Throws a TypeError that names the step and field at fault.
   */
  script(conversationId: number | bigint | string, steps: readonly SandboxStep[]): void;
  /**
   * Has the delivery of a stored message fail, `afterMs` milliseconds from now by the sandbox's clock (at most ten years;
   * default 0: at once). It then has a `source_id`, as one that a channel had accepted. Of a message that is forgotten by
   * then, nobody sees it.
   *
   * Throws a TypeError for an id of no stored message, and for no reason.
   */
  failLater(
    messageId: number | bigint | string,
    externalError: string,
    options?: { afterMs?: number | undefined },
  ): void;
  /**
   * Has a stored message delivered, or read, now; one that was read stays so. A failed one has failed no more.
   *
   * Throws a TypeError for an id of no stored message, and for any other status.
   */
  deliver(messageId: number | bigint | string, status: "delivered" | "read"): void;
  /**
   * Lets the sandbox's clock go on by so many milliseconds (0 to ten years), and does what is due until then, in its
   * order and before it returns. Until it is first called that clock is the real one; from then on, until `reset`, it
   * stands still but for this, and what `failLater` was told before is due its whole time after. `failLater`,
   * `created_at` and the rate limits go by it; `latency`, `delay` and `stall` take real time always, as the client's time
   * limits do.
   *
   * Resolves when the webhook has taken what it was told, or 5,000 ms later. Throws a TypeError for no such number.
   */
  advance(ms: number): Promise<void>;
  /** Forgets every message, request, script and counter, and what was to happen later; time is the real one again. */
  reset(): void;
}

/** A conversation that fails on demand. */
export interface ReservedConversation {
  readonly id: number;
  /** What happens there, in a sentence. */
  readonly description: string;
}

/** The conversations that fail on demand. Every other positive integer is a conversation that works. */
export const reservedConversations: readonly ReservedConversation[];

/**
 * Makes a LiveDesk in memory, for tests and demos. It runs in any runtime, browsers included, and shares no
 * code with the client. Throws a TypeError for an option that is none.
 *
 * @example
 * const sandbox = createSandbox();
 * const desk = new LiveDesk({ apiKey: "any", apiSecret: "any", fetch: sandbox.fetch });
 * sandbox.script(141, [{ status: 429 }, "ok"]);
 * await desk.sendText(141, { content: "Hello" });
 * sandbox.conversations.get(141)[0].content; // "Hello"
 * sandbox.requests.length; // 2
 */
export function createSandbox(options?: SandboxOptions): Sandbox;
