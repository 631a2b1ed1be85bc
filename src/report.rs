//! What a caller is told when a call fails: the error's class, code, outcome and sentence.

use crate::error_body;
use crate::failure::Failure;
use crate::issue::{Issue, list_to_value, summary};
use crate::models::request::Request;
use crate::outcome::Outcome;
use crate::secrets::redact;
use crate::text::text;
use crate::value::{ObjectBuilder, Value};

/// The error classes of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Bad input; nothing was sent.
    Validation,
    /// An answer with an error status.
    Api,
    /// No answer: the connection failed.
    Connection,
    /// No answer in time.
    Timeout,
    /// The caller's signal.
    Abort,
    /// A 2xx that cannot be read.
    Response,
    /// The message exists, its delivery failed.
    Delivery,
}

impl Class {
    /// The class's name in JavaScript.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Validation => "ValidationError",
            Class::Api => "ApiError",
            Class::Connection => "ConnectionError",
            Class::Timeout => "TimeoutError",
            Class::Abort => "AbortError",
            Class::Response => "ResponseError",
            Class::Delivery => "DeliveryError",
        }
    }
}

/// A failed call.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Which error.
    pub class: Class,
    /// A stable word for programs.
    pub code: &'static str,
    /// What happened and what to do.
    pub message: String,
    /// Did the message go out?
    pub outcome: Outcome,
    /// The message it is about, where there is one.
    pub message_id: Option<i64>,
    /// The HTTP status; 0 for a redirect a browser hides.
    pub status: Option<u16>,
    /// What Retry-After asked for, in milliseconds.
    pub retry_after_ms: Option<f64>,
    /// What is wrong with the input.
    pub issues: Vec<Issue>,
    /// Why the delivery failed.
    pub failure: Option<Failure>,
}

/// An answer with an error status, as far as a report needs it.
#[derive(Debug, Clone, Copy)]
pub struct Refusal<'a> {
    /// The HTTP status; 0 for a redirect a browser hides.
    pub status: u16,
    /// The body, parsed or text.
    pub body: &'a Value,
    /// The Location header.
    pub location: Option<&'a str>,
    /// What Retry-After asked for, in milliseconds.
    pub retry_after_ms: Option<f64>,
    /// The request's path.
    pub path: &'a str,
    /// Text that must not be repeated: credentials and the message's content.
    pub secrets: &'a [&'a str],
}

/// What follows when nobody can tell whether the message was stored.
const LOOK_FIRST: &str = "The message may have been stored all the same: look at the conversation before you send it again.";

impl Report {
    fn new(class: Class, code: &'static str, outcome: Outcome, message: String) -> Report {
        Report {
            class,
            code,
            message,
            outcome,
            message_id: None,
            status: None,
            retry_after_ms: None,
            issues: Vec::new(),
            failure: None,
        }
    }

    /// The fields of the error as JavaScript sees them; the class is told apart.
    pub fn to_value(&self, attempts: u32, request: Option<&Request>) -> Value {
        let message_id = || request.and_then(|request| request.message_id);
        let mut object = ObjectBuilder::default();
        object.text("message", &self.message);
        object.text("code", self.code);
        object.text("outcome", self.outcome.as_str());
        object.int("attempts", Some(i64::from(attempts)));
        if let Some(request) = request {
            object.add("conversationId", Value::id(request.conversation_id));
        }
        if let Some(id) = self.message_id.or_else(message_id) {
            object.add("messageId", Value::id(id));
        }
        object.int("status", self.status.map(i64::from));
        if let Some(ms) = self.retry_after_ms {
            object.add("retryAfterMs", Value::number(ms));
        }
        if self.class == Class::Validation {
            object.add("issues", list_to_value(&self.issues));
        }
        if let Some(failure) = &self.failure {
            object.add("failure", failure.to_value());
        }
        object.build()
    }

    /// Bad input.
    pub fn invalid(issues: Vec<Issue>) -> Report {
        let message = summary(&issues);
        Report {
            issues,
            ..Report::new(
                Class::Validation,
                "invalid_input",
                Outcome::NotSent,
                message,
            )
        }
    }

