/** One of these words, or one that LiveDesk adds later. */
type Open<Word extends string> = Word | (string & {});

/**
 * A message as LiveDesk answered it, every field kept. Only `id` and `status` are sure: a template's answer is
 * partial, and so is a failed one's.
 */
export interface Message {
  id: number;
  /** `sent` means accepted: delivery comes later, and may fail then. */
  status: Open<"sent" | "delivered" | "read" | "failed">;
  /** May differ from what was sent, since LiveDesk renders `{{ }}` and `{% %}`. */
  content?: string | null;
  inbox_id?: number | null;
  /** The conversation's number in its account. */
  conversation_id?: number | null;
  /** 0 incoming, 1 outgoing, 2 activity, 3 template. */
  message_type?: number | null;
  content_type?: Open<"text"> | null;
  /** Holds `external_error` once the delivery has failed. */
  content_attributes?: MessageContentAttributes | null;
  /** A template's answer has its `template_params` here. */
  additional_attributes?: { [key: string]: unknown } | null;
  /** Unix seconds. */
  created_at?: number | null;
  /** Whether only agents see it. */
  private?: boolean | null;
  /** The channel's own id of the message, such as `wamid...`. */
  source_id?: string | number | null;
  sorting_id?: number | null;
  sender?: MessageSender | null;
  attachments?: MessageAttachment[] | null;
  /** Fields that LiveDesk adds later. */
  [key: string]: unknown;
}

/** Open data of a message. */
export interface MessageContentAttributes {
  /** The id of the message that this one answers. */
  in_reply_to?: number | null;
  /** The channel's reason for a failed delivery; see `explainFailure`. */
  external_error?: string | null;
  [key: string]: unknown;
}

/** Who sent a message. */
export interface MessageSender {
  id?: number | null;
  name?: string | null;
  /** The name that customers see. */
  available_name?: string | null;
  avatar_url?: string | null;
  type?: Open<"user" | "contact"> | null;
  availability_status?: string | null;
  thumbnail?: string | null;
  [key: string]: unknown;
}

/** A file of a message. */
export interface MessageAttachment {
  id?: number | null;
  message_id?: number | null;
  /** Follows the media type it was sent with, not its name. */
  file_type?: Open<"image" | "audio" | "video" | "file"> | null;
  account_id?: number | null;
  extension?: string | null;
  /** Whoever has this link can read the file, for good: never log it. */
  data_url?: string | null;
  /** Empty for what is no image. */
  thumb_url?: string | null;
  /** Bytes. */
  file_size?: number | null;
  /** Pixels; null right after the upload. */
  width?: number | null;
  /** Pixels; null right after the upload. */
  height?: number | null;
  [key: string]: unknown;
}

/** Why a delivery failed, and what to do. */
export interface Failure {
  /** `external_error` as LiveDesk gave it, its first 64 KiB; null if it gave none. */
  raw: string | null;
  /** WhatsApp's error code, when it is one and known. */
  code?: number;
  /** The text without the code; empty when there is none. */
  text: string;
  /** What kind of failure it is. Of `wait`, no program repeats it; after `retryAfterMs` a person may. */
  class:
    | "retry_now"
    | "retry_later"
    | "wait"
    | "use_template"
    | "fix_request"
    | "fix_account"
    | "never"
    | "unknown";
  /** Whether a program may call `retryMessage` before a person has done something. */
  canRetry: boolean;
  /** The least wait before that retry, or, of `wait`, before a person tries again; in milliseconds. */
  retryAfterMs?: number;
  /** The most automatic retries. */
  maxRetries?: number;
  /** One English sentence that a support agent can act on. */
  advice: string;
}

/** One thing wrong with one field. */
export interface Issue {
  /** The field as it was written: `template_params.button_params[1].payload`. */
  path: string;
  /** A stable word for programs, such as `required` or `too_long`. */
  code: string;
  /** What is wrong and what to do, for people; begins with the path. */
  message: string;
  /** An `error` stops the message; with a `warning` it is sent. */
  severity: "error" | "warning";
  /**
   * What `message` says in numbers and words, for who says it in another language: `limit` and `actual` of a limit,
   * `suggestion` of what was probably meant, `name`, `part`, `kind`, `index`, `known`, `status`, `class` and `code`
   * where the message has them. Words of at most 64 characters. Missing where the code alone says it.
   */
  params?: { readonly [name: string]: string | number };
}
