// The steps of a sandbox's script.

/** What every kind of step may have. */
interface Delayed {
  /** Milliseconds of real time before the answer, after what was asked is done. Default 0. */
  delay?: number | undefined;
}

/** What a step may say of the message behind an answer that is not the usual one. */
interface Stored extends Delayed {
  /** Whether LiveDesk stores the message (or does the retry) all the same. */
  store?: boolean | undefined;
}

/** An answer of your own. `store` is false unless given. */
export interface AnswerStep extends Stored {
  /** 200 to 599. Default 200. */
  status?: number | undefined;
  /** Set on the answer; `Retry-After`, say. Default: none but Content-Type. */
  headers?: Readonly<Record<string, string | number>> | undefined;
  /**
   * A text is sent as it is (`text/plain`), anything else as JSON. Default: what LiveDesk, or a gateway before it,
   * answers with that status; of a 2xx with `store`, the message.
   */
  body?: unknown;
}

/** The connection ends before any answer (`head`), or in the middle of its body. `store` is true unless given. */
export interface CutStep extends Stored {
  cut: "head" | "body";
}

/**
 * Silence before any answer (`true`, `head`) or in the middle of its body, until the caller gives up; or for that many
 * milliseconds of real time, after which the connection ends. `store` is true unless given.
 */
export interface StallStep extends Stored {
  stall: true | "head" | "body" | number;
}

/** The message is stored, and its delivery fails at once. A retry is done, and fails again. */
export interface ExternalErrorStep extends Delayed {
  /** The channel's reason, such as `131047: Re-engagement message`; 1 to 65,536 characters. */
  external_error: string;
}

/** A redirect; nothing is stored. */
export interface RedirectStep extends Delayed {
  /** Where to: the answer's Location. */
  redirect: string;
  /** Default 302. */
  status?: 301 | 302 | 303 | 307 | 308 | undefined;
}

/**
 * The connection is refused: nothing is read or stored. In memory fetch rejects as the runtime's own does, and a client
 * in Node sees that nothing was sent. On a port a server can only hang up, which proves nothing.
 */
export interface RefuseStep extends Delayed {
  refuse: true;
}

/** The connection is reset before any answer. `store` is true unless given. */
export interface ResetStep extends Stored {
  reset: true;
}

/** What becomes of one request. `"offline"` is `{ refuse: true }`. */
export type SandboxStep =
  | "ok"
  | "offline"
  | AnswerStep
  | CutStep
  | StallStep
  | ExternalErrorStep
  | RedirectStep
  | RefuseStep
  | ResetStep;
