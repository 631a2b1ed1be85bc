// What the engine found in a message, as a reader gets it: places are written, and names compared, only here.

import { suggestion, summary } from "./issues.js";
import { below } from "./place.js";

/** @import { createError } from "../errors.js" */
/** @import { Issue } from "../types/answers.js" */
/** @import { Told } from "../types/engine.js" */

/**
 * An issue as the engine tells it: where, and what is wrong there.
 * @typedef {{
 *   path: (string | number)[];
 *   code: string;
 *   problem: string;
 *   severity: Issue["severity"];
 *   params?: Record<string, string | number>;
 *   known?: string[];
 *   hint?: string;
 * }} ToldIssue
 */

/**
 * The engine's issues as a reader gets them.
 * @param {Told[]} issues
 * @returns {Issue[]}
 */
export function told(issues) {
  return /** @type {ToldIssue[]} */ (issues).map(
    ({ path: steps, code, problem, severity, params, known, hint }) => {
      const path = placeOf(steps);
      const more = known ? suggestion(String(steps.at(-1)), known) + hint : "";
      const said = params
        ? problem.replace(/\{(\w+)\}/g, (text, name) => String(params[name] ?? text))
        : problem;
      return { path, code, message: `${path} ${said}${more}`, severity, ...(params && { params }) };
    },
  );
}

/**
 * The fields of an error of the engine's, with its issues told.
 * @param {Told} fields
 * @returns {Parameters<typeof createError>[1]}
 */
export function withIssues(fields) {
  if (!fields.issues) return /** @type {Parameters<typeof createError>[1]} */ (fields);
  const issues = told(fields.issues);
  const all = { message: summary("Nothing was sent", issues), ...fields, issues };
  return /** @type {Parameters<typeof createError>[1]} */ (all);
}

/**
 * A warning about a field of the message, as `onEvent` is told of it.
 * @param {Told} event
 */
export function aboutField({ field: path, problem, params, ...event }) {
  const [issue] = told([/** @type {Told} */ ({ path, problem, params })]);
  return { ...event, message: issue.message, field: issue.path };
}

/**
 * The place at the end of the engine's steps, of which the first is a place already.
 * @param {(string | number)[]} steps
 * @returns {string}
 */
function placeOf([root, ...steps]) {
  return steps.reduce(below, /** @type {string} */ (root));
}
