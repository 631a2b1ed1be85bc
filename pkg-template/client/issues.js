// Everything wrong with a caller's options, in the shape in which the engine reports a message's issues.

import { ValidationError } from "../errors.js";
import { oneLine } from "../host/one-line.js";

/** How many issues the message of an error names, and how much of each; the engine does the same. */
const NAMED = 3;
const MAX_ISSUE = 220;

/** More than a reader needs; the engine has the same limit. */
const MOST = 1000;

/** Collects issues, so that a caller hears of all of them at once. */
export class Issues {
  #list = [];

  /** `problem` follows the path: `must be a function`. */
  add(path, code, problem) {
    const count = this.#list.length + 1;
    if (count > MOST) return;
    const [known, said] =
      count < MOST
        ? [code, problem]
        : ["too_many_issues", "is not the last: there are more issues than are listed"];
    this.#list.push({ path, code: known, message: oneLine(`${path} ${said}`), severity: "error" });
  }

  /** Throws one ValidationError with all issues, if there are any; `lead` begins its message. */
  raise(lead) {
    const issues = this.#list;
    if (issues.length === 0) return;
    const count = issues.length > 1 ? `, ${issues.length} issues` : "";
    const named = issues.slice(0, NAMED).map((issue) => oneLine(issue.message, MAX_ISSUE));
    if (issues.length > NAMED) named.push(`and ${issues.length - NAMED} more`);
    const message = `${lead}${count}: ${named.join("; ")}.`.replace(/([?.])\.$/, "$1");
    throw new ValidationError(message, { code: "invalid_input", outcome: "not_sent", issues });
  }
}
