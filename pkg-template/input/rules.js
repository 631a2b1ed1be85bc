// What single options may be. Each rule gives the value back, and reports it when it is wrong.

import { CHANNELS } from "../engine/from-rust.js";
import { describe } from "./fields.js";
import { nearest } from "./nearest.js";

/** @import { Issues } from "./issues.js" */

/**
 * What a single option may be.
 * @typedef {(value: unknown, path: string, issues: Issues) => unknown} Rule
 */

const MOST_RETRIES = 100;

/** @param {unknown} value */
export function any(value) {
  return value;
}

/**
 * @param {unknown} value
 * @param {string} path
 * @param {Issues} issues
 */
export function milliseconds(value, path, issues) {
  if (!Number.isFinite(value) || /** @type {number} */ (value) < 0) {
    refuseNumber(value, path, issues, "a number of milliseconds, 0 or more (0: no limit)");
  }
  return value;
}

/**
 * @param {unknown} value
 * @param {string} path
 * @param {Issues} issues
 */
export function perSecond(value, path, issues) {
  if (!Number.isFinite(value) || /** @type {number} */ (value) <= 0)
    refuseNumber(value, path, issues, "a number above 0");
  return value;
}

/**
 * @param {unknown} value
 * @param {string} path
 * @param {Issues} issues
 */
export function retries(value, path, issues) {
  if (
    !Number.isInteger(value) ||
    /** @type {number} */ (value) < 0 ||
    /** @type {number} */ (value) > MOST_RETRIES
  ) {
    refuseNumber(value, path, issues, `an integer from 0 to ${MOST_RETRIES}`);
  }
  return value;
}

/**
 * A whole number above 0.
 * @param {unknown} value
 * @param {string} path
 * @param {Issues} issues
 */
export function count(value, path, issues) {
  if (!Number.isSafeInteger(value) || /** @type {number} */ (value) < 1)
    refuseNumber(value, path, issues, "a whole number above 0");
  return value;
}

/**
 * @param {unknown} value
 * @param {string} path
 * @param {Issues} issues
 * @param {string} wanted
 */
function refuseNumber(value, path, issues, wanted) {
  const isNumber = typeof value === "number";
  const got = isNumber ? value : describe(value);
  issues.add(path, isNumber ? "out_of_range" : "wrong_type", `must be ${wanted}; got ${got}`);
}

/**
 * A rule for what `typeof` tells.
 * @param {string} type
 * @param {string} wanted
 */
export function ofType(type, wanted) {
  return (/** @type {unknown} */ value, /** @type {string} */ path, /** @type {Issues} */ issues) => {
    if (typeof value !== type) issues.add(path, "wrong_type", `must be ${wanted}; got ${describe(value)}`);
    return value;
  };
}

export const flag = ofType("boolean", "true or false");
export const callable = ofType("function", "a function");
export const text = ofType("string", "a string");

/**
 * @param {unknown} value
 * @param {string} path
 * @param {Issues} issues
 */
export function channel(value, path, issues) {
  if (CHANNELS.includes(/** @type {string} */ (value))) return value;
  const meant = typeof value === "string" && nearest(value, CHANNELS);
  const hint = meant ? `did you mean ${meant}?` : `must be one of ${CHANNELS.join(", ")}`;
  issues.add(path, "invalid_value", `${meant ? "is not a known channel; " : ""}${hint}`);
  return value;
}

/**
 * By shape, since a signal may come from another window or a polyfill; null is none, as in fetch.
 * @param {unknown} value
 * @param {string} path
 * @param {Issues} issues
 */
export function signal(value, path, issues) {
  if (value === null) return undefined;
  let fits = false;
  try {
    const { aborted, addEventListener } = /** @type {Record<string, unknown>} */ (value);
    fits = typeof aborted === "boolean" && typeof addEventListener === "function";
  } catch {
    // A getter that throws: no signal.
  }
  if (!fits) issues.add(path, "wrong_type", `must be an AbortSignal; got ${describe(value)}`);
  return value;
}
