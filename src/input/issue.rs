//! What is wrong with a caller's input, said so that the caller can put it right.

use crate::data::told::{self, ObjectBuilder, Told};
use crate::input::place::{Place, Step};

/// How bad an issue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// LiveDesk or the channel would refuse it, or lose part of it: nothing is sent.
    Error,
    /// Likely trouble; it is still sent.
    Warning,
}

impl Severity {
    /// The word in the JavaScript interface.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// One thing wrong with one field.
#[derive(Debug, Clone, PartialEq)]
pub struct Issue {
    /// The way to the field.
    pub path: Vec<Step>,
    /// A stable word for programs, such as `required` or `too_long`.
    pub code: &'static str,
    /// What is wrong and what to do; it follows the path. `{limit}` is a fact's place.
    pub problem: String,
    /// What a page needs to say it in other words.
    pub facts: Vec<(&'static str, Told)>,
    /// Whether it stops the message.
    pub severity: Severity,
    /// Of a name that is not known, what may have been meant.
    pub unknown: Option<Unknown>,
}

/// A number or a word of an issue that is about to be told: a `limit`, what is `actual`ly there, a `suggestion`. Never
/// content.
#[derive(Debug, Clone, Copy)]
pub enum Detail<'a> {
    /// Counted.
    Number(i64),
    /// A name, or a word of the wire's, of which 64 characters are kept.
    Word(&'a str),
}

/// How many.
pub fn count(number: usize) -> Detail<'static> {
    Detail::Number(i64::try_from(number).unwrap_or(i64::MAX))
}

/// What is there, and how much may be.
pub fn limit(actual: usize, limit: usize) -> [(&'static str, Detail<'static>); 2] {
    [("actual", count(actual)), ("limit", count(limit))]
}

impl Detail<'_> {
    fn keep(self) -> Told {
        match self {
            Detail::Number(number) => Told::Number(number as f64),
            Detail::Word(word) => {
                let end = word.char_indices().nth(MAX_WORD).map_or(word.len(), |(end, _)| end);
                Told::Text(word.get(..end).unwrap_or(word).to_owned())
            }
        }
    }
}

/// Characters.
const MAX_WORD: usize = 64;

/// For a name that is not known; `input/issues.js` says which of the known ones is nearest, as it does of options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unknown {
    /// The names it could have been.
    pub known: &'static [&'static str],
    /// Ends the message.
    pub hint: &'static str,
}

impl Issue {
    /// About how much of the engine's memory it takes.
    fn bytes(&self) -> usize {
        self.path.iter().fold(self.problem.len(), |sum, step| {
            sum.saturating_add(match step {
                // The string itself has some bytes beside its text.
                Step::Field(name) => name.len().saturating_add(16),
                Step::Item(_) => 16,
            })
        })
    }
}

/// The issues as `input/told.js` reads them.
pub fn list_to_value(issues: &[Issue]) -> Told {
    let mut list = Vec::new();
    for issue in issues {
        let mut object = ObjectBuilder::default();
        object.steps(told::STEPS, told_steps(&issue.path));
        object.text(told::CODE, issue.code);
        object.text(told::PROBLEM, &issue.problem);
        object.text(told::SEVERITY, issue.severity.as_str());
        if !issue.facts.is_empty() {
            object.params(told::PARAMS, Told::Object(issue.facts.clone()));
        }
        if let Some(unknown) = &issue.unknown {
            object.text(told::HINT, unknown.hint);
            object.names(told::KNOWN, unknown.known);
        }
        list.push(object.build());
    }
    Told::List(list)
}

/// The way as `input/told.js` reads it: the root's text, then names and positions.
pub fn told_steps(path: &[Step]) -> Told {
    let mut list = Vec::new();
    for step in path {
        list.push(match step {
            Step::Field(name) => Told::Text(name.clone()),
            Step::Item(position) => Told::Number(*position as f64),
        });
    }
    Told::List(list)
}

/// The most issues that are listed, and the most bytes of their paths and messages. A reader needs neither; the
/// engine's memory, which never shrinks, has to hold them.
const MOST_ISSUES: usize = 1000;
const MOST_BYTES: usize = 1 << 20;

/// The issues found so far, in the order of the fields, and the bytes they take.
#[derive(Debug, Default, PartialEq)]
pub struct Issues(Vec<Issue>, usize);

impl Issues {
    /// No issues yet.
    pub fn new() -> Issues {
        Issues::default()
    }

    /// Adds an error; `problem` follows the path: `must be a string; got null`.
    pub fn error(&mut self, place: &Place<'_>, code: &'static str, problem: &str) {
        self.add(Severity::Error, place, code, problem);
    }

    /// Adds a warning; `problem` follows the path.
    pub fn warning(&mut self, place: &Place<'_>, code: &'static str, problem: &str) {
        self.add(Severity::Warning, place, code, problem);
    }

    fn add(&mut self, severity: Severity, place: &Place<'_>, code: &'static str, problem: &str) {
        if self.is_full() {
            // What is not listed stops the message all the same.
            if let Some(last) = self.0.last_mut().filter(|_| severity == Severity::Error) {
                last.severity = severity;
            }
            return;
        }
        let (path, problem) = (place.steps(), problem.to_owned());
        let mut issue = Issue { path, code, problem, facts: Vec::new(), severity, unknown: None };
        self.1 = self.1.saturating_add(issue.bytes());
        if self.0.len().saturating_add(1) == MOST_ISSUES || self.1 > MOST_BYTES {
            self.1 = usize::MAX;
            issue.code = "too_many_issues";
            issue.problem = "is not the last: there are more issues than are listed".to_owned();
        }
        self.0.push(issue);
    }

    /// Adds an error with facts, each of which may stand in `problem` as `{name}`.
    pub fn error_with(
        &mut self,
        place: &Place<'_>,
        code: &'static str,
        problem: &str,
        details: &[(&'static str, Detail<'_>)],
    ) {
        self.error(place, code, problem);
        if let Some(last) = self.0.last_mut().filter(|last| last.code == code) {
            details.iter().for_each(|(name, detail)| last.facts.push((*name, detail.keep())));
        }
    }

    /// Adds an error about a name that is not known, to be told by JavaScript.
    pub fn unknown(&mut self, place: &Place<'_>, unknown: Unknown) {
        self.error(place, "unknown_field", "is not a known field");
        if let Some(last) = self.0.last_mut().filter(|last| last.code == "unknown_field") {
            last.unknown = Some(unknown);
        }
    }

    fn is_full(&self) -> bool {
        self.1 == usize::MAX
    }

    /// Whether anything stops the message.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|issue| issue.severity == Severity::Error)
    }

    /// All of them.
    pub fn into_vec(self) -> Vec<Issue> {
        self.0
    }

    /// Those of one severity.
    pub fn only(mut self, severity: Severity) -> Vec<Issue> {
        self.0.retain(|issue| issue.severity == severity);
        self.0
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/issue.rs"]
mod tests;
