// What the engine found in a message, as a reader gets it: places are written, and names compared, only here.

import { suggestion, summary } from "./issues.js";
import { below } from "./place.js";

/** The engine's issues as a reader gets them. */
export function told(issues) {
  return issues.map(({ path: steps, code, problem, severity, params, known, hint }) => {
    const path = placeOf(steps);
    const more = known ? suggestion(steps.at(-1), known) + hint : "";
    const said = params ? problem.replace(/\{(\w+)\}/g, (text, name) => params[name] ?? text) : problem;
    return { path, code, message: `${path} ${said}${more}`, severity, ...(params && { params }) };
  });
}

/** The fields of an error of the engine's, with its issues told. */
export function withIssues(fields) {
  if (!fields.issues) return fields;
  const issues = told(fields.issues);
  return { message: summary("Nothing was sent", issues), ...fields, issues };
}

/** A warning about a field of the message, as `onEvent` is told of it. */
export function aboutField({ field: path, problem, params, ...event }) {
  const [issue] = told([{ path, problem, params }]);
  return { ...event, message: issue.message, field: issue.path };
}

/** The place at the end of the engine's steps, of which the first is a place already. */
function placeOf([root, ...steps]) {
  return steps.reduce(below, root);
}
