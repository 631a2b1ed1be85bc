// What a caller gave of one call, read once and at once.

import { snapshot } from "../host/snapshot.js";
import { Issues } from "../input/issues.js";
import { readRequestOptions } from "./request-options.js";

/** @import { FetchLike } from "../types/runtime.js" */
/** @import { Settings } from "./options.js" */
/** @import { Written } from "../types/engine.js" */

/** @typedef {ReturnType<typeof read>} Given */

/**
 * The data for the engine, and what only JavaScript can hold; throws a ValidationError when options are wrong.
 * @param {Settings} settings
 * @param {Written["kind"]} kind
 * @param {unknown} conversationId
 * @param {unknown} message
 * @param {unknown} [requestOptions]
 */
export function read(settings, kind, conversationId, message, requestOptions) {
  const { signal, extra, definition, timeout, totalTimeout, maxRetries, dangerouslyRetryUnknown, force } =
    readRequestOptions(requestOptions);
  const { text, binaries } = snapshot(message);
  /** @type {import("../types/engine.js").Written} */
  const written = {
    kind,
    timeout,
    totalTimeout,
    maxRetries,
    dangerouslyRetryUnknown,
    force,
    conversationId: snapshot(conversationId).text,
    message: text,
    extra: snapshot(extra).text,
    definition: snapshot(definition).text,
  };
  const { fetch = globalFetch(), authorize } = settings;
  return { written, fetch, authorization: authorize, signal, binaries };
}

/**
 * Looked up at each call, so that a test or a tracer may replace it at any time.
 * @returns {FetchLike}
 */
function globalFetch() {
  const { fetch } = globalThis;
  if (typeof fetch === "function") return /** @type {FetchLike} */ (fetch);
  const issues = new Issues();
  issues.add("options.fetch", "required", "is required: this runtime has no global fetch");
  throw issues.raise("Nothing was sent");
}
