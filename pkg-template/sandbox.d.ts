import type { FetchArguments, FileLike, Global, ResponseLike } from "./types/runtime.js";

/** How a sandbox behaves. */
export interface SandboxOptions {
  /** The only key that passes. Default: any. */
  apiKey?: string;
  /** The only secret that passes. Default: any. */
  apiSecret?: string;
  /** Milliseconds between doing what a request asks and answering it. Default 0. */
  latency?: number;
  /**
   * Whose behaviour it has: LiveDesk's page (`documented`, the default), or that of upstream's 4.12 or 4.15. How they
   * differ: docs/sandbox-versions.md in the repository. Another value throws a `TypeError`.
   */
  version?: "documented" | "4.12" | "4.15";
}

/** Who sent a message: the agent (`user`) or the customer (`contact`). */
export interface SandboxSender {
  id: number;
  name: string;
  available_name: string;
  avatar_url: string;
  type: "user" | "contact";
  availability_status: string;
  thumbnail: string;
}

/** A file of a stored message. */
export interface SandboxAttachment {
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

/** A stored message. */
export interface SandboxMessage {
  /** Above 2^32, as LiveDesk's are. */
  id: number;
  content: string | null;
  inbox_id: number;
  conversation_id: number;
  /** 0 incoming, 1 outgoing, 2 activity, 3 template. */
  message_type: 0 | 1 | 2 | 3;
  content_type: string;
  status: "sent" | "failed";
  /** What was sent, and `external_error` once the delivery has failed. */
  content_attributes: Record<string, unknown>;
  /** Unix seconds. */
  created_at: number;
  private: boolean;
  /** What the request gave as its `source_id`. */
  source_id: string | null;
  sorting_id: number;
  sender: SandboxSender;
  attachments: SandboxAttachment[];
  /** Only with a template: its `template_params` as they were sent, but for the Liquid in `processed_params`. */
  additional_attributes?: { template_params: unknown };
  /** How often it was handed to its channel, retries included: 0 for notes. Not enumerable: never part of an answer. */
  readonly deliveries: number;
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
  /** Forgets every message and counter. */
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
 * code with the client.
 *
 * @example
 * const sandbox = createSandbox();
 * const desk = new LiveDesk({ apiKey: "any", apiSecret: "any", fetch: sandbox.fetch });
 * await desk.sendText(141, { content: "Hello" });
 * sandbox.conversations.get(141)[0].content; // "Hello"
 */
export function createSandbox(options?: SandboxOptions): Sandbox;
