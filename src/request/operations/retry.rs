//! Asking LiveDesk to deliver a failed message again.

use super::new_message::NEW_MESSAGE;
use crate::answer::expected::MESSAGE_AGAIN;
use crate::answer::message::Message;
use crate::data::value::Value;
use crate::failure;
use crate::input::id;
use crate::input::issue::{Detail, Issues};
use crate::input::place::Place;
use crate::input::warning::{self, Warning};
use crate::message::limits::Channel;
use crate::request::body::Body;
use crate::request::operation::{Operation, Outgoing};

/// `retryMessage`; what it is given may be a message as LiveDesk answered it, so it stands above `answer`.
pub static RETRY: Operation = Operation {
    name: "retry",
    path: "/api/v2/accounts/conversations/{conversation}/messages/{message}/retry",
    write: |input, issues| {
        let message_id = read(input.message, issues);
        if !input.force {
            refuse_hopeless(input.message, input.channel, issues);
        }
        Some(Outgoing { message_id, body: Body::Empty, warning: warning(input.message) })
    },
    expected: MESSAGE_AGAIN,
    refused: "It was not retried.",
    perhaps: "It may be on its way again: look at its status before you retry it.",
    ..NEW_MESSAGE
};

/// The id in what a caller wants retried: an id, or a Message whose `status` is `failed`.
///
/// A Message of another status is refused here: older servers would wipe its `content_attributes` and
/// answer 200 without sending anything (upstream).
fn read(message: &Value, issues: &mut Issues) -> Option<i64> {
    if !matches!(message, Value::Object(_)) {
        return id::check(message, &Place::Root("message"), issues);
    }
    let Some(read) = Message::read(message) else {
        let problem = "must be a message's id, a Message with an id and a status, or a DeliveryError";
        issues.error(&Place::Root("message"), "wrong_type", problem);
        return None;
    };
    if !read.has_failed() {
        let problem = "is not \"failed\", and only a failed message can be retried; \
                       if it failed since, pass its id instead";
        issues.error(&Place::Root("message.status"), "not_failed", problem);
    }
    read.id()
}

/// A retry sends the same once more. Where that cannot help, or must not be done by a program, it only costs: WhatsApp
/// counts it against the business's number.
fn refuse_hopeless(message: &Value, channel: Option<Channel>, issues: &mut Issues) {
    if message.get("status").and_then(Value::as_text) != Some("failed") {
        return;
    }
    let failure = failure::explain(message, channel);
    if failure.may_be_mended() {
        return;
    }
    let problem = format!(
        "failed, and a retry cannot mend that: {} requestOptions.force retries it all the same",
        failure.advice
    );
    let code = failure.code.map_or(-1, i64::from);
    let facts = [("class", Detail::Word(failure.class)), ("code", Detail::Number(code))];
    // Only WhatsApp's failures are known well enough to get here, so there is a code.
    issues.error_with(&Place::Root("message"), "retry_cannot_help", &problem, &facts);
}

/// What is to be said of a retry of this.
fn warning(message: &Value) -> Option<&'static Warning> {
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
