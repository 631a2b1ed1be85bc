import type { TemplateDefinitions } from "./definition.js";
import type { Outcome } from "./errors.js";
import type { AbortSignalLike, FetchLike, UrlLike } from "./runtime.js";

/** The channel behind a conversation. */
export type Channel =
  | "whatsapp"
  | "messenger"
  | "instagram"
  | "telegram"
  | "line"
  | "email"
  | "sms"
  | "web_widget"
  | "api";

/**
 * What `new LiveDesk` takes: `apiKey` with `apiSecret`, or `authorization`, or the `baseUrl` of a backend of
 * yours that adds them.
 */
export interface LiveDeskOptions {
  /** The API key. No colon, no blanks around it, not blank, no control characters, at most 16,384 characters. */
  apiKey?: string | undefined;
  /** The API secret. As the key, but for colons. Never in code that a browser loads. */
  apiSecret?: string | undefined;
  /**
   * In place of the pair: the value of the Authorization header, such as `Basic a2V5OnNlY3JldA==`, at most 16,384
   * characters and without blanks around it, or a function (it may be async) that gives it and is asked before every
   * attempt.
   */
  authorization?: string | (() => string | PromiseLike<string>) | undefined;
  /**
   * Where LiveDesk is, with or without a path and a slash at its end. Relative (`/livedesk`) where the page has
   * an origin. With credentials `https:`, or `http:` on this machine (`localhost`, `*.localhost`, 127.0.0.0/8, `[::1]`;
   * of a relative one the page's origin counts), unless `dangerouslyAllowHttp`. At most 8,192 characters. Default `https://livedesk-api.engagelab.com`.
   */
  baseUrl?: string | UrlLike | undefined;
  /**
   * Milliseconds for one attempt, its whole answer included; 0: no limit. Attachments get 1,000 ms more for
   * every 128 KiB. Default 30,000.
   */
  timeout?: number | undefined;
  /**
   * Milliseconds for all attempts and the waits between them; 0: no limit. Attachments extend it like `timeout`.
   * Default 120,000.
   */
  totalTimeout?: number | undefined;
  /** The most attempts after the first, 0 to 100. Only what cannot send twice is tried again. Default 2. */
  maxRetries?: number | undefined;
  /**
   * At most so many requests a second, evenly spaced and in order; LiveDesk's upstream allows 50 a second and address.
   * Default: none. With it or without, all calls of a client with the same Authorization wait when LiveDesk answered
   * 429 (at most 60 s): one goes first, the rest follow at the pace that worked.
   */
  requestsPerSecond?: number | undefined;
  /**
   * Used in place of the global `fetch`, and called in the async context of its own call. Default: the global one,
   * looked up at each call. In Node, one that hands all of `init` on proves as much as none; what it repeats, queues
   * or sends by other means makes an outcome `unknown` where nothing else is proven.
   */
  fetch?: FetchLike | undefined;
  /** Check the limits of this channel too. Default: none. */
  channel?: Channel | undefined;
  /**
   * Told of every request, response and retry, of warnings, and at last of the end; never a credential, a header or
   * content. Called in the async context of its own call; what it throws is ignored. Default: none.
   */
  onEvent?: ((event: LiveDeskEvent) => unknown) | undefined;
  /**
   * Allow `apiSecret`, or an `authorization` string, in a browser, where every visitor can read it.
   * Default false: the constructor throws there.
   */
  dangerouslyAllowBrowser?: boolean | undefined;
  /**
   * Allow credentials to an `http:` address of another machine, where everybody on the way can read them: for a network
   * of your own, such as between containers or inside a mesh. Default false: the constructor throws.
   */
  dangerouslyAllowHttp?: boolean | undefined;
  /**
   * The backend at `baseUrl` is `createProxy` of `engagelab-livedesk/proxy`. Each call then carries an Idempotency-Key, what is
   * `unknown` is repeated with the same key, up to `maxRetries` times, and every error is the one that the backend's own
   * call ended with. Ahead of a call, a HEAD request asks the backend which store of keys it has, at most every 30 s. Needs
   * `baseUrl`, without `apiKey`. Default false.
   */
  proxy?: boolean | undefined;
}

/** How far an upload is. */
export interface UploadProgress {
  /** `sending`: the files are on their way. `waiting`: all of them were handed over, and there is no answer yet. `done`: there is. */
  phase: "sending" | "waiting" | "done";
  /** Bytes of the files that were handed over to the runtime and its connection; nobody can see further. */
  loaded: number;
  /** Bytes of all files. */
  total: number;
}

