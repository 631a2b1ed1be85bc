// The steps of a script: what a test may write, checked when it writes it.

import { LONGEST_TIMER_MS } from "./wait.js";

/** @import { Fields } from "./ruby.js" */

/**
 * A step as it is done: `kind` says what else it has.
 * @typedef {{
 *   kind: string;
 *   delay: number;
 *   store?: boolean;
 *   where?: string;
 *   ms?: number;
 *   status?: number;
 *   headers?: [name: string, value: string][];
 *   text?: string;
 *   type?: string;
 *   external_error?: string;
 * }} Step
 */

/** Longer scripts than anybody writes by hand. */
const MOST_STEPS = 10_000;
/**
 * What each kind of step may have beside the field that names it.
 * @type {Record<string, string[] | undefined>}
 */
const KINDS = {
  refuse: [],
  reset: ["store"],
  cut: ["store"],
  stall: ["store"],
  external_error: [],
  redirect: ["status"],
  status: ["headers", "body", "store"],
};
const FIELDS = new Set([...Object.keys(KINDS), ...Object.values(KINDS).flat()]);
const REDIRECTS = [301, 302, 303, 307, 308];
/**
 * What LiveDesk has by then, unless the step says otherwise: a lost answer is worst when the message is not.
 * @type {Record<string, boolean | undefined>}
 */
const STORED = { reset: true, cut: true, stall: true, status: false };

/**
 * @param {unknown} steps as a caller wrote them
 * @returns {Step[]}
 */
export function readSteps(steps) {
  if (!Array.isArray(steps)) throw new TypeError("steps is a list");
  if (steps.length > MOST_STEPS) throw new TypeError(`steps has more than ${MOST_STEPS} steps`);
  return Array.from(steps, (step, index) => readStep(step, `steps[${index}]`));
}

/**
 * One step, or a sentence about what is wrong with it.
 * @param {unknown} step
 * @param {string} path
 * @returns {Step}
 */
export function readStep(step, path) {
  if (step === "ok") return Object.freeze({ kind: "ok", delay: 0 });
  if (step === "offline") return readStep({ refuse: true }, path);
  if (typeof step !== "object" || step === null || Array.isArray(step)) {
    throw new TypeError(`${path} is "ok", "offline" or an object`);
  }
  const { delay = 0, ...fields } = Object.fromEntries(
    Object.entries(step).filter(([, value]) => value !== undefined),
  );
  must(isMs(delay), `${path}.delay`, "a number of milliseconds, 0 or more");
  const kind = kindOf(fields);
  for (const name of Object.keys(fields)) {
    if (name === kind || KINDS[kind]?.includes(name)) continue;
    const of = FIELDS.has(name) ? `cannot go with ${kind}` : "is no part of a step";
    throw new TypeError(`${path}.${name} ${of}`);
  }
  const { store = STORED[kind] ?? false } = fields;
  must(typeof store === "boolean", `${path}.store`, "true or false");
  return /** @type {Step} */ (Object.freeze({ kind, delay, store, ...READ[kind]?.(fields, path) }));
}

/** @param {Fields} fields */
function kindOf(fields) {
  const kind = Object.keys(KINDS).find((name) => Object.hasOwn(fields, name));
  if (kind) return kind;
  // An answer of one's own needs no status.
  if (fields.headers !== undefined || fields.body !== undefined) return "status";
  return "ok";
}

/** @type {Record<string, ((fields: Fields, path: string) => object | void) | undefined>} */
const READ = {
  refuse: readTrue("refuse"),
  reset: readTrue("reset"),
  /**
   * @param {Fields} fields
   * @param {string} path
   */
  cut({ cut }, path) {
    must(cut === "head" || cut === "body", `${path}.cut`, '"head" or "body"');
    return { where: cut };
  },
  /**
   * @param {Fields} fields
   * @param {string} path
   */
  stall({ stall }, path) {
    const isKnown = stall === true || stall === "head" || stall === "body" || isMs(stall);
    must(isKnown, `${path}.stall`, 'true, "head", "body" or a number of milliseconds');
    if (typeof stall === "number") return { where: "head", ms: stall };
    return { where: stall === "body" ? "body" : "head" };
  },
  /**
   * @param {Fields} fields
   * @param {string} path
   */
  external_error({ external_error }, path) {
    must(isReason(external_error), `${path}.external_error`, REASON);
    return { external_error };
  },
  /**
   * @param {Fields} fields
   * @param {string} path
   */
  redirect({ redirect, status = 302 }, path) {
    const location = typeof redirect === "string" ? redirect : "";
    must(location !== "" && isHeader("Location", location), `${path}.redirect`, "where to");
    must(
      REDIRECTS.includes(/** @type {number} */ (status)),
      `${path}.status`,
      `one of ${REDIRECTS.join(", ")}`,
    );
    return { status, headers: [["Location", location]] };
  },
  /**
   * @param {Fields} fields
   * @param {string} path
   */
  status({ status = 200, headers = {}, body }, path) {
    const code = /** @type {number} */ (status);
    const isStatus = Number.isInteger(code) && code >= 200 && code <= 599;
    must(isStatus, `${path}.status`, "a whole number from 200 to 599");
    must(typeof headers === "object" && headers !== null, `${path}.headers`, "an object");
    const lines = Object.entries(/** @type {Fields} */ (headers));
    for (const [name, value] of lines)
      must(isHeader(name, value), `${path}.headers.${name}`, "a header's value");
    return { status, headers: lines, ...readBody(body, path) };
  },
};

/** @param {string} name */
function readTrue(name) {
  return (/** @type {Fields} */ fields, /** @type {string} */ path) =>
    must(fields[name] === true, `${path}.${name}`, "true");
}

/**
 * What is sent is what was written when the script was made.
 * @param {unknown} body
 * @param {string} path
 */
function readBody(body, path) {
  if (body === undefined) return {};
  if (typeof body === "string") return { text: body, type: "text/plain" };
  let text;
  try {
    text = JSON.stringify(body);
  } catch {
    // A circle, a bigint.
  }
  must(text !== undefined, `${path}.body`, "a text, or something that JSON can hold");
  return { text, type: "application/json; charset=utf-8" };
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function isHeader(name, value) {
  try {
    new Headers([[name, /** @type {string} */ (value)]]);
    return typeof value === "string" || typeof value === "number";
  } catch {
    return false;
  }
}

/** @param {unknown} value */
function isMs(value) {
  return typeof value === "number" && value >= 0 && value <= LONGEST_TIMER_MS;
}

/** Longer reasons than any channel gives. */
const LONGEST_REASON = 65_536;
export const REASON = `a text of 1 to ${LONGEST_REASON} characters`;

/** @param {unknown} value */
export function isReason(value) {
  return typeof value === "string" && value.length > 0 && value.length <= LONGEST_REASON;
}

/**
 * @param {unknown} isGood
 * @param {string} path
 * @param {string} what
 */
export function must(isGood, path, what) {
  if (!isGood) throw new TypeError(`${path} is ${what}`);
}
