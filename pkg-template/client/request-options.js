// The last argument of a call: what holds for this call alone.

import { readFields } from "../input/fields.js";
import { Issues } from "../input/issues.js";
import { any, flag, milliseconds, retries, signal } from "../input/rules.js";

const RULES = {
  signal,
  timeout: milliseconds,
  totalTimeout: milliseconds,
  maxRetries: retries,
  // The engine checks it along with the message, whose fields it must not repeat.
  extra: any,
  definition: any,
  force: flag,
  dangerouslyRetryUnknown: flag,
};

/**
 * The request options that are given; throws a ValidationError with everything wrong with them.
 *
 * @param {unknown} value
 * @returns {import("../types/options.js").RequestOptions}
 */
export function readRequestOptions(value) {
  if (value === undefined || value === null) return {};
  const issues = new Issues();
  const given = readFields(value, "requestOptions", RULES, issues);
  issues.raise("Nothing was sent");
  return /** @type {import("../types/options.js").RequestOptions} */ (given);
}
