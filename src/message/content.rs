//! What `content`, `private` and `content_attributes` may hold: the same in every kind of message.

use crate::data::value::Value;
use crate::input::fields::{Fields, check_json, wrong_type};
use crate::input::id;
use crate::input::issue::Issues;
use crate::input::place::Place;
use crate::message::limits::{Channel, TextLimit};

/// The longest `content` in Unicode scalar values (upstream). Upstream answers an empty one with 200 and
/// a message that says nothing, so this client is the only guard.
pub const MAX_CONTENT: usize = 150_000;

/// `content` that must be there and say something.
pub fn require<'a>(
    fields: &Fields<'a, '_>,
    channel: Option<Channel>,
    issues: &mut Issues,
) -> Option<&'a str> {
    let content = fields.require_text("content", issues)?;
    if content.trim().is_empty() {
        let problem = "is blank; LiveDesk would store an empty message";
        fields.error("content", "blank", problem, issues);
        return None;
    }
    within_limits(fields, content, public(fields, channel).map(Channel::text_limit), issues)?;
    Some(content)
}

/// `content` of a message with attachments: its caption, which may be missing or empty.
///
/// It is counted as it will arrive and be passed on to the channel: a form writes every line break as CR LF.
pub fn caption<'a>(
    fields: &Fields<'a, '_>,
    channel: Option<Channel>,
    issues: &mut Issues,
) -> Option<&'a str> {
    let content = fields.text("content", issues)?;
    let limit = public(fields, channel).map(Channel::caption_limit);
    within_limits(fields, &with_crlf(content), limit, issues)?;
    Some(content).filter(|content| !content.is_empty())
}

/// The channel, if the message reaches it: a private note stays among agents.
pub fn public(fields: &Fields<'_, '_>, channel: Option<Channel>) -> Option<Channel> {
    channel.filter(|_| !matches!(fields.get("private"), Some(Value::Bool(true))))
}

fn with_crlf(text: &str) -> String {
    let mut out = String::new();
    let mut follows_cr = false;
    for character in text.chars() {
        match character {
            '\n' if follows_cr => {}
            '\n' | '\r' => out.push_str("\r\n"),
            other => out.push(other),
        }
        follows_cr = character == '\r';
    }
    out
}

fn within_limits(
    fields: &Fields<'_, '_>,
    content: &str,
    channel_limit: Option<TextLimit>,
    issues: &mut Issues,
) -> Option<()> {
    let problem = TextLimit::Characters(MAX_CONTENT)
        .problem(content, "LiveDesk")
        .or_else(|| channel_limit.and_then(|limit| limit.problem(content, "this channel")));
    match problem {
        Some((problem, facts)) => {
            issues.error_with(&fields.place_of("content"), "too_long", &problem, &facts);
            None
        }
        None => Some(()),
    }
}

/// `private` (default false) and `content_attributes`, an open object of JSON data.
pub fn private_and_attributes<'a>(
    fields: &Fields<'a, '_>,
    issues: &mut Issues,
) -> (Option<bool>, Option<&'a Value<'a>>) {
    let private = fields.flag("private", issues);
    let attributes = fields.get("content_attributes");
    if let Some(value) = attributes {
        check_attributes(value, &fields.place_of("content_attributes"), issues);
    }
    (private, attributes)
}

fn check_attributes(value: &Value, place: &Place<'_>, issues: &mut Issues) {
    if !matches!(value, Value::Object(_)) {
        return wrong_type(issues, place, "an object", value);
    }
    let Some(attributes) = Fields::of(value, place, issues) else {
        return;
    };
    for (key, attribute) in attributes.entries() {
        let place = attributes.place_of(key);
        if *key == "in_reply_to" && !attribute.is_null() {
            id::check(attribute, &place, issues);
        } else {
            check_json(attribute, &place, true, issues);
        }
    }
}
