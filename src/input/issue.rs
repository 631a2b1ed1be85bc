//! What is wrong with a caller's input, said so that the caller can put it right.

use crate::answer::error_body::shorten_to;
use crate::data::json::quote;
use crate::data::text::text;
use crate::data::told::{self, ObjectBuilder, Told};

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
}

/// The issues as JavaScript sees them.
pub fn list_to_value(issues: &[Issue]) -> Told {
    let mut list = Vec::new();
    for issue in issues {
        let mut object = ObjectBuilder::default();
        object.text(told::PATH, &issue.path);
        object.text(told::CODE, issue.code);
        object.text(told::MESSAGE, &issue.message);
        object.text(told::SEVERITY, issue.severity.as_str());
        list.push(object.build());
    }
    Told::List(list)
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
        let mut issue = Issue { path: path.to_owned(), code, message: text!(path, " ", problem), severity };
        self.1 = self.1.saturating_add(issue.path.len()).saturating_add(issue.message.len());
        if self.0.len().saturating_add(1) == MOST_ISSUES || self.1 > MOST_BYTES {
            self.1 = usize::MAX;
            issue.code = "too_many_issues";
            issue.message = text!(path, " is not the last: there are more issues than are listed");
        }
        self.0.push(issue);
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

/// How many issues the message of an error names, and the most characters of each.
const NAMED: usize = 3;
const MAX_ISSUE: usize = 220;

/// One line that names the first three: `Nothing was sent, 5 issues: content is blank; ...; and 2 more.`
pub fn summary(issues: &[Issue]) -> String {
    let mut text = "Nothing was sent".to_owned();
    if issues.len() != 1 {
        text.push_str(&text!(", ", issues.len(), " issues"));
    }
    let mut before = ": ";
    for issue in issues.iter().take(NAMED) {
        text.push_str(before);
        text.push_str(&shorten_to(&issue.message, MAX_ISSUE));
        before = "; ";
    }
    let others = issues.len().saturating_sub(NAMED);
    if others > 0 {
        text.push_str(&text!("; and ", others, " more"));
    }
    if !matches!(text.as_bytes().last(), Some(b'?' | b'.')) {
        text.push('.');
    }
    text
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
mod tests {
    use super::*;

    #[test]
    fn paths_read_as_the_caller_wrote_them() {
        assert_eq!(field_path("", "content"), "content");
        assert_eq!(
            field_path(&item_path("template_params.button_params", 1), "payload"),
            "template_params.button_params[1].payload"
        );
        assert_eq!(
            field_path("template_params.processed_params", "1"),
            "template_params.processed_params[\"1\"]"
        );
        assert_eq!(field_path("", &"é".repeat(1000)), format!("[\"{}\"]", "é".repeat(64)));
    }

    #[test]
    fn what_is_too_much_to_list_stops_the_message_all_the_same() {
        let long = "x".repeat(MOST_BYTES / 8);
        for (path, listed) in [("a", MOST_ISSUES), (long.as_str(), 4)] {
            let mut issues = Issues::new();
            for _ in 0..5000 {
                issues.add(Severity::Warning, path, "odd", "is odd");
            }
            assert!(!issues.has_errors());
            issues.error(path, "blank", "is blank");
            assert!(issues.has_errors());
            let list = issues.into_vec();
            assert_eq!((list.len(), list.last().unwrap().code), (listed, "too_many_issues"));
        }
    }

    #[test]
    fn the_summary_names_the_first_issues_and_that_nothing_was_sent() {
        let mut issues = Issues::new();
        issues.error("content", "blank", "is blank");
        assert_eq!(summary(&issues.0), "Nothing was sent: content is blank.");
        issues.error("private", "wrong_type", "must be true or false; got null");
        assert_eq!(
            summary(&issues.0),
            "Nothing was sent, 2 issues: content is blank; private must be true or false; got null."
        );
        for _ in 0..9_998 {
            issues.error("content", "blank", &"is blank ".repeat(100));
        }
        let summary = summary(&issues.0);
        assert!(summary.starts_with("Nothing was sent, 1000 issues: content is blank; private"), "{summary}");
        assert!(summary.ends_with("...; and 997 more."), "{summary}");
        assert!(summary.chars().count() < 400, "{summary}");
    }
}
