// Everything wrong with what a caller gave, as it is told. What the engine finds in messages: `told.js`.

import { ValidationError } from "../errors.js";
import { oneLine } from "../host/one-line.js";
import { nearest } from "./nearest.js";

/** @import { Issue } from "../types/answers.js" */
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
export function summary(lead, issues) {
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
