// What single options may be. Each rule gives the value back, and reports it when it is wrong.

import { CHANNELS } from "../engine/from-rust.js";
import { describe } from "./fields.js";
import { nearest } from "./nearest.js";

const MOST_RETRIES = 100;

export function any(value) {
  return value;
}

export function milliseconds(value, path, issues) {
  if (!Number.isFinite(value) || value < 0) {
    refuseNumber(value, path, issues, "a number of milliseconds, 0 or more (0: no limit)");
  }
  return value;
}

export function perSecond(value, path, issues) {
  if (!Number.isFinite(value) || value <= 0) refuseNumber(value, path, issues, "a number above 0");
  return value;
}

export function retries(value, path, issues) {
  if (!Number.isInteger(value) || value < 0 || value > MOST_RETRIES) {
    refuseNumber(value, path, issues, `an integer from 0 to ${MOST_RETRIES}`);
  }
  return value;
}

/** A whole number above 0. */
export function count(value, path, issues) {
  if (!Number.isSafeInteger(value) || value < 1) refuseNumber(value, path, issues, "a whole number above 0");
  return value;
}

function refuseNumber(value, path, issues, wanted) {
  const isNumber = typeof value === "number";
  const got = isNumber ? value : describe(value);
  issues.add(path, isNumber ? "out_of_range" : "wrong_type", `must be ${wanted}; got ${got}`);
}

/** A rule for what `typeof` tells. */
export function ofType(type, wanted) {
  return (value, path, issues) => {
    if (typeof value !== type) issues.add(path, "wrong_type", `must be ${wanted}; got ${describe(value)}`);
    return value;
  };
}

export const flag = ofType("boolean", "true or false");
export const callable = ofType("function", "a function");
export const text = ofType("string", "a string");

export function channel(value, path, issues) {
  if (CHANNELS.includes(value)) return value;
  const meant = typeof value === "string" && nearest(value, CHANNELS);
  const hint = meant ? `did you mean ${meant}?` : `must be one of ${CHANNELS.join(", ")}`;
  issues.add(path, "invalid_value", `${meant ? "is not a known channel; " : ""}${hint}`);
  return value;
}

/** By shape, since a signal may come from another window or a polyfill; null is none, as in fetch. */
export function signal(value, path, issues) {
  if (value === null) return undefined;
  let fits = false;
  try {
    fits = typeof value.aborted === "boolean" && typeof value.addEventListener === "function";
  } catch {
    // A getter that throws: no signal.
  }
  if (!fits) issues.add(path, "wrong_type", `must be an AbortSignal; got ${describe(value)}`);
  return value;
}
