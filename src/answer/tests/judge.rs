use super::*;
use crate::answer::expected::{MESSAGE, MESSAGE_AGAIN};

fn judged(facts: &str) -> Result<(), Failed> {
    judge(&Facts::read(&serde_json::from_str(facts).unwrap()), &MESSAGE, 0.0)
}

fn outcome(facts: &str) -> Outcome {
    judged(facts).unwrap_err().outcome
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
    for (status, expected) in [(413, Outcome::Rejected), (422, Outcome::Unknown), (500, Outcome::Unknown)] {
        let failed = judged(&format!(r#"{{"status":{status},"failed":true,"links":[]}}"#)).unwrap_err();
        assert_eq!((failed.outcome, failed.status), (expected, Some(status)));
    }
}

#[test]
fn a_422_is_judged_by_its_body_and_by_what_was_asked() {
    let facts = r#"{"status":422,"body":{"error":"Couldn't find Message with 'id'=5"}}"#;
    let retry = judge(&Facts::read(&serde_json::from_str(facts).unwrap()), &MESSAGE_AGAIN, 0.0).unwrap_err();
    assert_eq!(retry.outcome, Outcome::Rejected);
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
    assert_eq!(failed.outcome, Outcome::Rejected);
    assert_eq!(failed.detail, Detail::Answer(None, Some("/x".to_owned())));
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
