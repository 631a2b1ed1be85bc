// What `onEvent` is told of one call. Never a credential, a header or content.

/** @import { Context } from "../call/context.js" */
/** @import { LiveDeskEvent, LiveDeskOptions } from "../types/options.js" */
/** @import { Told, Written } from "../types/engine.js" */

/** So that ids differ between processes and pages; made late, since workerd allows no chance before a request. */
let origin;
let calls = 0;

function nextId() {
  origin ??= Math.random().toString(36).slice(2, 10);
  calls += 1;
  return `${origin}-${calls.toString(36)}`;
}

/** The events of one call; in its own async context, in order. */
export class Events {
  #onEvent;
  /** @type {Context | undefined} */
  #context;
  /** @type {{ callId: string; kind: Written["kind"]; conversationId?: number | string; messageId?: number | string }} */
  #about;
  #attempts = 0;
  #started = performance.now();

  /**
   * @param {NonNullable<LiveDeskOptions["onEvent"]>} onEvent
   * @param {Written["kind"]} kind
   * @param {unknown} conversationId
   * @param {unknown} message
   */
  constructor(onEvent, kind, conversationId, message) {
    this.#onEvent = onEvent;
    const messageId = kind === "retry" ? idOf(message) : undefined;
    this.#about = { callId: nextId(), kind };
    const conversation = idOf(conversationId);
    if (conversation !== undefined) this.#about.conversationId = conversation;
    if (messageId !== undefined) this.#about.messageId = messageId;
  }

  /**
   * From now on they are told in this context: the caller's own.
   * @param {Context} context
   */
  within(context) {
    this.#context = context;
  }

  /**
   * Called from Rust.
   * @param {Told} event
   */
  emit(event) {
    if (event.type === "response") this.#attempts = event.attempt ?? 0;
    this.#context?.run(() => this.#tell(event));
  }

  /**
   * The call is over; `sent` is the message, or else `error`.
   * @param {unknown} sent
   * @param {unknown} error
   */
  end(sent, error) {
    try {
      // Whoever waits for the call has been told all of it by then.
      this.#context?.drain();
      this.#tell({ type: "end", ...this.#ending(sent, /** @type {Told | undefined} */ (error)) });
    } catch {
      // A clock that throws, say: what the call came to counts for more.
    }
  }

  /**
   * @param {unknown} sent
   * @param {Told | undefined} error
   */
  #ending(sent, error) {
    /** @type {{ [Field in keyof Told]: Told[Field] | undefined }} */
    const end = error
      ? { outcome: error.outcome, attempts: error.attempts }
      : { outcome: "sent", attempts: this.#attempts };
    const messageId = idOf(sent ?? error?.messageId);
    if (messageId !== undefined) end.messageId = messageId;
    end.durationMs = performance.now() - this.#started;
    if (error) end.code = error.code;
    return end;
  }

  /**
   * The caller's own trouble with it, now or later, changes nothing.
   * @param {{ [Field in keyof Told]: Told[Field] | undefined }} about
   */
  #tell(about) {
    try {
      const { type, ...more } = about;
      const event = /** @type {LiveDeskEvent} */ ({ type, ...this.#about, ...more });
      const told = /** @type {PromiseLike<unknown> | undefined} */ (this.#onEvent(event));
      if (typeof told?.then === "function") told.then(undefined, () => {});
    } catch {
      // Documented: a throwing onEvent changes nothing.
    }
  }
}

/**
 * The id of a message, or in what a caller gave for one: a number, or a string above 2^53, as in errors.
 * @param {unknown} value
 */
function idOf(value) {
  try {
    const given = typeof value === "object" ? /** @type {{ id?: unknown } | null} */ (value)?.id : value;
    if (typeof given !== "number" && !/^[1-9]\d{0,18}$/.test(String(given))) return undefined;
    const id = Number(given);
    if (Number.isSafeInteger(id)) return id > 0 ? id : undefined;
    return typeof given === "number" ? undefined : String(given);
  } catch {
    // No id that could be told.
    return undefined;
  }
}
