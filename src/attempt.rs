//! What came of one attempt, judged by its facts.

use crate::error_body;
use crate::models::message::Message;
use crate::network::{self, Proof};
use crate::outcome::Outcome;
use crate::refusal;
use crate::retry::Happened;
use crate::retry_after::retry_after_ms;
use crate::value::Value;

/// An attempt that brought no message.
#[derive(Debug, Clone, PartialEq)]
pub struct Failed {
    /// For the retry policy.
    pub happened: Happened,
    /// For the caller.
    pub why: Why,
    /// The HTTP status, if one came; 0 for a redirect a browser hides.
    pub status: Option<u16>,
}

/// Why an attempt brought no message.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// The caller's signal.
    Aborted,
    /// `timeout`, or what was left of `totalTimeout`.
    TimedOut,
    /// The `authorization` function threw.
    AuthorizationFailed,
    /// It gave something that is no header value.
    AuthorizationInvalid,
    /// The runtime could not build the form.
    NoForm,
    /// fetch threw; whether it was for a certificate, and the runtime's own code.
    Disconnected(bool, Option<String>),
    /// An error status: what the body says, and the Location header.
    Refused(Option<String>, Option<String>),
    /// A 2xx, or something stranger, that is no message.
    Unreadable(&'static str),
}

impl Failed {
    /// Without a status.
    pub fn new(happened: Happened, why: Why) -> Failed {
        Failed { happened, why, status: None }
    }

    /// Ended by the caller's signal or the clock; `sent` once fetch had been called.
    pub fn stopped(aborted: bool, sent: bool) -> Failed {
        match (aborted, sent) {
            (true, sent) => Failed::new(Happened::Aborted { sent }, Why::Aborted),
            (false, true) => Failed::new(Happened::Lost, Why::TimedOut),
            (false, false) => Failed::new(Happened::NotSent, Why::TimedOut),
        }
    }
}

/// Judges `{ status?, failed?, links?, body?, retryAfter?, location? }`; `Ok` when the body is a message. `now_ms` is
/// the wall clock; `is_retry` says that a message was to be retried.
///
/// An error status is an answer, even when the body behind it is cut or late; see [`refusal::outcome`].
pub fn judge(facts: &Value, is_retry: bool, now_ms: f64) -> Result<(), Failed> {
    let body = facts.get("body").unwrap_or(&Value::Null);
    let Some(status) = status(facts) else {
        return Err(if facts.is_set("failed") {
            disconnected(facts)
        } else {
            Failed::new(Happened::Unreadable, Why::Unreadable(NO_RESPONSE))
        });
    };
    let (happened, why) = if !(200..300).contains(&status) {
        let header = |name| facts.get(name).and_then(Value::as_text);
        let retry_after_ms = header("retryAfter").and_then(|asked| retry_after_ms(asked, now_ms));
        let location = header("location").map(str::to_owned);
        let outcome = refusal::outcome(status, body, is_retry);
        let happened = Happened::Answered { status, outcome, retry_after_ms };
        (happened, Why::Refused(error_body::text(body), location))
    } else if facts.is_set("failed") {
        (Happened::Unreadable, Why::Unreadable(CUT))
    } else if Message::read(body).is_none() {
        (Happened::Unreadable, Why::Unreadable(NO_MESSAGE))
    } else {
        return Ok(());
    };
    Err(Failed { happened, why, status: Some(status) })
}

const NO_RESPONSE: &str = "fetch gave something that is no Response with a text";
const CUT: &str = "its body could not be read to its end";
const NO_MESSAGE: &str = "its body is not a message, which is JSON with an id and a status";

/// The HTTP status among the facts.
pub fn status(facts: &Value) -> Option<u16> {
    facts.get("status").and_then(Value::as_int).and_then(|status| u16::try_from(status).ok())
}