/** What holds for one call alone. */
export interface RequestOptions {
  /**
   * Ends the call, a wait between attempts included, with an AbortError: `not_sent` before a request was made, and in
   * Node before it was given to a connection; `unknown` after. Default: none.
   */
  signal?: AbortSignalLike | null | undefined;
  /**
   * Of `sendAttachments`: is told how many bytes of the files were handed over, then that all were and there is no answer
   * yet, then that there is one; at most 20 times a second, never backwards. What it throws changes nothing. In Node and
   * Deno; in pages and their workers without `fetch` and credentials, by XMLHttpRequest; elsewhere (Bun, service workers,
   * Cloudflare's and Vercel's edge) nothing honest can be told, and it is refused with a ValidationError, `not_sent`. Default:
   * none. See docs/uploads.md.
   */
  onUploadProgress?: ((progress: UploadProgress) => void) | undefined;
  /** As in LiveDeskOptions, for this call. Default: the client's. */
  timeout?: number | undefined;
  /** As in LiveDeskOptions, for this call. Default: the client's. */
  totalTimeout?: number | undefined;
  /** As in LiveDeskOptions, for this call. Default: the client's. */
  maxRetries?: number | undefined;
  /**
   * Top-level fields to send beside the message's own, such as one that LiveDesk documents later; JSON data, under plain
   * names (no brackets, quotes, backslashes or line breaks, and not `_method`). Default: none.
   */
  extra?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Of `sendTemplate`: the template's definition, or several; what differs from it is refused before anything is sent, as
   * `validate` says. Other calls do not look at it. Default: none.
   */
  definition?: TemplateDefinitions | null | undefined;
  /**
   * Of `retryMessage`: also where the message's failure says that a retry cannot help, or is not for a program
   * (`retry_cannot_help`). Other calls do not look at it. Default false.
   */
  force?: boolean | undefined;
  /**
   * Try again, too, after a timeout, a lost connection, a 408, a 5xx or a cut answer; never after another 4xx,
   * whatever its outcome. LiveDesk knows no idempotency key, so the customer may then get the message twice.
   * Default false.
   */
  dangerouslyRetryUnknown?: boolean | undefined;
}

/** What `onEvent` is told. */
export type LiveDeskEvent = RequestEvent | ResponseEvent | RetryEvent | WarningEvent | EndEvent;

interface CallEvent {
  /** The same in all events of a call, and in no other's. */
  callId: string;
  kind: "text" | "attachments" | "template" | "retry";
  /** Missing where what was given is no id; a string above 2^53. */
  conversationId?: number | string;
  /** Of a retry, the message to retry; in the end, the message that was sent or failed. A string above 2^53. */
  messageId?: number | string;
}

interface EventBase extends CallEvent {
  method: "POST";
  /** Below `baseUrl`. */
  path: string;
  /** Counts the call's attempts from 1; 0 in a warning that comes before the first. */
  attempt: number;
}

/** An attempt begins. */
export interface RequestEvent extends EventBase {
  type: "request";
}

/** An attempt is over. */
export interface ResponseEvent extends EventBase {
  type: "response";
  /** The HTTP status, if one came; 0 for a redirect that a browser hides. */
  status?: number;
  /** Milliseconds. */
  durationMs: number;
  /** What became of the message, as far as this attempt tells; missing when LiveDesk answered with a message. */
  outcome?: Outcome;
}

/** `attempt` failed, and the next one begins after a wait. */
export interface RetryEvent extends EventBase {
  type: "retry";
  /** Milliseconds. */
  delayMs: number;
}

/** Something to know although the call goes on. */
export interface WarningEvent extends EventBase {
  type: "warning";
  /**
   * A stable word for programs; new ones may come.
   * - `attachments_unconfirmed`: the answer to `sendAttachments` is a partial one that does not list the files, so
   *   whether all of them arrived is not known.
   * - `retry_unchecked`: `retryMessage` was given an id, so nothing tells that the message failed; see there.
   * - `retry_may_be_skipped`: `retryMessage` was given a message that has a `source_id`; see there.
   * - `not_given`: a `url` button has no `text`, or a `quick_reply` button no `payload`.
   * - `unknown_category`, `unknown_language`: the template's is not in Meta's list.
   */
  code:
    | "attachments_unconfirmed"
    | "retry_unchecked"
    | "retry_may_be_skipped"
    | "not_given"
    | "unknown_category"
    | "unknown_language"
    | (string & {});
  /** What it means, for people. Nothing of the message. */
  message: string;
  /** Of an issue that `validate` lists too, its `path`: `template_params.button_params[1].payload`. */
  field?: string;
}

/** The call is over; the last of its events, also where nothing was sent. */
export interface EndEvent extends CallEvent {
  type: "end";
  /** What became of the message. */
  outcome: "sent" | Outcome;
  /** How many requests were made. */
  attempts: number;
  /** Milliseconds of the whole call. */
  durationMs: number;
  /** The error's `code`; missing when it was sent. */
  code?: string;
}
