// What `onEvent` is told of one call. Never a credential, a header or content.

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
  #context;
  #about;
  #attempts = 0;
  #started = performance.now();

  constructor(onEvent, kind, conversationId, message) {
    this.#onEvent = onEvent;
    const messageId = kind === "retry" ? idOf(message) : undefined;
    this.#about = { callId: nextId(), kind };
    const conversation = idOf(conversationId);
    if (conversation !== undefined) this.#about.conversationId = conversation;
    if (messageId !== undefined) this.#about.messageId = messageId;
  }

  /** From now on they are told in this context: the caller's own. */
  within(context) {
    this.#context = context;
  }

  /** Called from Rust. */
  emit(event) {
    if (event.type === "response") this.#attempts = event.attempt;
    this.#context.run(() => this.#tell(event));
  }

  /** The call is over; `sent` is the message, or else `error`. */
  end(sent, error) {
    try {
      // Whoever waits for the call has been told all of it by then.
      this.#context?.drain();
      this.#tell({ type: "end", ...this.#ending(sent, error) });
    } catch {
      // A clock that throws, say: what the call came to counts for more.
    }
  }

  #ending(sent, error) {
    const end = error
      ? { outcome: error.outcome, attempts: error.attempts }
      : { outcome: "sent", attempts: this.#attempts };
    const messageId = idOf(sent ?? error?.messageId);
    if (messageId !== undefined) end.messageId = messageId;
    end.durationMs = performance.now() - this.#started;
    if (error) end.code = error.code;
    return end;
  }

  /** The caller's own trouble with it, now or later, changes nothing. */
  #tell(event) {
    try {
      const { type, ...more } = event;
      const told = this.#onEvent({ type, ...this.#about, ...more });
      if (typeof told?.then === "function") told.then(undefined, () => {});
    } catch {
      // Documented: a throwing onEvent changes nothing.
    }
  }
}

/** The id of a message, or in what a caller gave for one: a number, or a string above 2^53, as in errors. */
function idOf(value) {
  try {
    const given = typeof value === "object" ? value?.id : value;
    if (typeof given !== "number" && !/^[1-9]\d{0,18}$/.test(String(given))) return undefined;
    const id = Number(given);
    if (Number.isSafeInteger(id)) return id > 0 ? id : undefined;
    return typeof given === "number" ? undefined : String(given);
  } catch {
    // No id that could be told.
    return undefined;
  }
}
