//! From what a caller wrote to a request, or to every issue with it.

use crate::data::json::{self, Writer};
use crate::data::text::{before, is_one_of};
use crate::data::value::{Field, Value};
use crate::input::fields::{Fields, check_json};
use crate::input::id;
use crate::input::issue::{Issue, Issues, Severity};
use crate::message::attachments::{self, AttachmentMessage};
use crate::message::limits::Channel;
use crate::message::retry_message;
use crate::message::template::{self, TemplateMessage};
use crate::message::text::{self, TextMessage};
use crate::request::operation::{Body, Form, Kind, Request};

/// What a caller passed to one of the four calls.
pub struct Input<'a> {
    /// Which call.
    pub kind: Kind,
    /// The conversation id.
    pub conversation_id: &'a Value<'a>,
    /// The message, or what is to be retried.
    pub message: &'a Value<'a>,
    /// `requestOptions.extra`; null or undefined when not given.
    pub extra: &'a Value<'a>,
    /// The channel whose limits apply.
    pub channel: Option<Channel>,
}

/// Checks everything and writes the request down; otherwise all errors at once.
pub fn prepare(input: &Input<'_>) -> Result<Request, Vec<Issue>> {
    let mut issues = Issues::new();
    let conversation_id = id::check(input.conversation_id, "conversationId", &mut issues);
    let (message_id, body) = match input.kind {
        Kind::Retry => (retry_message::read(input.message, &mut issues), Some(Body::Empty)),
        _ => (None, read_body(input, &mut issues)),
    };
    let known: &[&str] = match input.kind {
        Kind::Text => &text::FIELDS,
        Kind::Attachments => &attachments::FIELDS,
        Kind::Template => &template::FIELDS,
        Kind::Retry => &[],
    };
    check_extra(input, known, &mut issues);
    match (conversation_id, body) {
        (Some(conversation_id), Some(body)) if !issues.has_errors() => {
            Ok(Request { conversation_id, message_id, body, warnings: issues.into_vec() })
        }
        _ => Err(issues.only(Severity::Error)),
    }
}

/// Every issue with a message, sending nothing.
pub fn validate(kind: Kind, message: &Value, channel: Option<Channel>) -> Vec<Issue> {
    let mut issues = Issues::new();
    match kind {
        Kind::Text => drop(TextMessage::read(message, channel, &mut issues)),
        Kind::Attachments => drop(AttachmentMessage::read(message, channel, &mut issues)),
        Kind::Template => drop(TemplateMessage::read(message, channel, &mut issues)),
        Kind::Retry => drop(retry_message::read(message, &mut issues)),
    }
    issues.into_vec()
}

fn read_body(input: &Input<'_>, issues: &mut Issues) -> Option<Body> {
    let Input { message, channel, .. } = *input;
    let mut json = Writer::default();
    json.open('{');
    match input.kind {
        Kind::Text => TextMessage::read(message, channel, issues)?.write(&mut json),
        Kind::Template => TemplateMessage::read(message, channel, issues)?.write(&mut json),
        Kind::Attachments => {
            let message = AttachmentMessage::read(message, channel, issues)?;
            return Some(Body::Form(write_form(message, extra_fields(input))));
        }
        Kind::Retry => return Some(Body::Empty),
    }
    json.fields(extra_fields(input));
    json.close('}');
    Some(Body::Json(json.finish()))
}

fn extra_fields<'a>(input: &Input<'a>) -> &'a [Field<'a>] {
    match input.extra {
        Value::Object(fields) => fields,
        _ => &[],
    }
}

/// `content_attributes` goes as JSON text, and `private` only when true: upstream reads the text
/// `"false"` as true in places.
fn write_form(message: AttachmentMessage<'_>, extra: &[Field<'_>]) -> Form {
    let mut fields = Vec::new();
    let mut add = |key: &str, text: String| fields.push((key.to_owned(), text));
    if let Some(content) = message.content {
        add("content", content.to_owned());
    }
    if message.private == Some(true) {
        add("private", "true".to_owned());
    }
    if let Some(attributes) = message.content_attributes {
        add("content_attributes", json::write(attributes));
    }
    for (key, value) in extra.iter().filter(|(_, value)| value.is_there()) {
        add(key, value.as_text().map_or_else(|| json::write(value), str::to_owned));
    }
    Form { fields, files: message.attachments }
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

/// `extra` adds fields beside the message's own; it replaces none, and a retry has no body.
fn check_extra(input: &Input<'_>, known: &[&str], issues: &mut Issues) {
    const PATH: &str = "requestOptions.extra";
    if input.extra.is_null() {
        return;
    }
    let Some(extra) = Fields::of(input.extra, PATH, issues) else {
        return;
    };
    if input.kind == Kind::Retry {
        issues.error(PATH, "unknown_field", "has no place in a retry, which sends no body");
        return;
    }
    for (key, _) in extra.entries().iter().filter(|(_, value)| value.is_there()) {
        let name = before(key, "[]");
        let is_plain = key.bytes().skip(name.len()).all(|byte| is_one_of(byte, "[]"));
        if is_plain && known.contains(&name) {
            extra.error(key, "duplicate", "is a field of the message itself; set it there", issues);
        } else if let Some((code, problem)) = check_name(key) {
            extra.error(key, code, problem, issues);
        }
    }
    check_json(input.extra, PATH, false, issues);
}
