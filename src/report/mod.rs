//! What a caller is told when a call fails: the error's class, code, outcome and sentence.

mod sentence;

use crate::answer::error_body;
use crate::answer::lost_files::Lost;
use crate::data::told::{self, ObjectBuilder, Told};
use crate::failure::Failure;
use crate::input::issue::{Issue, Issues, list_to_value};
use crate::input::place::Place;
use crate::policy::code::Code;
use crate::policy::failed::Failed;
use crate::policy::outcome::Outcome;
use crate::policy::timeouts::Limit;
use crate::request::operation::Operation;
use crate::request::ready::Request;

/// A failed call, as JavaScript sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The error's class.
    pub class: &'static str,
    /// Its fields.
    pub fields: Told,
}

/// The call that failed.
pub struct Context<'a> {
    /// The request.
    pub request: &'a Request,
    /// The attempts that were handed to fetch.
    pub attempts: u32,
    /// Did the message go out?
    pub outcome: Outcome,
    /// The limit of the last attempt.
    pub limit: Limit,
    /// Takes credentials and the message's content out of a text.
    pub redact: &'a dyn Fn(&str) -> String,
}

/// The fields every error has, but for its message.
fn common(code: Code, outcome: Outcome, attempts: u32) -> ObjectBuilder {
    let mut fields = ObjectBuilder::default();
    fields.text(told::CODE, code.as_str());
    fields.text(told::OUTCOME, outcome.as_str());
    fields.number(told::ATTEMPTS, Some(f64::from(attempts)));
    fields
}

impl Report {
    /// Bad input; its message is made of the issues, by `input/told.js`.
    pub fn invalid(issues: &[Issue]) -> Report {
        let mut fields = common(Code::InvalidInput, Outcome::NotSent, 0);
        fields.issues(told::ISSUES, list_to_value(issues));
        Report { class: Code::InvalidInput.class(), fields: fields.build() }
    }

    /// The message exists, its delivery failed. A channel's reason can repeat what was sent, so that goes as well.
    pub fn undelivered(
        request: &Request,
        attempts: u32,
        message_id: i64,
        mut failure: Failure,
        redact: &dyn Fn(&str) -> String,
    ) -> Report {
        failure.raw = failure.raw.as_deref().map(redact);
        failure.text = redact(&failure.text);
        let raw = failure.raw.as_deref().map(error_body::shorten).unwrap_or_default();
        let between = if raw.is_empty() { "" } else { ": " };
        let message = format!(
            "Message {message_id} is in the conversation, but its delivery failed{between}{raw}. {}",
            failure.advice
        );
        Report::stored(Code::DeliveryFailed, &message, request, attempts, message_id, &failure)
    }

    /// The message exists without some of its files.
    pub fn attachments_lost(request: &Request, attempts: u32, message_id: i64, lost: &Lost) -> Report {
        let failure = Failure::of_lost_files(lost.advice());
        let message = format!(
            "LiveDesk's answer to message {message_id} shows fewer files than were sent. {}",
            failure.advice
        );
        Report::stored(Code::AttachmentsLost, &message, request, attempts, message_id, &failure)
    }

    fn stored(
        code: Code,
        message: &str,
        request: &Request,
        attempts: u32,
        message_id: i64,
        failure: &Failure,
    ) -> Report {
        let mut fields = common(code, code.outcome(), attempts);
        fields.text(told::MESSAGE, message);
        fields.id(told::CONVERSATION_ID, request.conversation_id);
        fields.id(told::MESSAGE_ID, message_id);
        fields.failure(told::FAILURE, failure.to_value());
        Report { class: code.class(), fields: fields.build() }
    }

    /// A call that ended without a message.
    pub fn failed(failed: &Failed, context: &Context<'_>) -> Report {
        let code = match failed.code {
            // Which of the two limits it was is the call's affair.
            Code::Timeout if context.limit.is_total => Code::TotalTimeout,
            code => code,
        };
        let mut message = sentence::of(code, failed, context.limit, context.request, context.redact);
        let outcome = context.outcome;
        message.push_str(&format!(" {}", ending(outcome, context.request.operation)));
        let mut fields = common(code, outcome, context.attempts);
        fields.text(told::MESSAGE, &message);
        fields.id(told::CONVERSATION_ID, context.request.conversation_id);
        if let Some(id) = context.request.message_id {
            fields.id(told::MESSAGE_ID, id);
        }
        fields.number(told::STATUS, failed.status.map(f64::from));
        if let Some(ms) = failed.retry_after_ms {
            fields.number(told::RETRY_AFTER_MS, Some(ms));
        }
        if code == Code::InvalidInput {
            let mut issues = Issues::new();
            issues.error(&Place::Root("options.authorization"), "wrong_type", sentence::AUTHORIZATION_WANTED);
            fields.issues(told::ISSUES, list_to_value(&issues.into_vec()));
        }
        Report { class: code.class(), fields: fields.build() }
    }
}

/// What became of what was asked for.
fn ending(outcome: Outcome, operation: &Operation) -> &'static str {
    match outcome {
        Outcome::NotSent => "Nothing was sent; sending it again is safe.",
        Outcome::Rejected => operation.refused,
        Outcome::Failed => "",
        Outcome::Unknown => operation.perhaps,
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
