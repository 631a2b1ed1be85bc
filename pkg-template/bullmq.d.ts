import type { LiveDesk, Outcome, TemplateMessage, TextMessage } from "./index.js";

/** A `Queue` of BullMQ 6, on Redis or PostgreSQL. */
export interface QueueLike {
  readonly name: string;
  toKey(type: string): string;
  pause(): Promise<void>;
}

/** A `Job` of BullMQ. */
export interface JobLike {
  id?: string | undefined;
  data: unknown;
}

/** A file of a row, read when it is sent: a path below `files.folder`, or a URL of one of `files.hosts`. */
export type RowFile = string | { file: string; name?: string; type?: string };

/** What a row may set of a call's `RequestOptions`: what can be kept in a queue. */
export interface RowOptions {
  /** In milliseconds; default 30,000. */
  timeout?: number;
  /** In milliseconds; default 120,000. Keep it below `graceMs`. */
  totalTimeout?: number;
  extra?: Record<string, unknown>;
  definition?: object;
}

interface RowBase {
  /** Unique in its queue: 1 to 200 characters, or a number, which counts as its digits. */
  id: string | number;
  /** The conversation: a whole number above 0. */
  conversationId: number | string;
  requestOptions?: RowOptions;
}

/** One message of a campaign. It is kept in the queue as JSON. */
export type Row =
  | (RowBase & { kind: "text"; message: TextMessage })
  | (RowBase & { kind: "template"; message: TemplateMessage })
  | (RowBase & {
      kind: "attachments";
      message: { attachments: RowFile[]; content?: string; private?: boolean };
    });

/**
 * Adds rows, 500 at a time, each as the job `row-<id>`; a row whose job or mark is there already is passed over, so the
 * same rows may be added again after an interruption. Resolves to how many were new.
 *
 * Rejects with a ValidationError (`not_sent`) at the first row that is none; the batches before it were added.
 */
export function enqueue(queue: QueueLike, rows: Iterable<Row> | AsyncIterable<Row>): Promise<number>;

/** Which files rows may have. Default: none. */
export interface FileRules {
  /** Paths are taken from here, and nothing outside is read, also where a link leads there. */
  folder?: string;
  /** The hosts of URLs, as they stand in them. `https:` only, no redirects, and never a private address. */
  hosts?: string[];
  /** Of one file. Default 41,943,040 (40 MiB). */
  maxBytes?: number;
  /** Private addresses and `http:` too, of the same hosts. Default false. */
  dangerouslyAllowPrivate?: boolean;
}

export interface ProcessorOptions {
  /** The queue that the worker works on. */
  queue: QueueLike;
  /** Which files rows may have. Default: none. */
  files?: FileRules;
  /**
   * How often a conversation may have a message, in milliseconds. Default 6,000, WhatsApp's limit for one customer; 0: as
   * often as rows come.
   */
  pairMs?: number;
  /** How many may come at once before that counts. Default 45, WhatsApp's limit. */
  pairBurst?: number;
  /**
   * How long a row that another worker had begun waits for that worker to tell what became of it; then it is for a person
   * (`look`). In milliseconds; default 150,000. Keep it above a call's `totalTimeout`.
   */
  graceMs?: number;
}

/**
 * The processor for a BullMQ `Worker`. It marks the row in the queue's Redis or PostgreSQL, and sends when the mark is confirmed, so a
 * job that stalled, was started twice or lost its lock is never sent again. Throws a ValidationError for bad options.
 */
export function createProcessor(
  desk: LiveDesk,
  options: ProcessorOptions,
): (job: JobLike, token?: string) => Promise<{ messageId?: number | string }>;

/** What `workerOptions` sets, where `Given` does not. */
export interface WorkerDefaults {
  /** Jobs at a time. Default 20. */
  concurrency: number;
  /** For all workers of the queue together. Default 50 a second, upstream's limit for an address. */
  limiter: { max: number; duration: number };
  /** In milliseconds; default 60,000. */
  lockDuration: number;
  /** In milliseconds; default 30,000. */
  stalledInterval: number;
  /** Always 1,000,000: a stalled job is safe to start again. */
  maxStalledCount: number;
}

/** Options for a BullMQ `Worker`; yours go first, but for `maxStalledCount` and `maxStartedAttempts`, which counts a 429. */
export function workerOptions<Given extends object>(
  options: Given,
): Omit<Given, keyof WorkerDefaults | "maxStartedAttempts"> & WorkerDefaults;

/** What became of a row. */
export interface ReportedRow {
  id: string;
  /** Undefined where the job was removed. */
  conversationId: number | string | undefined;
  /** `waiting`: not sent yet, or just being sent. */
  outcome: "sent" | Outcome | "waiting";
  messageId?: number | string;
  /** An error's code; or `worker_lost`, `job_failed`, `job_lost`, `file_refused`. */
  code?: string;
  /** One sentence on what to do. */
  advice?: string;
  /** How many requests were begun. */
  attempts: number;
}

/** Every row in the order of coming, read 100 at a time. */
export function report(queue: QueueLike): AsyncGenerator<ReportedRow, void, void>;

/** The rows that need a person: `unknown`, those whose delivery was retried in vain, and those whose job failed unsent. Reads all rows. */
export function look(queue: QueueLike): AsyncGenerator<ReportedRow, void, void>;

/**
 * Decides on a row that `look` gave, or that was dropped. `send`: it is sent (again), for who has seen that it is not there, and
 * that no stopped worker still has it; `sent`: it is there; `drop`: it stays as it is. Rejects with a ValidationError where
 * the row waits for no decision.
 */
export function release(
  queue: QueueLike,
  id: string | number,
  decision: "send" | "sent" | "drop",
): Promise<void>;

/**
 * Takes a webhook's body, from where webhooks come in: a delivery that failed later makes its row `failed`. Resolves to
 * the row, or to null where the message came of none.
 */
export function recordWebhook(
  queue: QueueLike,
  body: unknown,
): Promise<{ id: string; outcome: "sent" | "failed" } | null>;
