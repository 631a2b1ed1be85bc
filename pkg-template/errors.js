// The error classes. Each answers one question first: did my message go out? See `outcome`.
//
// What a server answered can hold a customer's words, so `body`, `headers` and `sent` live in private
// fields: neither console.log nor util.inspect nor JSON.stringify shows them.

const BRAND = Symbol.for("engagelab-livedesk.error");

export class LiveDeskError extends Error {
  constructor(message, fields = {}) {
    super(message, "cause" in fields ? { cause: fields.cause } : undefined);
    this.code = fields.code ?? "internal_error";
    this.outcome = fields.outcome ?? "unknown";
    this.attempts = fields.attempts ?? 0;
    if (fields.conversationId !== undefined) this.conversationId = fields.conversationId;
    if (fields.messageId !== undefined) this.messageId = fields.messageId;
  }

  /** By brand, so that it holds when a page or process has loaded the package twice. */
  static [Symbol.hasInstance](value) {
    const own = Object.hasOwn(this.prototype, BRAND) && this.prototype[BRAND].at(-1);
    if (!own) return Function.prototype[Symbol.hasInstance].call(this, value);
    try {
      const brands = value?.[BRAND];
      return Array.isArray(brands) && brands.includes(own);
    } catch {
      return false;
    }
  }

  toJSON() {
    return { name: this.name, message: this.message, ...this };
  }
}

export class ValidationError extends LiveDeskError {
  constructor(message, fields = {}) {
    super(message, fields);
    this.issues = fields.issues;
  }
}

export class ApiError extends LiveDeskError {
  #body;
  #headers;
  constructor(message, fields = {}) {
    super(message, fields);
    this.status = fields.status;
    if (fields.requestId !== undefined) this.requestId = fields.requestId;
    if (fields.retryAfterMs !== undefined) this.retryAfterMs = fields.retryAfterMs;
    this.#body = fields.body;
    // A redirect that fetch failed on has shown no headers.
    this.#headers = fields.headers ?? new Headers();
  }
  get body() {
    return this.#body;
  }
  get headers() {
    return this.#headers;
  }
}

export class ConnectionError extends LiveDeskError {}

export class TimeoutError extends LiveDeskError {
  constructor(message, fields = {}) {
    super(message, fields);
    if (fields.retryAfterMs !== undefined) this.retryAfterMs = fields.retryAfterMs;
  }
}

export class AbortError extends LiveDeskError {}

export class ResponseError extends LiveDeskError {
  #body;
  constructor(message, fields = {}) {
    super(message, fields);
    if (fields.status !== undefined) this.status = fields.status;
    this.#body = fields.body;
  }
  get body() {
    return this.#body;
  }
}

export class DeliveryError extends LiveDeskError {
  #sent;
  constructor(message, fields = {}) {
    super(message, fields);
    this.failure = fields.failure;
    this.#sent = fields.sent;
  }
  get sent() {
    return this.#sent;
  }
}

export class LoadError extends LiveDeskError {}

const CLASSES = {
  LiveDeskError,
  ValidationError,
  ApiError,
  ConnectionError,
  TimeoutError,
  AbortError,
  ResponseError,
  DeliveryError,
  LoadError,
};

// The names are literals: a minifier renames classes, and people match on error.name.
for (const [name, type] of Object.entries(CLASSES)) {
  const brands = name === "LiveDeskError" ? [name] : ["LiveDeskError", name];
  Object.defineProperties(type.prototype, {
    name: { value: name, configurable: true, writable: true },
    [BRAND]: { value: brands },
  });
}

/** Called from Rust: an error of the named class; `source` is what the attempt saw, if it is about one. */
export function createError(name, fields, source) {
  return new CLASSES[name](fields.message, source ? { ...source.extras(), ...fields } : fields);
}
