use super::*;
use crate::answer::expected::{MESSAGE, MESSAGE_AGAIN};

const REFUSED: [u16; 21] =
    [400, 401, 402, 403, 404, 405, 407, 409, 410, 411, 413, 414, 415, 417, 421, 425, 426, 428, 429, 431, 451];

fn of(status: u16, body: &str, is_retry: bool) -> Outcome {
    let expected = if is_retry { MESSAGE_AGAIN } else { MESSAGE };
    outcome(status, &serde_json::from_str(body).unwrap(), &expected)
}

#[test]
fn only_what_is_answered_before_the_action_proves_that_nothing_was_stored() {
    for status in 0..=u16::MAX {
        let rejected = matches!(status, 0 | 300..=399) || REFUSED.contains(&status);
        let expected = if rejected { Outcome::Rejected } else { Outcome::Unknown };
        for body in [Value::Null, Value::text("<html></html>"), Value::text("Retry later")] {
            assert_eq!(outcome(status, &body, &MESSAGE), expected, "{status}");
        }
    }
}

#[test]
fn a_422_is_a_refusal_only_in_the_shapes_of_rails_validations() {
    for body in [
        r#"{"error":"Validation failed: Too many messages"}"#,
        r#"{"error":"Validation failed: Template params must be of type hash"}"#,
        r#"{"error":"Gültigkeitsprüfung ist fehlgeschlagen: Inhalt ist zu lang"}"#,
        r#"{"error":"验证失败：内容过长"}"#,
        r#"{"error":"バリデーションに失敗しました: x"}"#,
        r#"{"message":"Content is too long","attributes":["content"]}"#,
    ] {
        assert_eq!(of(422, body, false), Outcome::Rejected, "{body}");
        assert_eq!(of(422, body, true), Outcome::Rejected, "{body}");
    }
    for body in [
        "null",
        "7",
        "[]",
        "{}",
        r#""""#,
        r#""Validation failed: in plain text""#,
        r#"["Validation failed: in a list"]"#,
        r#"{"error":"File exists @ dir_s_mkdir - /storage/ab"}"#,
        r#"{"error":"string contains null byte"}"#,
        r#"{"error":"Couldn't Validation failed: "}"#,
        r#"{"error":"validation failed: x"}"#,
        r#"{"error":""}"#,
        r#"{"error":["Validation failed: x"]}"#,
        r#"{"status":422,"error":"Unprocessable Entity"}"#,
        r#"{"errors":["Validation failed: x"]}"#,
        r#"{"message":"Validation failed: x"}"#,
        r#"{"message":"x","attributes":"content"}"#,
        r#"{"message":7,"attributes":["content"]}"#,
        r#"{"code":2001,"message":"bad"}"#,
    ] {
        assert_eq!(of(422, body, false), Outcome::Unknown, "{body}");
        assert_eq!(of(422, body, true), Outcome::Unknown, "{body}");
    }
}

#[test]
fn a_message_that_is_not_there_proves_only_that_it_was_not_retried() {
    let found_none = r#"{"error":"Couldn't find Message with 'id'=\"29\" [WHERE \"messages\"]"}"#;
    assert_eq!(of(422, found_none, true), Outcome::Rejected);
    assert_eq!(of(422, found_none, false), Outcome::Unknown);
    assert_eq!(of(422, r#"{"error":"Couldn't find MessageTemplate with 'id'=1"}"#, true), Outcome::Unknown);
}

#[test]
fn a_refusal_that_names_a_server_error_inside_is_none() {
    assert_eq!(of(400, r#"{"status":400,"error":"Bad Request"}"#, false), Outcome::Rejected);
    assert_eq!(of(400, r#"{"status":500,"error":"Internal Server Error"}"#, false), Outcome::Unknown);
}