    /// An answer with an error status.
    pub fn refused(refusal: &Refusal<'_>, outcome: Outcome) -> Report {
        let (code, hint) = explain_status(refusal.status);
        let status = match refusal.status {
            0 => "a redirect".to_owned(),
            status => status.to_string(),
        };
        let said = error_body::text(refusal.body)
            .map(|text| text!(": ", redact(&text, refusal.secrets)))
            .unwrap_or_default();
        let location = refusal
            .location
            .map(|location| {
                text!(
                    " It points to ",
                    redact(&bare_address(location), refusal.secrets),
                    "."
                )
            })
            .unwrap_or_default();
        let asked = refusal
            .retry_after_ms
            .map(|ms| text!(" It asks to wait ", whole(ms / 1000.0), " s."))
            .unwrap_or_default();
        let message = text!(
            "LiveDesk answered ",
            status,
            " to POST ",
            refusal.path,
            said,
            ".",
            location,
            asked,
            hint,
            " ",
            ending(outcome)
        );
        Report {
            status: Some(refusal.status),
            retry_after_ms: refusal.retry_after_ms,
            ..Report::new(Class::Api, code, outcome, message)
        }
    }

    /// The connection failed; `code` is the runtime's own, such as `ECONNRESET`.
    pub fn disconnected(
        certificate: bool,
        code: Option<&str>,
        last: Outcome,
        outcome: Outcome,
    ) -> Report {
        let detail = code.map(|code| text!(" (", code, ")")).unwrap_or_default();
        let (stable, what) = match (last, certificate) {
            (Outcome::NotSent, true) => (
                "certificate_refused",
                text!("The server's certificate was refused", detail, "; check baseUrl and the machine's clock."),
            ),
            (Outcome::NotSent, false) => (
                "not_connected",
                text!("No connection to LiveDesk could be made", detail, "; check baseUrl and the network."),
            ),
            _ => (
                "connection_lost",
                match code {
                    Some(_) => text!("The connection failed before the answer was complete", detail, "."),
                    None => "The request failed without an answer. (In a web page this is also how a cross-origin \
                             call to LiveDesk ends, which it does not allow: call a backend of yours.)"
                        .to_owned(),
                },
            ),
        };
        let message = text!(what, " ", ending(outcome));
        Report::new(Class::Connection, stable, outcome, message)
    }

    /// The `authorization` function failed, so nothing was sent.
    pub fn unauthorized(outcome: Outcome) -> Report {
        let message = text!(
            "options.authorization failed; see the cause. ",
            ending(outcome)
        );
        Report::new(Class::Connection, "authorization_failed", outcome, message)
    }

    /// No complete answer in time; `total` when it was `totalTimeout` that ran out.
    pub fn timed_out(total: bool, ms: f64, outcome: Outcome) -> Report {
        let (code, option) = if total {
            ("total_timeout", "totalTimeout")
        } else {
            ("timeout", "timeout")
        };
        let message = text!(
            "No complete answer within ",
            whole(ms),
            " ms (",
            option,
            "). ",
            ending(outcome)
        );
        Report::new(Class::Timeout, code, outcome, message)
    }

    /// The caller's signal.
    pub fn aborted(outcome: Outcome) -> Report {
        let message = text!("The call was aborted. ", ending(outcome));
        Report::new(Class::Abort, "aborted", outcome, message)
    }

    /// A 2xx that is no message.
    pub fn unreadable(status: Option<u16>, problem: &str, outcome: Outcome) -> Report {
        let answered = status
            .map(|status| text!("LiveDesk answered ", status, ", but "))
            .unwrap_or_default();
        let message = text!(answered, problem, ". ", ending(outcome));
        Report {
            status,
            ..Report::new(Class::Response, "unreadable_response", outcome, message)
        }
    }

    /// The runtime could not build the form with the files.
    pub fn no_form(outcome: Outcome) -> Report {
        let message = text!(
            "The form with the attachments could not be built; see the cause. ",
            ending(outcome)
        );
        Report::new(Class::Connection, "form_failed", outcome, message)
    }

    /// The message exists, its delivery failed.
    pub fn undelivered(message_id: Option<i64>, failure: Failure) -> Report {
        let id = message_id
            .map(|id| text!("Message ", id))
            .unwrap_or_else(|| "The message".to_owned());
        let reason = match failure.raw.as_deref().map(str::trim) {
            Some(raw) if !raw.is_empty() => text!(": ", raw.trim_end_matches('.')),
            _ => String::new(),
        };
        let message = text!(
            id,
            " is in the conversation, but its delivery failed",
            reason,
            ". ",
            failure.advice
        );
        Report {
            message_id,
            failure: Some(failure),
            ..Report::new(Class::Delivery, "delivery_failed", Outcome::Failed, message)
        }
    }
}

