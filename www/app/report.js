// Says what became of the last call: read out by screen readers, and brought into view.

import { outcomeText } from "/pkg/index.js";
import { byId, make } from "./dom.js";
import { issueList, markFields } from "./issues.js";

const report = byId("report");

/** Takes away what the last call left, but not the one under way. */
export function clearReport() {
  if (report.classList.contains("busy")) return;
  markFields([]);
  show("");
}

export function reportBusy(text, cancel) {
  const button = make("button", { type: "button", textContent: "Cancel" });
  button.addEventListener("click", cancel);
  show("busy", make("p", { className: "report-title", textContent: text }), button);
}

/** Changes what a busy report says, and leaves its button where it is. */
export function reportProgress(text) {
  const title = report.querySelector(".report-title");
  if (report.classList.contains("busy") && title) title.textContent = text;
}

export function reportDone(title, text) {
  show(
    "good",
    make("p", { className: "report-title", textContent: title }),
    text && make("p", { textContent: text }),
  );
}

/** What `validate` found: `issues` may be none, or warnings only, which do not stop a message. */
export function reportIssues(issues) {
  markFields(issues);
  const errors = issues.filter(({ severity }) => severity === "error").length;
  if (issues.length === 0) return reportDone("Checked: nothing is wrong.", "Nothing was sent.");
  const title =
    errors > 0 ? "Checked: this would not be sent." : "Checked: this can be sent, with a warning.";
  show(
    errors > 0 ? "bad" : "warn",
    make("p", { className: "report-title", textContent: title }),
    issueList(issues),
  );
}

export function reportError(error) {
  const issues = error.issues ?? [];
  markFields(issues);
  show(
    error.outcome === "unknown" ? "warn" : "bad",
    make("p", { className: "report-title", textContent: outcomeText(error) }),
    // The sentence of a ValidationError is its list of issues in one line.
    issues.length > 0 ? issueList(issues) : make("p", { textContent: error.message }),
    facts(error),
  );
}

function facts(error) {
  const rows = {
    Error: error.name,
    Code: error.code,
    Outcome: error.outcome,
    Status: error.status,
    "Failure code": error.failure?.code,
    Attempts: error.attempts,
    Message: error.messageId,
    "Retry after": error.retryAfterMs === undefined ? undefined : `${error.retryAfterMs / 1000} s`,
  };
  const pairs = Object.entries(rows).filter(([, value]) => value !== undefined);
  return make(
    "dl",
    {},
    ...pairs.map(([term, value]) =>
      make("div", {}, make("dt", { textContent: term }), make("dd", { textContent: String(value) })),
    ),
  );
}

function show(tone, ...children) {
  const focused = report.contains(document.activeElement);
  report.className = `report ${tone}`;
  report.replaceChildren(...children.filter(Boolean));
  if (children.length === 0) return;
  if (focused) report.focus({ preventScroll: true });
  report.scrollIntoView({ block: "nearest" });
}
