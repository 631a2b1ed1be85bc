//! What came of one attempt, judged by its facts.

use crate::answer::error_body;
use crate::answer::facts::Facts;
use crate::answer::message::Message;
use crate::answer::network::{self, Proof};
use crate::answer::refusal;
use crate::answer::retry_after::retry_after_ms;
use crate::data::value::Value;
use crate::policy::outcome::Outcome;
use crate::policy::retry::Happened;

/// An attempt that brought no message.
#[derive(Debug, Clone, PartialEq)]
pub struct Failed {
    /// For the retry policy.
    pub happened: Happened,
    /// For the caller.
    pub why: Why,
    /// The HTTP status, if one came; 0 for a redirect a browser hides.
    pub status: Option<u16>,
    /// Whether another request of the same attempt, made by a wrapper of fetch, may have stored the message.
    pub maybe_stored: bool,
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
    /// The client waits since LiveDesk asked it to, so many milliseconds more, which is longer than the call may.
    Paused(f64),
    /// The runtime could not build the form, or fetch did not know it.
    NoForm,
    /// A file cannot be read; its place among the attachments, if it was not while it was sent.
    Unreadable(Option<usize>),
    /// fetch opens no connection to such a port.
    BadPort,
    /// fetch threw; whether it was for a certificate, and the runtime's own code.
    Disconnected(bool, Option<String>),
    /// fetch threw in a page, which is not told why.
    Hidden,
    /// An error status: what the body says, and the Location header.
    Refused(Option<String>, Option<String>),
    /// A 2xx, or something stranger, that is no message.
    NoMessage(&'static str),
}

impl Failed {
    /// Without a status.
    pub fn new(happened: Happened, why: Why) -> Failed {
        Failed { happened, why, status: None, maybe_stored: false }
    }

    /// What became of the message in this attempt, as far as it tells.
    pub fn outcome(&self) -> Outcome {
        if self.maybe_stored { Outcome::Unknown } else { self.happened.outcome() }
    }

    /// A file could not be read before its attempt; `index` is its place among the attachments.
    pub fn unreadable(index: Option<usize>) -> Failed {
        Failed::new(Happened::NotSent, Why::Unreadable(index))
    }

    /// The attempt's time was over, or the call's, before a connection: nothing was sent, and will be.
    pub fn late() -> Failed {
        Failed::new(Happened::NotConnected, Why::TimedOut)
    }