fn disconnected(facts: &Value) -> Failed {
    let links = match facts.get("links") {
        Some(Value::List(links)) => links.as_slice(),
        _ => &[],
    };
    let code = || network::code(links).map(str::to_owned);
    match network::proof(links) {
        Proof::NotConnected => Failed::new(Happened::NotConnected, Why::Disconnected(false, code())),
        Proof::Certificate => Failed::new(Happened::NotSent, Why::Disconnected(true, code())),
        Proof::None => Failed::new(Happened::Lost, Why::Disconnected(false, code())),
        Proof::Redirected => {
            let happened = Happened::Answered { status: 0, outcome: Outcome::Rejected, retry_after_ms: None };
            Failed { status: Some(0), ..Failed::new(happened, Why::Refused(None, None)) }
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn judged(facts: &str) -> Result<(), Failed> {
        judge(&serde_json::from_str(facts).unwrap(), false, 0.0)
    }

    fn outcome(facts: &str) -> Outcome {
        judged(facts).unwrap_err().happened.outcome()
    }

    #[test]
    fn a_message_is_a_success_whatever_its_2xx() {
        for status in [200, 201, 202] {
            let facts = format!(r#"{{"status":{status},"body":{{"id":1,"status":"sent"}}}}"#);
            assert_eq!(judged(&facts), Ok(()));
        }
    }

    #[test]
    fn a_2xx_that_is_no_message_may_hide_a_stored_one() {
        for facts in [
            r#"{"status":200,"body":"<html></html>"}"#,
            r#"{"status":200,"body":[]}"#,
            r#"{"status":204,"body":""}"#,
            r#"{"status":200,"failed":true,"links":[{"syscall":"connect"}]}"#,
            r#"{"status":200,"body":{"ok":true}}"#,
            "{}",
            "null",
        ] {
            assert_eq!(outcome(facts), Outcome::Unknown, "{facts}");
        }
    }

    #[test]
    fn an_error_status_counts_even_when_its_body_broke_off() {
        for (status, expected) in [(413, Outcome::Rejected), (422, Outcome::Unknown), (500, Outcome::Unknown)]
        {
            let failed = judged(&format!(r#"{{"status":{status},"failed":true,"links":[]}}"#)).unwrap_err();
            assert_eq!((failed.happened.outcome(), failed.status), (expected, Some(status)));
        }
    }

    #[test]
    fn a_422_is_judged_by_its_body_and_by_what_was_asked() {
        let facts = r#"{"status":422,"body":{"error":"Couldn't find Message with 'id'=5"}}"#;
        let retry = judge(&serde_json::from_str(facts).unwrap(), true, 0.0).unwrap_err();
        assert_eq!(retry.happened.outcome(), Outcome::Rejected);
        assert_eq!(outcome(facts), Outcome::Unknown);
        assert_eq!(outcome(r#"{"status":422,"body":{"error":"Validation failed: x"}}"#), Outcome::Rejected);
    }

    #[test]
    fn a_thrown_error_is_judged_by_what_it_proves() {
        assert_eq!(outcome(r#"{"failed":true,"links":[{},{"syscall":"connect"}]}"#), Outcome::NotSent);
        assert_eq!(outcome(r#"{"failed":true,"links":[{"code":"CERT_HAS_EXPIRED"}]}"#), Outcome::NotSent);
        assert_eq!(
            outcome(r#"{"failed":true,"links":[{"message":"unexpected redirect"}]}"#),
            Outcome::Rejected
        );
        assert_eq!(outcome(r#"{"failed":true,"links":[{"code":"ECONNRESET"}]}"#), Outcome::Unknown);
        assert_eq!(outcome(r#"{"failed":true}"#), Outcome::Unknown);
    }

    #[test]
    fn what_stopped_an_attempt_before_it_was_sent_proves_that_nothing_was() {
        assert_eq!(Failed::stopped(true, false).happened.outcome(), Outcome::NotSent);
        assert_eq!(Failed::stopped(false, false).happened.outcome(), Outcome::NotSent);
        assert_eq!(Failed::stopped(true, true).happened.outcome(), Outcome::Unknown);
        assert_eq!(Failed::stopped(false, true).happened.outcome(), Outcome::Unknown);
    }
}
