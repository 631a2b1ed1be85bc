//! What reports say.

use super::*;
use crate::answer::expected::MESSAGE;
use crate::data::value::Value;
use crate::policy::failed::Detail;
use crate::request::body::Body;
use crate::request::operations::text::TEXT;

fn request() -> Request {
    Request {
        operation: &TEXT,
        path: "/api/v2/accounts/conversations/141/messages".to_owned(),
        conversation_id: 141,
        message_id: None,
        body: Body::Empty,
        warning: None,
        doubts: Vec::new(),
    }
}

fn report(failed: &Failed) -> Report {
    Report::failed(
        failed,
        &Context {
            request: &request(),
            attempts: 1,
            outcome: failed.outcome,
            limit: Limit { ms: 30_000.0, is_total: false, option_ms: 30_000.0 },
            redact: &|text| text.replace("my private words", "[redacted]"),
        },
    )
}

fn refusal(status: u16, said: Option<&str>, location: Option<&str>) -> Report {
    let outcome = crate::answer::refusal::outcome(status, &Value::Null, &MESSAGE);
    report(&Failed {
        outcome,
        status: Some(status),
        detail: Detail::Answer(said.map(str::to_owned), location.map(str::to_owned)),
        ..Failed::new(Code::of_status(status))
    })
}

fn message(report: &Report) -> &str {
    report.fields.get("message").unwrap().as_text().unwrap()
}

#[test]
fn a_refusal_says_what_happened_what_to_do_and_that_nothing_was_created() {
    let report = refusal(401, Some("Invalid Access Token"), None);
    assert_eq!(report.fields.get("code"), Some(&Told::text("unauthorized")));
    assert_eq!(
        message(&report),
        "LiveDesk answered 401 to POST /api/v2/accounts/conversations/141/messages: Invalid Access Token. \
         Check apiKey and apiSecret, and that they may write to this conversation. Nothing was created."
    );
}

#[test]
fn a_server_error_says_to_look_first() {
    let report = refusal(500, None, None);
    assert_eq!(report.fields.get("outcome"), Some(&Told::text("unknown")));
    assert!(message(&report).ends_with(TEXT.perhaps));
}

#[test]
fn a_422_of_no_known_shape_is_invalid_and_may_have_been_stored_all_the_same() {
    let report = refusal(422, Some("File exists @ dir_s_mkdir"), None);
    assert_eq!(report.fields.get("code"), Some(&Told::text("invalid_request")));
    assert_eq!(report.fields.get("outcome"), Some(&Told::text("unknown")));
    assert!(message(&report).contains("File exists @ dir_s_mkdir. This answer does not tell"));
    assert!(message(&report).ends_with(TEXT.perhaps));
}

#[test]
fn a_redirect_names_where_it_points_without_user_or_query() {
    let report = refusal(302, None, Some("https://user:pw@other.example/login?token=1"));
    let text = message(&report);
    assert!(text.contains("It points to https://other.example/login. Redirects are never followed"));
    assert!(!text.contains("pw") && !text.contains("token"));
    for (location, shown) in [("/login?next=1", "/login"), ("//host/x", "//host/x")] {
        let report = refusal(302, None, Some(location));
        assert!(message(&report).contains(&format!("It points to {shown}.")), "{location}");
    }
}

#[test]
fn credentials_and_content_that_a_server_echoes_are_not_repeated() {
    let said = "bad header for my private words";
    let report = refusal(400, Some(said), None);
    assert!(message(&report).contains("bad header for [redacted]"));
}

#[test]
fn a_lost_connection_names_its_code_or_says_what_browsers_hide() {
    let lost = |code: Option<&str>| {
        let detail = code.map_or(Detail::None, |code| Detail::Runtime(code.to_owned()));
        message(&report(&Failed { detail, ..Failed::new(Code::ConnectionLost) })).to_owned()
    };
    assert!(lost(Some("ECONNRESET")).contains("complete (ECONNRESET). The message may"));
    assert!(lost(None).starts_with("The request failed without an answer; see the cause. The message may"));
    let hidden = report(&Failed { detail: Detail::InPage, ..Failed::new(Code::ConnectionLost) });
    assert!(message(&hidden).contains("cross-origin"));
    let detail = Detail::Runtime("ECONNREFUSED".to_owned());
    let report = report(&Failed { detail, ..Failed::new(Code::NotConnected) });
    assert!(message(&report).ends_with("(ECONNREFUSED). Nothing was sent; sending it again is safe."));
}

#[test]
fn an_undelivered_message_brings_its_reason_and_advice() {
    let failure = crate::failure::explain(&Value::text("131047: Re-engagement message"), None);
    let report = Report::undelivered(&request(), 1, 123, failure, &str::to_owned);
    assert!(message(&report).starts_with(
        "Message 123 is in the conversation, but its delivery failed: 131047: Re-engagement message. The customer"
    ));
    assert_eq!(report.fields.get("messageId"), Some(&Told::Number(123.0)));
}

#[test]
fn a_reason_that_repeats_the_message_is_told_without_it() {
    let failure = crate::failure::explain(&Value::text("403, bad text: Your code is 5519"), None);
    let report = Report::undelivered(&request(), 1, 123, failure, &|text| {
        text.replace("Your code is 5519", "[redacted]")
    });
    for text in [message(&report).to_owned(), format!("{:?}", report.fields.get("failure"))] {
        assert!(!text.contains("5519") && text.contains("403, bad"), "{text}");
    }
}