    /// Ended by the caller's signal or the clock; `sent` unless it is known that nothing was.
    pub fn stopped(aborted: bool, sent: bool) -> Failed {
        match (aborted, sent) {
            (true, sent) => Failed::new(Happened::Aborted { sent }, Why::Aborted),
            (false, true) => Failed::new(Happened::Lost, Why::TimedOut),
            (false, false) => Failed::new(Happened::NotSent, Why::TimedOut),
        }
    }
}

/// Judges an attempt by its facts; `Ok` when the body is a message. `now_ms` is the wall clock; `is_retry` says that a message was to be retried.
///
/// An error status is an answer, even when the body behind it is cut or late; see [`refusal::outcome`].
pub fn judge(facts: &Facts<'_>, is_retry: bool, now_ms: f64) -> Result<(), Failed> {
    let body = &facts.body;
    let Some(status) = facts.status else {
        return Err(if facts.failed {
            disconnected(facts)
        } else {
            Failed::new(Happened::Unreadable, Why::NoMessage(NO_RESPONSE))
        });
    };
    let (happened, why) = if !(200..300).contains(&status) {
        let retry_after_ms = facts.retry_after.and_then(|asked| retry_after_ms(asked, now_ms));
        let location = facts.location.map(str::to_owned);
        let outcome = refusal::outcome(status, body, is_retry);
        let happened = Happened::Answered { status, outcome, retry_after_ms };
        (happened, Why::Refused(error_body::text(body), location))
    } else if facts.too_long {
        (Happened::Unreadable, Why::NoMessage(TOO_LONG))
    } else if facts.failed {
        (Happened::Unreadable, Why::NoMessage(CUT))
    } else if Message::read(body).is_none() {
        (Happened::Unreadable, Why::NoMessage(NO_MESSAGE))
    } else {
        return Ok(());
    };
    Err(Failed { happened, why, status: Some(status), maybe_stored: others_may_have_stored(facts) })
}

/// A wrapper of fetch may have sent more than once; each of `others` is the status of one such request, 0 for none.
fn others_may_have_stored(facts: &Facts<'_>) -> bool {
    let may_have = |status: &Value| match status.as_int().and_then(|status| u16::try_from(status).ok()) {
        Some(0) | None => true,
        // What it said besides is not known.
        Some(status) => refusal::outcome(status, &Value::Null, false) != Outcome::Rejected,
    };
    match &facts.others {
        Value::List(others) => others.iter().any(may_have),
        _ => false,
    }
}

const NO_RESPONSE: &str = "fetch gave something that is no Response with a text";
const CUT: &str = "its body could not be read to its end";
const TOO_LONG: &str = "its body is longer than any message, more than 1 MiB";
const NO_MESSAGE: &str = "its body is not a message, which is JSON with an id and a status";

fn disconnected(facts: &Facts<'_>) -> Failed {
    let proof = network::proof(facts);
    if facts.broken_off {
        // Nobody has a whole request; whether a server makes a message of its beginning is not known.
        let happened = if proof == Proof::NotConnected { Happened::NotSent } else { Happened::Lost };
        return Failed::new(happened, Why::Unreadable(None));
    }
    let code = || network::code(facts).map(str::to_owned);
    match proof {
        Proof::NotConnected => Failed::new(Happened::NotConnected, Why::Disconnected(false, code())),
        Proof::Certificate => Failed::new(Happened::NotSent, Why::Disconnected(true, code())),
        Proof::Refused => Failed::new(Happened::NotSent, Why::BadPort),
        Proof::NoForm => Failed::new(Happened::NotSent, Why::NoForm),
        Proof::None if facts.is_page && code().is_none() => Failed::new(Happened::Lost, Why::Hidden),
        Proof::None => Failed::new(Happened::Lost, Why::Disconnected(false, code())),
        Proof::Redirected(status) => {
            let location = facts.location.map(str::to_owned);
            let happened = Happened::Answered { status, outcome: Outcome::Rejected, retry_after_ms: None };
            Failed { status: Some(status), ..Failed::new(happened, Why::Refused(None, location)) }
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
        let own = |links: &str| {
            outcome(&format!(
                r#"{{"failed":true,"requests":1,"given":0,"own":true,"native":true,"links":{links}}}"#
            ))
        };
        assert_eq!(own(r#"[{},{"syscall":"connect"}]"#), Outcome::NotSent);
        assert_eq!(own(r#"[{"code":"CERT_HAS_EXPIRED"}]"#), Outcome::NotSent);
        assert_eq!(outcome(r#"{"failed":true,"links":[{"code":"ECONNRESET"}]}"#), Outcome::Unknown);
        assert_eq!(outcome(r#"{"failed":true,"links":[{"syscall":"connect"}]}"#), Outcome::Unknown);
        assert_eq!(outcome(r#"{"failed":true}"#), Outcome::Unknown);
        let failed = judged(
            r#"{"failed":true,"requests":1,"given":1,"redirect":302,"location":"/x",
                "links":[{"message":"unexpected redirect"}]}"#,
        )
        .unwrap_err();
        assert_eq!(failed.happened.outcome(), Outcome::Rejected);
        assert_eq!(failed.why, Why::Refused(None, Some("/x".to_owned())));
    }

    #[test]
    fn a_file_that_broke_off_on_its_way_leaves_it_open_whether_anything_was_stored() {
        assert_eq!(outcome(r#"{"failed":true,"brokenOff":true,"requests":1,"given":1}"#), Outcome::Unknown);
        assert_eq!(outcome(r#"{"failed":true,"brokenOff":true}"#), Outcome::Unknown);
    }

    #[test]
    fn a_refusal_says_nothing_of_what_a_wrapper_sent_besides() {
        let maybe_stored = |others: &str| {
            judged(&format!(r#"{{"status":422,"body":"","others":{others}}}"#)).unwrap_err().maybe_stored
        };
        assert!(!maybe_stored("[]"));
        assert!(!maybe_stored("[401]"));
        for others in ["[0]", "[200]", "[500]", "[401,0]", "[null]"] {
            assert!(maybe_stored(others), "{others}");
        }
    }

    #[test]
    fn what_stopped_an_attempt_before_it_was_sent_proves_that_nothing_was() {
        assert_eq!(Failed::stopped(true, false).happened.outcome(), Outcome::NotSent);
        assert_eq!(Failed::stopped(false, false).happened.outcome(), Outcome::NotSent);
        assert_eq!(Failed::stopped(true, true).happened.outcome(), Outcome::Unknown);
        assert_eq!(Failed::stopped(false, true).happened.outcome(), Outcome::Unknown);
    }
}
