//! Asking LiveDesk to deliver a failed message again.

use crate::answer::message::Message;
use crate::data::value::Value;
use crate::input::id;
use crate::input::issue::Issues;
use crate::input::warning::{self, Warning};

/// The id in what a caller wants retried: an id, or a Message whose `status` is `failed`.
///
/// A Message of another status is refused here: older servers would wipe its `content_attributes` and
/// answer 200 without sending anything (upstream).
pub fn read(message: &Value, issues: &mut Issues) -> Option<i64> {
    if !matches!(message, Value::Object(_)) {
        return id::check(message, "message", issues);
    }
    let Some(read) = Message::read(message) else {
        let problem = "must be a message's id, a Message with an id and a status, or a DeliveryError";
        issues.error("message", "wrong_type", problem);
        return None;
    };
    if !read.has_failed() {
        let problem = "is not \"failed\", and only a failed message can be retried; \
                       if it failed since, pass its id instead";
        issues.error("message.status", "not_failed", problem);
    }
    read.id()
}

/// What is to be said of a retry of this.
pub fn warning(message: &Value) -> Option<&'static Warning> {
    if !matches!(message, Value::Object(_)) {
        return Some(&warning::RETRY_UNCHECKED);
    }
    let is_known_to_channel = match message.get("source_id") {
        None | Some(Value::Null | Value::Undefined) => false,
        Some(Value::Text(id)) => !id.is_empty(),
        Some(_) => true,
    };
    is_known_to_channel.then_some(&warning::RETRY_MAY_BE_SKIPPED)
}
