//! What is wrong with a caller's input, said so that the caller can put it right.

use crate::data::json::quote;
use crate::data::text::text;
use crate::data::value::{ObjectBuilder, Value};

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The field as the caller wrote it: `template_params.button_params[1].payload`.
    pub path: String,
    /// A stable word for programs, such as `required` or `too_long`.
    pub code: &'static str,
    /// What is wrong and what to do, starting with the path.
    pub message: String,
    /// Whether it stops the message.
    pub severity: Severity,
    /// Of a name that is not known, what may have been meant.
    pub unknown: Option<Unknown>,
}

/// A name that is not known; `client/issues.js` says which of the known ones is nearest, as it does of options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// As the caller wrote it.
    pub name: String,
    /// The names it could have been.
    pub known: &'static [&'static str],
    /// Ends the message.
    pub hint: &'static str,
}

/// The issues as JavaScript sees them.
pub fn list_to_value(issues: &[Issue]) -> Value {
    let mut list = Vec::new();
    for issue in issues {
        let mut object = ObjectBuilder::default();
        object.text("path", &issue.path);
        object.text("code", issue.code);
        object.text("message", &issue.message);
        object.text("severity", issue.severity.as_str());
        if let Some(unknown) = &issue.unknown {
            object.text("name", &unknown.name);
            object.text("hint", unknown.hint);
            object.add("known", names(unknown.known));
        }
        list.push(object.build());
    }
    Value::List(list)
}

fn names(known: &[&str]) -> Value {
    let mut list = Vec::new();
    known.iter().for_each(|name| list.push(Value::text(*name)));
    Value::List(list)
}

/// The most issues that are listed, and the most bytes of their paths and messages. A reader needs neither; the
/// engine's memory, which never shrinks, has to hold them.
const MOST_ISSUES: usize = 1000;
const MOST_BYTES: usize = 1 << 20;

/// The issues found so far, in the order of the fields, and the bytes they take.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Issues(Vec<Issue>, usize);

impl Issues {
    /// No issues yet.
    pub fn new() -> Issues {
        Issues::default()
    }

    #[inline(never)]
    /// Adds an error; `problem` follows the path: `must be a string; got null`.
    pub fn error(&mut self, path: &str, code: &'static str, problem: &str) {
        self.add(Severity::Error, path, code, problem);
    }

    #[inline(never)]
    /// Adds a warning; `problem` follows the path.
    pub fn warning(&mut self, path: &str, code: &'static str, problem: &str) {
        self.add(Severity::Warning, path, code, problem);
    }

    fn add(&mut self, severity: Severity, path: &str, code: &'static str, problem: &str) {
        if self.is_full() {
            // What is not listed stops the message all the same.
            if let Some(last) = self.0.last_mut().filter(|_| severity == Severity::Error) {
                last.severity = severity;
            }
            return;
        }
        let mut issue = Issue {
            path: path.to_owned(),
            code,
            message: text!(path, " ", problem),
            severity,
            unknown: None,
        };
        self.1 = self.1.saturating_add(issue.path.len()).saturating_add(issue.message.len());
        if self.0.len().saturating_add(1) == MOST_ISSUES || self.1 > MOST_BYTES {
            self.1 = usize::MAX;
            issue.code = "too_many_issues";
            issue.message = text!(path, " is not the last: there are more issues than are listed");
        }
        self.0.push(issue);
    }

    /// Adds an error about a name that is not known, to be told by JavaScript.
    pub fn unknown(&mut self, path: &str, unknown: Unknown) {
        self.error(path, "unknown_field", "is not a known field");
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

/// The most characters of a field's name in a path.
const MAX_KEY: usize = 64;

/// The path of a field of `parent`, written as in JavaScript: `a.b`, or `a["1"]` where a dot cannot. Of a long name
/// the first 64 characters.
pub fn field_path(parent: &str, key: &str) -> String {
    let mut path = parent.to_owned();
    add_field(&mut path, key);
    path
}

/// Makes the path of an object that of its field.
pub fn add_field(path: &mut String, key: &str) {
    let end = key.char_indices().nth(MAX_KEY).map_or(key.len(), |(end, _)| end);
    let key = key.get(..end).unwrap_or(key);
    let mut characters = key.chars();
    let plain = characters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|other| other.is_ascii_alphanumeric() || other == '_');
    if plain {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(key);
    } else {
        path.push('[');
        quote(path, key);
        path.push(']');
    }
}

/// The path of an item of a list: `a[0]`.
pub fn item_path(parent: &str, position: usize) -> String {
    let mut path = parent.to_owned();
    add_item(&mut path, position);
    path
}

/// Makes the path of a list that of its item.
pub fn add_item(path: &mut String, position: usize) {
    path.push_str(&text!("[", position, "]"));
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/issue.rs"]
mod tests;
