//! What a caller is told when a call fails: the error's class, code, outcome and sentence.

pub mod failure;

use crate::answer::error_body;
use crate::answer::judge::{Failed, Why};
use crate::answer::lost_files::Lost;
use crate::data::text::{add, before, text};
use crate::data::told::{self, ObjectBuilder, Told};
use crate::input::issue::{Issue, Issues, list_to_value, summary};
use crate::policy::outcome::Outcome;
use crate::policy::retry::Happened;
use crate::policy::timeouts::Limit;
use crate::report::failure::Failure;
use crate::request::operation::Request;

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

/// The most characters of a redirect's target that are shown.
const MAX_LOCATION: usize = 150;
/// What follows when nobody can tell whether the message was stored.
const LOOK_FIRST: &str =
    "The message may have been stored: look at the conversation before you send it again.";
const AUTHORIZATION_WANTED: &str = "must resolve to a header value such as \"Basic a2V5OnNlY3JldA==\": no key:secret as it is, no blanks around it and \
     no control characters";

/// The fields every error has.
fn common(code: &str, outcome: Outcome, attempts: u32, message: &str) -> ObjectBuilder {
    let mut fields = ObjectBuilder::default();
    fields.text(told::MESSAGE, message);
    fields.text(told::CODE, code);
    fields.text(told::OUTCOME, outcome.as_str());
    fields.number(told::ATTEMPTS, Some(f64::from(attempts)));
    fields
}

impl Report {
    /// Bad input.
    pub fn invalid(issues: &[Issue]) -> Report {
        let mut fields = common("invalid_input", Outcome::NotSent, 0, &summary(issues));
        fields.issues(told::ISSUES, list_to_value(issues));
        Report { class: "ValidationError", fields: fields.build() }
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
        let message = text!(
            "Message ",
            message_id,
            " is in the conversation, but its delivery failed",
            between,
            raw,
            ". ",
            failure.advice
        );
        Report::stored("delivery_failed", &message, request, attempts, message_id, &failure)
    }

    /// The message exists without some of its files.
    pub fn attachments_lost(request: &Request, attempts: u32, message_id: i64, lost: &Lost) -> Report {
        let failure = Failure::of_lost_files(lost.advice());
        let message = text!(
            "LiveDesk's answer to message ",
            message_id,
            " shows fewer files than were sent. ",
            failure.advice
        );
        Report::stored("attachments_lost", &message, request, attempts, message_id, &failure)
    }

    fn stored(
        code: &str,
        message: &str,
        request: &Request,
        attempts: u32,
        message_id: i64,
        failure: &Failure,
    ) -> Report {
        let mut fields = common(code, Outcome::Failed, attempts, message);
        fields.id(told::CONVERSATION_ID, request.conversation_id);
        fields.id(told::MESSAGE_ID, message_id);
        fields.failure(told::FAILURE, failure.to_value());
        Report { class: "DeliveryError", fields: fields.build() }
    }

    /// A call that ended without a message.
    pub fn failed(failed: &Failed, context: &Context<'_>) -> Report {
        let mut message = String::new();
        let (class, code) = describe(failed, context, &mut message);
        let outcome = context.outcome;
        add!(&mut message, " ", ending(outcome, context.request.message_id.is_some()));
        let mut fields = common(code, outcome, context.attempts, &message);
        fields.id(told::CONVERSATION_ID, context.request.conversation_id);
        if let Some(id) = context.request.message_id {
            fields.id(told::MESSAGE_ID, id);
        }
        fields.number(told::STATUS, failed.status.map(f64::from));
        match (failed.happened, &failed.why) {
            (Happened::Answered { retry_after_ms: Some(ms), .. }, _) => {
                fields.number(told::RETRY_AFTER_MS, Some(ms));
            }
            (_, Why::Paused(ms)) => fields.number(told::RETRY_AFTER_MS, Some(*ms)),
            _ => {}
        }
        if class == "ValidationError" {
            let mut issues = Issues::new();
            issues.error("options.authorization", "wrong_type", AUTHORIZATION_WANTED);
            fields.issues(told::ISSUES, list_to_value(&issues.into_vec()));
        }
        Report { class, fields: fields.build() }
    }
}

