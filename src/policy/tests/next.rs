//! What a queue does next, by tables.

use super::*;
use crate::policy::code::Code;
use crate::policy::outcome::Outcome;

fn error<'a>(outcome: &'a str, code: &'a str, more: &[(&'a str, Value<'a>)]) -> Value<'a> {
    let mut fields = vec![("outcome", Value::Text(outcome)), ("code", Value::Text(code))];
    fields.extend(more.iter().cloned());
    Value::Object(fields)
}

fn word<'a>(told: &'a Told, name: &str) -> &'a str {
    told.get(name).and_then(Told::as_text).unwrap_or_default()
}

fn next(ended: &Value, attempts: i64) -> (String, Option<f64>) {
    let told = step(ended, attempts, None);
    let after = match told.get("afterMs") {
        Some(Told::Number(ms)) => Some(*ms),
        _ => None,
    };
    (word(&told, "do").to_owned(), after)
}

fn does(ended: &Value) -> String {
    next(ended, 1).0
}

/// Every code that there is, with every outcome.
const CODES: [Code; 22] = [
    Code::InvalidInput,
    Code::Redirected,
    Code::Unauthorized,
    Code::NotFound,
    Code::TooLarge,
    Code::RateLimited,
    Code::InvalidRequest,
    Code::RequestTimeout,
    Code::ServerError,
    Code::NotConnected,
    Code::CertificateRefused,
    Code::AuthorizationFailed,
    Code::FormFailed,
    Code::FileUnreadable,
    Code::ConnectionLost,
    Code::Timeout,
    Code::TotalTimeout,
    Code::Aborted,
    Code::UnreadableResponse,
    Code::DeliveryFailed,
    Code::AttachmentsLost,
    Code::NotFound,
];

#[test]
fn what_may_be_stored_is_never_repeated() {
    for code in CODES {
        for attempts in [0, 1, 99, i64::MAX] {
            let unknown = error(Outcome::Unknown.as_str(), code.as_str(), &[("retryAfterMs", Value::Int(1))]);
            assert_eq!(next(&unknown, attempts), ("look".to_owned(), None), "{}", code.as_str());
        }
    }
    for stranger in [
        Value::Undefined,
        Value::Null,
        Value::Text("oops"),
        Value::Int(1),
        error("sent?", "x", &[]),
        Value::Object(vec![]),
    ] {
        assert_eq!(does(&stranger), "look", "{stranger:?}");
    }
}

#[test]
fn says_something_of_every_code_and_outcome() {
    for outcome in [Outcome::NotSent, Outcome::Rejected, Outcome::Failed, Outcome::Unknown] {
        for code in CODES {
            let told = step(&error(outcome.as_str(), code.as_str(), &[]), 1, None);
            assert!(word(&told, "why").len() > 20, "{} {}", outcome.as_str(), code.as_str());
            assert!(word(&told, "do") != "done");
            assert_eq!(word(&told, "do") == "stop", told.get("then").is_some());
        }
    }
}

#[test]
fn what_is_done_is_done() {
    let message = |status| Value::Object(vec![("id", Value::Int(7)), ("status", Value::Text(status))]);
    for ended in [message("sent"), message("delivered"), message("some day")] {
        assert_eq!(next(&ended, 1), ("done".to_owned(), None));
    }
    assert_eq!(does(&message("failed")), "look", "without a reason");
}

#[test]
fn a_refusal_is_the_rows_or_everybodys() {
    let rejected = |code| error("rejected", code, &[]);
    for (code, expected) in [
        ("unauthorized", "stop"),
        ("redirected", "stop"),
        ("not_found", "drop"),
        ("too_large", "drop"),
        ("invalid_request", "drop"),
        ("rate_limited", "pause"),
    ] {
        assert_eq!(does(&rejected(code)), expected, "{code}");
    }
    let unpaid = error("rejected", "invalid_request", &[("status", Value::Int(402))]);
    assert_eq!(does(&unpaid), "stop");
    let issue = |path| Value::List(vec![Value::Object(vec![("path", Value::Text(path))])]);
    for (path, expected) in [
        ("options.authorization", "stop"),
        ("this", "stop"),
        ("content", "drop"),
        ("requestOptions.timeout", "drop"),
    ] {
        let invalid = error("not_sent", "invalid_input", &[("issues", issue(path))]);
        assert_eq!(does(&invalid), expected, "{path}");
    }
}

#[test]
fn waits_as_asked_and_else_twice_as_long_each_time() {
    let limited = |more: &[(&'static str, Value<'static>)]| error("rejected", "rate_limited", more);
    assert_eq!(next(&limited(&[("retryAfterMs", Value::Int(7_000))]), 3).1, Some(7_000.0));
    assert_eq!(next(&limited(&[("retryAfterMs", Value::Float(f64::NAN))]), 1).1, Some(5_000.0));
    assert_eq!([1, 2, 3, 9].map(|tries| next(&limited(&[]), tries).1.unwrap()), [5e3, 10e3, 20e3, 60e3]);
    let refused = error("not_sent", "not_connected", &[]);
    assert_eq!([0, 1, 2, 9].map(|tries| next(&refused, tries).1.unwrap()), [1e3, 1e3, 2e3, 256e3]);
    assert_eq!(next(&refused, 10), ("stop".to_owned(), None));
    let waiting = error("not_sent", "total_timeout", &[("retryAfterMs", Value::Int(90_000))]);
    assert_eq!(next(&waiting, 1), ("pause".to_owned(), Some(90_000.0)));
}

#[test]
fn a_failed_delivery_is_retried_as_its_table_says() {
    let failure = |class, may, after, most| {
        let fields = vec![
            ("class", Value::Text(class)),
            ("canRetry", Value::Bool(may)),
            ("retryAfterMs", Value::Int(after)),
            ("maxRetries", Value::Int(most)),
        ];
        error("failed", "delivery_failed", &[("failure", Value::Object(fields))])
    };
    let later = failure("retry_later", true, 60_000, 2);
    assert_eq!(next(&later, 1), ("retry_message".to_owned(), Some(60_000.0)));
    assert_eq!(next(&later, 2).0, "retry_message");
    assert_eq!(next(&later, 3), ("look".to_owned(), None));
    assert_eq!(does(&failure("retry_now", false, 0, 5)), "look", "somebody said that it must not be");
    for (class, expected) in [
        ("use_template", "drop"),
        ("fix_request", "drop"),
        ("wait", "drop"),
        ("never", "drop"),
        ("fix_account", "stop"),
        ("unknown", "look"),
        ("a class of tomorrow", "look"),
    ] {
        assert_eq!(does(&failure(class, false, 0, 0)), expected, "{class}");
    }
    assert_eq!(does(&error("failed", "attachments_lost", &[])), "look");
    let reason = vec![("external_error", Value::Text("131049: later"))];
    let message = vec![
        ("id", Value::Int(7)),
        ("status", Value::Text("failed")),
        ("content_attributes", Value::Object(reason)),
    ];
    assert_eq!(does(&Value::Object(message)), "drop");
}