/// Rounded up; std's printing of fractions would be a large part of the engine.
fn whole(number: f64) -> u64 {
    number.ceil() as u64
}

fn ending(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotSent => "Nothing was sent; sending it again is safe.",
        Outcome::Rejected => "Nothing was created.",
        Outcome::Failed => "",
        Outcome::Unknown => LOOK_FIRST,
    }
}

/// The stable code of a status, and what usually helps.
fn explain_status(status: u16) -> (&'static str, &'static str) {
    match status {
        0 | 300..=399 => (
            "redirected",
            " Redirects are never followed: check that baseUrl is the service's own address.",
        ),
        401 | 403 => (
            "unauthorized",
            " Check apiKey and apiSecret, and that they may write to this conversation.",
        ),
        404 => ("not_found", " Check the conversation's id and baseUrl."),
        408 => ("request_timeout", ""),
        413 => (
            "too_large",
            " The attachments are larger than LiveDesk or a gateway takes.",
        ),
        425 | 429 => ("rate_limited", " Send fewer messages a minute."),
        400..=499 => ("invalid_request", ""),
        _ => ("server_error", ""),
    }
}

/// The address without user, query and fragment, which can hold secrets.
fn bare_address(location: &str) -> String {
    let bare = location.split(['?', '#']).next().unwrap_or_default();
    match bare.rsplit_once('@') {
        // What stands before the user is at most a scheme.
        Some((user, rest)) if user.starts_with("http://") => text!("http://", rest),
        Some((_, rest)) => text!("https://", rest),
        None => bare.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal<'a>(status: u16, body: &'a Value) -> Refusal<'a> {
        Refusal {
            status,
            body,
            location: None,
            retry_after_ms: None,
            path: "/api/v2/accounts/conversations/141/messages",
            secrets: &["Basic c2VjcmV0", "my private words"],
        }
    }

    #[test]
    fn a_refusal_says_what_happened_what_to_do_and_that_nothing_was_created() {
        let body = Value::Object(vec![(
            "error".to_owned(),
            Value::text("Invalid Access Token"),
        )]);
        let report = Report::refused(&refusal(401, &body), Outcome::Rejected);
        assert_eq!(report.code, "unauthorized");
        assert_eq!(
            report.message,
            "LiveDesk answered 401 to POST /api/v2/accounts/conversations/141/messages: Invalid Access Token. \
             Check apiKey and apiSecret, and that they may write to this conversation. Nothing was created."
        );
    }

    #[test]
    fn a_server_error_says_to_look_first() {
        let report = Report::refused(&refusal(500, &Value::Null), Outcome::Unknown);
        assert_eq!(report.outcome, Outcome::Unknown);
        assert!(report.message.ends_with(LOOK_FIRST));
    }

    #[test]
    fn a_redirect_names_where_it_points_without_user_or_query() {
        let refusal = Refusal {
            location: Some("https://user:pw@other.example/login?token=1"),
            ..refusal(302, &Value::Null)
        };
        let message = Report::refused(&refusal, Outcome::Rejected).message;
        assert!(
            message
                .contains("It points to https://other.example/login. Redirects are never followed")
        );
        assert!(!message.contains("pw") && !message.contains("token"));
        assert_eq!(bare_address("/login?next=1"), "/login");
        assert_eq!(bare_address("//host/x"), "//host/x");
    }

    #[test]
    fn credentials_and_content_that_a_server_echoes_are_not_repeated() {
        let body = Value::text("bad header Basic c2VjcmV0 for my private words");
        let message = Report::refused(&refusal(400, &body), Outcome::Rejected).message;
        assert!(
            message.contains("bad header [redacted] for [redacted]"),
            "{message}"
        );
    }

    #[test]
    fn an_undelivered_message_brings_its_reason_and_advice() {
        let failure = crate::failure::explain(&Value::text("131047: Re-engagement message"), None);
        let report = Report::undelivered(Some(123), failure);
        assert!(report.message.starts_with(
            "Message 123 is in the conversation, but its delivery failed: 131047: Re-engagement message. The customer"
        ));
    }
}
