//! From what a caller wrote to a request, or to every issue with it.

use crate::data::text::{before, is_one_of, split};
use crate::data::value::Value;
use crate::input::fields::{Fields, check_json};
use crate::input::id;
use crate::input::issue::{Issue, Issues, Severity};
use crate::input::place::Place;
use crate::request::operation::{Input, Operation};
use crate::request::ready::Request;

/// Checks everything and writes the request down; otherwise all errors at once.
pub fn prepare(
    operation: &'static Operation,
    conversation_id: &Value,
    input: &Input<'_>,
) -> Result<Request, Vec<Issue>> {
    let mut issues = Issues::new();
    let conversation_id = id::check(conversation_id, &Place::Root("conversationId"), &mut issues);
    let written = (operation.write)(input, &mut issues);
    check_extra(input.extra, operation.fields, &mut issues);
    match (conversation_id, written) {
        (Some(conversation_id), Some(written)) if !issues.has_errors() => Ok(Request {
            operation,
            path: fill(operation.path, conversation_id, written.message_id.unwrap_or_default()),
            conversation_id,
            message_id: written.message_id,
            body: written.body,
            warning: written.warning,
            doubts: issues.into_vec(),
        }),
        _ => Err(issues.only(Severity::Error)),
    }
}

/// Every issue with a message, sending nothing.
pub fn validate(operation: &Operation, input: &Input<'_>) -> Vec<Issue> {
    let mut issues = Issues::new();
    drop((operation.write)(input, &mut issues));
    issues.into_vec()
}

/// The path with its ids.
fn fill(path: &str, conversation_id: i64, message_id: i64) -> String {
    let mut filled = String::new();
    for part in split(path, "{}") {
        match part {
            "conversation" => filled.push_str(&format!("{conversation_id}")),
            "message" => filled.push_str(&format!("{message_id}")),
            text => filled.push_str(text),
        }
    }
    filled
}

/// Why a field of this name would arrive as another, if it would.
fn check_name(key: &str) -> Option<(&'static str, &'static str)> {
    // Not every runtime escapes the names of a form's fields. Rack takes `a[b]` and `[a]` for parts of a field `a`,
    // takes backslashes away, and gives a part without a name another one.
    let is_odd = |byte| matches!(byte, b'"' | b'\\' | b'[' | b']' | b'\r' | b'\n');
    if key.is_empty() || key.bytes().any(is_odd) {
        return Some((
            "invalid_format",
            "has no plain name: a form would turn a bracket, quote, backslash or line break into something else",
        ));
    }
    (key == "_method").then_some(("reserved", "would change what the request does (Rack)"))
}

/// `extra` adds fields beside the message's own; it replaces none.
fn check_extra(given: &Value, own: Option<&[&str]>, issues: &mut Issues) {
    const PLACE: &Place<'_> = &Place::Root("requestOptions.extra");
    if given.is_null() {
        return;
    }
    let Some(extra) = Fields::of(given, PLACE, issues) else {
        return;
    };
    let Some(own) = own else {
        issues.error(PLACE, "unknown_field", "has no place in a retry, which sends no body");
        return;
    };
    for (key, _) in extra.entries().iter().filter(|(_, value)| value.is_there()) {
        let name = before(key, "[]");
        let is_plain = key.bytes().skip(name.len()).all(|byte| is_one_of(byte, "[]"));
        if is_plain && own.contains(&name) {
            extra.error(key, "duplicate", "is a field of the message itself; set it there", issues);
        } else if let Some((code, problem)) = check_name(key) {
            extra.error(key, code, problem, issues);
        }
    }
    check_json(given, PLACE, false, issues);
}