/// The class and the stable code; what happened is added to `out`.
fn describe(failed: &Failed, context: &Context<'_>, out: &mut String) -> (&'static str, &'static str) {
    let (class, code, end) = match &failed.why {
        Why::Aborted => ("AbortError", "aborted", "The call was aborted."),
        Why::TimedOut => {
            let Limit { is_total, option_ms, .. } = context.limit;
            add!(out, "It took longer than ", whole(option_ms), " ms (");
            let (code, end) =
                if is_total { ("total_timeout", "totalTimeout).") } else { ("timeout", "timeout).") };
            ("TimeoutError", code, end)
        }
        Why::AuthorizationFailed => {
            ("ConnectionError", "authorization_failed", "options.authorization failed; see the cause.")
        }
        Why::AuthorizationInvalid => {
            add!(out, "options.authorization ", AUTHORIZATION_WANTED);
            ("ValidationError", "invalid_input", ".")
        }
        Why::Paused(ms) => {
            add!(out, "After a 429, or for requestsPerSecond, this client waits ", whole(ms / 1000.0));
            ("TimeoutError", "total_timeout", " s more, which is longer than totalTimeout leaves.")
        }
        Why::NoForm => (
            "ConnectionError",
            "form_failed",
            "The form with the attachments could not be built; see the cause.",
        ),
        Why::Unreadable(Some(index)) => {
            add!(out, "attachments[", *index, "] cannot be read any more: ");
            let end = "it was changed, moved or deleted after it was chosen. Give it anew.";
            ("ConnectionError", "file_unreadable", end)
        }
        Why::Unreadable(None) => (
            "ConnectionError",
            "file_unreadable",
            "A file could not be read to its end: it was changed, moved or deleted.",
        ),
        Why::BadPort => (
            "ConnectionError",
            "not_connected",
            "fetch opens no connection to the port in baseUrl, which is another protocol's: give another.",
        ),
        Why::Disconnected(certificate, code) => {
            let (stable, what) = disconnected(failed.happened, *certificate);
            let end = match (code, failed.happened) {
                (None, Happened::Lost) => {
                    add!(out, NO_REASON);
                    "; see the cause."
                }
                (None, _) => {
                    add!(out, what);
                    "."
                }
                // A stranger's fetch may call anything a code.
                (Some(code), _) => {
                    add!(out, what, " (", (context.redact)(code));
                    ")."
                }
            };
            ("ConnectionError", stable, end)
        }
        Why::Hidden => {
            add!(out, NO_REASON);
            ("ConnectionError", "connection_lost", IN_A_PAGE)
        }
        Why::Refused(said, location) => {
            let (code, hint) = refused(failed, said.as_deref(), location.as_deref(), context, out);
            ("ApiError", code, hint)
        }
        Why::NoMessage(problem) => {
            if let Some(status) = failed.status {
                add!(out, "LiveDesk answered ", status, ", but ");
            }
            add!(out, problem);
            ("ResponseError", "unreadable_response", ".")
        }
    };
    add!(out, end);
    (class, code)
}

const NO_REASON: &str = "The request failed without an answer";
const IN_A_PAGE: &str = ". (In a web page this is also how a cross-origin call to LiveDesk ends, which it does not \
                         allow: call a backend of yours.)";

fn disconnected(happened: Happened, certificate: bool) -> (&'static str, &'static str) {
    match (happened, certificate) {
        (_, true) => (
            "certificate_refused",
            "The server's certificate was refused: check baseUrl and the machine's clock",
        ),
        (Happened::NotConnected, _) => {
            ("not_connected", "No connection to LiveDesk could be made: check baseUrl and the network")
        }
        _ => ("connection_lost", "The connection failed before the answer was complete"),
    }
}

/// The stable code, and the hint that ends the sentence.
fn refused(
    failed: &Failed,
    said: Option<&str>,
    location: Option<&str>,
    context: &Context<'_>,
    out: &mut String,
) -> (&'static str, &'static str) {
    let status = failed.status.unwrap_or_default();
    add!(out, "LiveDesk answered ");
    match status {
        0 => add!(out, "with a redirect"),
        _ => add!(out, status),
    }
    add!(out, " to POST ", context.request.path());
    if let Some(said) = said {
        add!(out, ": ", error_body::shorten(&(context.redact)(said)));
    }
    add!(out, ".");
    if let Some(location) = location {
        let location = error_body::shorten_to(&(context.redact)(&bare_address(location)), MAX_LOCATION);
        add!(out, " It points to ", location, ".");
    }
    if let Happened::Answered { retry_after_ms: Some(ms), .. } = failed.happened {
        add!(out, " It asks to wait ", whole(ms / 1000.0), " s.");
    }
    explain_status(status, failed.happened.outcome())
}

/// Rounded up; std's printing of fractions would be a large part of the engine.
fn whole(number: f64) -> u64 {
    number.ceil() as u64
}

/// What became of the message, or of its retry.
fn ending(outcome: Outcome, is_retry: bool) -> &'static str {
    match (outcome, is_retry) {
        (Outcome::NotSent, _) => "Nothing was sent; sending it again is safe.",
        (Outcome::Rejected, false) => "Nothing was created.",
        (Outcome::Rejected, true) => "It was not retried.",
        (Outcome::Failed, _) => "",
        (Outcome::Unknown, false) => LOOK_FIRST,
        (Outcome::Unknown, true) => "It may be on its way again: look at its status before you retry it.",
    }
}

/// The stable code of a status, and what usually helps.
fn explain_status(status: u16, outcome: Outcome) -> (&'static str, &'static str) {
    match status {
        0 | 300..=399 => {
            ("redirected", " Redirects are never followed: check that baseUrl is the service's own address.")
        }
        401 | 403 => {
            ("unauthorized", " Check apiKey and apiSecret, and that they may write to this conversation.")
        }
        404 => ("not_found", " Check the conversation's id and baseUrl."),
        408 => ("request_timeout", ""),
        413 => ("too_large", " The message is larger than LiveDesk or a gateway takes."),
        425 | 429 => ("rate_limited", " Send fewer messages a minute."),
        422 if outcome == Outcome::Unknown => (
            "invalid_request",
            " This answer does not tell whether something broke before or after it was stored.",
        ),
        400..=499 => ("invalid_request", ""),
        _ => ("server_error", ""),
    }
}

/// The address without user, query and fragment, which can hold secrets.
fn bare_address(location: &str) -> String {
    let bare = before(location, "?#");
    let Some(at) = bare.bytes().rposition(|byte| byte == b'@') else {
        return bare.to_owned();
    };
    // What stands before the user is at most a scheme.
    let scheme = if bare.starts_with("http:") { "http://" } else { "https://" };
    text!(scheme, bare.get(at.saturating_add(1)..).unwrap_or_default())
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
