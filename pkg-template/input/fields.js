// Reads an object of options: each field once, unknown names refused, getters that throw reported.

import { suggestion } from "./issues.js";
import { below } from "./place.js";

/** @import { Rule } from "./rules.js" */
/** @import { Issues } from "./issues.js" */

/** How much of an unknown name is repeated. */
const SHOWN = 64;

/**
 * The known fields that are given, as a plain object; undefined when `value` is no object to read. A field
 * set to undefined counts as not given.
 * Every known option has a rule `(value, path, issues) => value`, which reports what is wrong with it.
 *
 * @param {unknown} value
 * @param {string} path
 * @param {Record<string, Rule>} rules
 * @param {Issues} issues
 * @returns {Record<string, unknown> | undefined}
 */
export function readFields(value, path, rules, issues) {
  if (typeof value !== "object" || value === null || describe(value) === "an array") {
    issues.add(path, "wrong_type", `must be an object; got ${describe(value)}`);
    return undefined;
  }
  /** @type {Record<string, unknown>} */
  const fields = {};
  const known = Object.keys(rules);
  for (const name of namesOf(value, known)) {
    const place = below(path, name.slice(0, SHOWN));
    let given;
    try {
      given = /** @type {Record<string, unknown>} */ (value)[name];
    } catch {
      issues.add(place, "unreadable", "cannot be read: its getter throws");
      // Given all the same: nobody should be told, too, that it is missing.
      fields[name] = undefined;
      continue;
    }
    if (given === undefined) continue;
    if (known.includes(name)) fields[name] = rules[name](given, place, issues);
    else issues.add(place, "unknown_option", `is not a known option${suggestion(name, known)}`);
  }
  return fields;
}

/**
 * The known names, inherited or not, and every other of the object's own.
 * @param {object} value
 * @param {string[]} known
 */
function namesOf(value, known) {
  try {
    return new Set([...known, ...Object.keys(value)]);
  } catch {
    return known;
  }
}

/**
 * What a value is. Never the value itself: it may be a credential in the wrong place.
 * @param {unknown} value
 */
export function describe(value) {
  if (value === null || value === undefined) return String(value);
  try {
    if (Array.isArray(value)) return "an array";
    if (value instanceof Promise) return "a Promise; await it first";
  } catch {
    // A Proxy that lets nobody ask.
  }
  const type = typeof value;
  return type === "object" ? "an object" : `a ${type}`;
}
