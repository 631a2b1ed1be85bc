// Everything wrong with what a caller gave: options, which are checked here, and messages, which the engine checks.

import { ValidationError } from "../errors.js";
import { oneLine } from "../host/one-line.js";
import { nearest } from "./nearest.js";
import { placeOf } from "./place.js";

/** @import { Issue } from "../types/answers.js" */
/** @import { createError } from "../errors.js" */
/** @import { Told } from "../types/engine.js" */

/**
 * An issue as the engine tells it: where, and what is wrong there.
 * @typedef {{ path: (string | number)[]; code: string; problem: string; severity: Issue["severity"]; known?: string[]; hint?: string }} ToldIssue
 */

/** How many issues the message of an error names, and how much of each. */
const NAMED = 3;
const MAX_ISSUE = 220;

/** More than a reader needs; the engine has the same limit. */
const MOST = 1000;

/** Collects issues, so that a caller hears of all of them at once. */
export class Issues {
  /** @type {Issue[]} */
  #list = [];

  /**
   * `problem` follows the path: `must be a function`.
   * @param {string} path
   * @param {string} code
   * @param {string} problem
   */
  add(path, code, problem) {
    const count = this.#list.length + 1;
    if (count > MOST) return;
    const [known, said] =
      count < MOST
        ? [code, problem]
        : ["too_many_issues", "is not the last: there are more issues than are listed"];
    this.#list.push({ path, code: known, message: oneLine(`${path} ${said}`), severity: "error" });
  }

  /**
   * Throws one ValidationError with all issues, if there are any; `lead` begins its message.
   * @param {string} lead
   */
  raise(lead) {
    const issues = this.#list;
    if (issues.length === 0) return;
    throw new ValidationError(summary(lead, issues), { code: "invalid_input", outcome: "not_sent", issues });
  }
}

/**
 * One line that names the first three: `Nothing was sent, 5 issues: content is blank; ...; and 2 more.`
 * @param {string} lead
 * @param {Issue[]} issues
 */
function summary(lead, issues) {
  const count = issues.length > 1 ? `, ${issues.length} issues` : "";
  const named = issues.slice(0, NAMED).map((issue) => oneLine(issue.message, MAX_ISSUE));
  if (issues.length > NAMED) named.push(`and ${issues.length - NAMED} more`);
  return `${lead}${count}: ${named.join("; ")}.`.replace(/([?.])\.$/, "$1");
}

/**
 * What follows about a name that is not known.
 * @param {string} name
 * @param {string[]} known
 */
export function suggestion(name, known) {
  const meant = nearest(name, known);
  return meant ? `; did you mean ${meant}?` : `; the known ones are ${known.join(", ")}`;
}

/**
 * The engine's issues as a reader gets them: places are written, and names compared, only here.
 * @param {ToldIssue[]} issues
 * @returns {Issue[]}
 */
export function told(issues) {
  return issues.map(({ path: steps, code, problem, severity, known, hint }) => {
    const path = placeOf(steps);
    const more = known ? suggestion(String(steps.at(-1)), known) + hint : "";
    return { path, code, message: `${path} ${problem}${more}`, severity };
  });
}

/**
 * The fields of an error of the engine's, with its issues told.
 * @param {Told} fields
 * @returns {Parameters<typeof createError>[1]}
 */
export function withIssues(fields) {
  if (!fields.issues) return /** @type {Parameters<typeof createError>[1]} */ (fields);
  const issues = told(/** @type {ToldIssue[]} */ (fields.issues));
  return /** @type {Parameters<typeof createError>[1]} */ ({
    message: summary("Nothing was sent", issues),
    ...fields,
    issues,
  });
}
