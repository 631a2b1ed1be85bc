/**
 * What crosses between this package's JavaScript and its engine, for the package itself. `src/boundary/joint_tests.rs`
 * holds both sides to it: the names, kinds and order below are those of the records in Rust.
 */

/** A value that is written down already, see `host/tagged.js`. */
export type Tagged = string;

/** The options of a client; of a question that sends nothing, its channel. */
export interface Client {
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
  apiSecret?: string | undefined;
  authorization?: string | undefined;
  channel?: string | undefined;
  timeout?: number | undefined;
  totalTimeout?: number | undefined;
  maxRetries?: number | undefined;
}

/** What a caller wrote for one call. */
export interface Written {
  kind: "text" | "attachments" | "template" | "retry";
  timeout?: number | undefined;
  totalTimeout?: number | undefined;
  maxRetries?: number | undefined;
  dangerouslyRetryUnknown?: boolean | undefined;
  force?: boolean | undefined;
  conversationId: Tagged;
  message: Tagged;
  extra: Tagged;
  definition: Tagged;
}

/** What the host saw of one attempt; `src/answer/facts.rs` says what each means. */
export interface Facts {
  status?: number | undefined;
  refused?: boolean | undefined;
  retryAfter?: string | null | undefined;
  location?: string | null | undefined;
  body?: unknown;
  tooLong?: boolean | undefined;
  stopped?: boolean | undefined;
  uncalled?: boolean | undefined;
  failed?: boolean | undefined;
  native?: boolean | undefined;
  page?: boolean | undefined;
  brokenOff?: boolean | undefined;
  own?: boolean | undefined;
  redirect?: number | undefined;
  requests?: number | undefined;
  given?: number | undefined;
  mocked?: boolean | undefined;
  foreign?: boolean | undefined;
  prompt?: boolean | undefined;
  others?: number[] | undefined;
  works?: boolean | undefined;
  authorization?: string | undefined;
  unreadable?: number | undefined;
  late?: number | undefined;
  links?: Link[] | undefined;
}

/** What one thrown value says of itself. */
export interface Link {
  code?: string | undefined;
  syscall?: string | undefined;
  message?: string | undefined;
  errors?: Link[] | undefined;
}

/** What the engine gives back: every field of its errors, issues, failures, events and forms. */
export interface Told {
  type?: string;
  message?: string;
  code?: string | number;
  outcome?: string;
  attempts?: number;
  conversationId?: number | string;
  messageId?: number | string;
  status?: number;
  retryAfterMs?: number;
  issues?: Told[];
  path?: string | (string | number)[];
  problem?: string;
  known?: string[];
  params?: Record<string, string | number>;
  hint?: string;
  severity?: string;
  failure?: Told;
  raw?: string | null;
  text?: string;
  class?: string;
  canRetry?: boolean;
  maxRetries?: number;
  advice?: string;
  method?: string;
  attempt?: number;
  durationMs?: number;
  delayMs?: number;
  field?: string | (string | number)[];
  fields?: Told[];
  files?: Told[];
  name?: string;
  do?: string;
  afterMs?: number;
  then?: string;
  why?: string;
  index?: number;
}
