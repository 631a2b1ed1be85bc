//! Retries.

use super::*;

#[test]
fn a_retry_is_warned_of_when_it_may_do_something_else() {
    let code =
        |message: &str| prepared(&RETRY, &json(message), "null").unwrap().warning.map(|warning| warning.code);
    for id in ["123", r#""123""#] {
        assert_eq!(code(id), Some("retry_unchecked"));
    }
    let failed = |source_id: &str| code(&format!(r#"{{"id":1,"status":"failed","source_id":{source_id}}}"#));
    assert_eq!(failed(r#""wamid.1""#), Some("retry_may_be_skipped"));
    assert_eq!(failed("5"), Some("retry_may_be_skipped"));
    assert_eq!(failed("null"), None);
    assert_eq!(failed(r#""""#), None);
    assert_eq!(code(r#"{"id":1,"status":"failed"}"#), None);
}

#[test]
fn a_retry_takes_an_id_or_a_failed_message() {
    let path = |message: &str| prepared(&RETRY, &json(message), "null").map(|request| request.path);
    let expected = "/api/v2/accounts/conversations/141/messages/123/retry";
    for message in ["123", r#""123""#, r#"{"id":123,"status":"failed"}"#] {
        assert_eq!(path(message).as_deref(), Ok(expected), "{message}");
    }
    for (message, code) in [
        ("0", "message invalid_id"),
        (r#""1/../2""#, "message invalid_id"),
        ("null", "message invalid_id"),
        ("{}", "message wrong_type"),
        (r#"{"id":123,"status":"sent"}"#, "message.status not_failed"),
    ] {
        assert_eq!(codes(path(message).unwrap_err()), [code], "{message}");
    }
}

#[test]
fn a_retry_that_cannot_help_is_refused_with_what_to_do_unless_it_is_forced() {
    let failed = |reason: &str| {
        json(&format!(r#"{{"id":1,"status":"failed","content_attributes":{{"external_error":"{reason}"}}}}"#))
    };
    let extra = Value::Null;
    let checked = |message: &Value, force, channel| {
        let input = Input { force, ..input(message, &extra, channel) };
        validate_input(&RETRY, &input)
    };
    for (reason, class) in [
        ("131047: x", "use_template"),
        ("(#132000) x", "fix_request"),
        ("131026: x", "never"),
        ("131049: x", "wait"),
    ] {
        let message = failed(reason);
        let [issue] = checked(&message, false, None).try_into().unwrap();
        assert_eq!((issue.code, path(&issue).as_str()), ("retry_cannot_help", "message"));
        assert!(issue.problem.contains(&failure::explain(&message, None).advice), "{issue:?}");
        assert!(issue.problem.contains("requestOptions.force"));
        assert_eq!(issue.facts[0], ("class", Told::text(class)));
        assert_eq!(checked(&message, true, None), []);
        // Where the number is none of WhatsApp's, nothing is known.
        assert_eq!(checked(&message, false, Some(Channel::Telegram)), []);
    }
    for reason in ["131000: x", "131016: x", "190: x", "131042: x", "something else", "190 - x", ""] {
        assert_eq!(checked(&failed(reason), false, None), [], "{reason}");
    }
}
