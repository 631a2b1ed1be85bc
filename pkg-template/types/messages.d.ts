import type { BlobLike } from "./runtime.js";
import type { TemplateParams } from "./template.js";

/** An id: a positive integer below 2^63 as a number, a bigint or a string of digits. */
export type Id = number | bigint | string;

/**
 * An open object of JSON data, sent as JSON.stringify writes it: of an object with `toJSON` what that gives. Unlike
 * there, what JSON cannot carry (NaN, a Map, a function, undefined in a list) is refused, and a bigint below 2^63 is a
 * number.
 */
export interface ContentAttributes {
  /** The id of the message in this conversation that this one answers. */
  in_reply_to?: Id | null | undefined;
  [key: string]: unknown;
}

/** Text for a conversation. */
export interface TextMessage {
  /** 1 to 150,000 characters, not blank, without NUL. LiveDesk renders `{{ }}` and `{% %}` in it. */
  content: string;
  /** A note that only agents see. Default false. */
  private?: boolean | null | undefined;
  content_attributes?: ContentAttributes | null | undefined;
}

/** Files for a conversation, with an optional caption. */
export interface AttachmentMessage {
  /** 1 to 15 files; WhatsApp takes 1. */
  attachments: readonly Attachment[];
  /** The caption, at most 150,000 characters, of which each line break is two (CR LF); without NUL. Default: none. */
  content?: string | null | undefined;
  /** A note that only agents see. Default false. */
  private?: boolean | null | undefined;
  content_attributes?: ContentAttributes | null | undefined;
}

/** A `Blob`, a `File`, or bytes with a name. At least 1 byte. */
export type Attachment = BlobLike | AttachmentData;

/** Bytes with a name. */
export interface AttachmentData {
  /** The bytes. A buffer's are copied when the call is made; a Blob's stay where they are. */
  data: BlobLike | ArrayBuffer | ArrayBufferView;
  /**
   * The file name that the customer sees; not blank, without NUL and `%00`. Of a path the last part arrives, of more
   * than 1,024 bytes (`"`, `%`, `;` and line breaks count as 3) the beginning and the extension; a name of nothing but
   * dots, slashes and control characters becomes `attachment-1` and an extension. A File's name likewise.
   */
  name: string;
  /**
   * The media type, such as `image/png`; sent in small letters and, but for audio, without parameters. Default: the
   * Blob's, else what the name's extension says.
   */
  type?: string | null | undefined;
}

/** A WhatsApp template, and the text that agents see for it. */
export interface TemplateMessage {
  /** Shown in the conversation; what the customer gets comes from the template. 1 to 150,000 characters. */
  content: string;
  template_params: TemplateParams;
  /** Set for you; it can be nothing else. */
  message_type?: "outgoing" | null | undefined;
}
