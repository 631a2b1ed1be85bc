// The error classes. Each answers one question first: did my message go out? See `outcome`.
//
// What a server answered can hold a customer's words, so `body`, `headers` and `sent` live in private
// fields: neither console.log nor util.inspect nor JSON.stringify shows them.

import { oneLine } from "./host/one-line.js";

/**
 * What any of them can be made with.
 * @typedef {import("./types/errors.js").ErrorFields<string> & {
 *   issues?: import("./types/answers.js").Issue[];
 *   status?: number;
 *   body?: unknown;
 *   headers?: import("./types/runtime.js").AnswerHeaders;
 *   requestId?: string;
 *   retryAfterMs?: number;
 *   failure?: import("./types/answers.js").Failure;
 *   sent?: import("./types/answers.js").Message;
 * }} Fields
 */

/** @type {unique symbol} */
const BRAND = Symbol.for("engagelab-livedesk.error");
/** @typedef {{ [BRAND]: string[] }} Branded */

export class LiveDeskError extends Error {
  /**
   * @param {string} [message]
   * @param {Fields} [fields]
   */
  constructor(message = "", fields) {
    const { cause, code = "internal_error", outcome = "unknown", ...more } = fields ?? {};
    super(oneLine(`${message}`), fields && "cause" in fields ? { cause } : undefined);
    this.code = code;
    this.outcome = outcome;
    this.attempts = more.attempts ?? 0;
    if (more.conversationId !== undefined) this.conversationId = more.conversationId;
    if (more.messageId !== undefined) this.messageId = more.messageId;
  }

  /**
   * By brand, so that it holds when a page or process has loaded the package twice.
   * @param {unknown} value
   */
  static [Symbol.hasInstance](value) {
    const own =
      Object.hasOwn(this.prototype, BRAND) &&
      /** @type {Branded} */ (/** @type {unknown} */ (this.prototype))[BRAND].at(-1);
    if (!own) return Function.prototype[Symbol.hasInstance].call(this, value);
    try {
      const brands = /** @type {Partial<Branded> | null} */ (value)?.[BRAND];
      return Array.isArray(brands) && brands.includes(own);
    } catch {
      return false;
    }
  }

  toJSON() {
    return { name: this.name, message: this.message, .../** @type {object} */ (this) };
  }
}

export class ValidationError extends LiveDeskError {
  /**
   * @param {string} [message]
   * @param {Fields} [fields]
   */
  constructor(message, fields) {
    super(message, { code: "invalid_input", outcome: "not_sent", ...fields });
    this.issues = fields?.issues ?? [];
  }
}

/**
 * The codes of statuses as the engine gives them, but for what is usual: for who makes an error in a test.
 * @type {Record<number | string, string | undefined>}
 */
const CODES = {
  302: "redirected",
  401: "unauthorized",
  403: "unauthorized",
  404: "not_found",
  408: "request_timeout",
  413: "too_large",
  422: "invalid_request",
  425: "rate_limited",
  429: "rate_limited",
};

/** @param {unknown} status */
function codeOf(status) {
  // A test may give anything, and comparing a symbol throws.
  if (typeof status !== "number") return "server_error";
  const usual = status < 400 ? "redirected" : status < 500 ? "invalid_request" : "server_error";
  return CODES[status] ?? usual;
}

/** @param {string} code */
function statusOf(code) {
  return Number(Object.keys(CODES).findLast((status) => CODES[status] === code) ?? 500);
}

export class ApiError extends LiveDeskError {
  #body;
  #headers;
  /**
   * @param {string} [message]
   * @param {Fields} [fields]
   */
  constructor(message, fields) {
    const { code = codeOf(fields?.status), status = statusOf(code), ...more } = fields ?? {};
    const outcome = code === "request_timeout" || code === "server_error" ? "unknown" : "rejected";
    super(message, { outcome, attempts: 1, ...more, code });
    this.status = status;
    if (more.requestId !== undefined) this.requestId = more.requestId;
    if (more.retryAfterMs !== undefined) this.retryAfterMs = more.retryAfterMs;
    this.#body = more.body;
    // A redirect that fetch failed on has shown no headers.
    this.#headers = more.headers ?? new Headers();
  }
  get body() {
    return this.#body;
  }
  get headers() {
    return this.#headers;
  }
}

export class ConnectionError extends LiveDeskError {
  /**
   * @param {string} [message]
   * @param {Fields} [fields]
   */
  constructor(message, fields) {
    const { code = "connection_lost" } = fields ?? {};
    const sent = code === "connection_lost";
    super(message, { outcome: sent ? "unknown" : "not_sent", attempts: sent ? 1 : 0, ...fields, code });
  }
}

export class TimeoutError extends LiveDeskError {
  /**
   * @param {string} [message]
   * @param {Fields} [fields]
   */
  constructor(message, fields) {
    super(message, { code: "timeout", attempts: fields?.outcome === "not_sent" ? 0 : 1, ...fields });
    if (fields?.retryAfterMs !== undefined) this.retryAfterMs = fields.retryAfterMs;
  }
}

export class AbortError extends LiveDeskError {
  /**
   * @param {string} [message]
   * @param {Fields} [fields]
   */
  constructor(message, fields) {
    super(message, { code: "aborted", attempts: fields?.outcome === "not_sent" ? 0 : 1, ...fields });
  }
}

export class ResponseError extends LiveDeskError {
  #body;
  /**
   * @param {string} [message]
   * @param {Fields} [fields]
   */
  constructor(message, fields) {
    super(message, { code: "unreadable_response", attempts: 1, ...fields });
    if (fields?.status !== undefined) this.status = fields.status;
    this.#body = fields?.body;
  }
  get body() {
    return this.#body;
  }
}

/** A delivery of which nothing is known. */
const NO_FAILURE = { raw: null, text: "", class: "unknown", canRetry: false, advice: "" };

export class DeliveryError extends LiveDeskError {
  #sent;
  /**
   * @param {string} [message]
   * @param {Fields} [fields]
   */
  constructor(message, fields) {
    const sent = fields?.sent ?? { id: fields?.messageId ?? 1, status: "failed" };
    const basis = /** @type {const} */ ({
      code: "delivery_failed",
      outcome: "failed",
      attempts: 1,
      messageId: sent.id,
    });
    super(message, { ...basis, ...fields });
    this.failure = fields?.failure ?? { ...NO_FAILURE };
    this.#sent = sent;
  }
  get sent() {
    return this.#sent;
  }
}

export class LoadError extends LiveDeskError {
  /**
   * @param {string} [message]
   * @param {Fields} [fields]
   */
  constructor(message, fields) {
    super(message, { code: "load_failed", outcome: "not_sent", ...fields });
  }
}

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

/**
 * An error of the named class.
 * @param {keyof typeof CLASSES} name
 * @param {Fields & { message: string }} fields
 * @returns {LiveDeskError}
 */
export function createError(name, fields) {
  return new CLASSES[name](fields.message, fields);
}
