//! Answers as bytes may bring them: whole, cut, changed and made up.

use super::any_value;
use crate::answer::error_body;
use crate::answer::message::Message;
use crate::data::value::Value;
use crate::failure;
use proptest::prelude::*;

const MESSAGE: &str = r#"{"id":17629000001207,"content":"Hi 👋","inbox_id":3,"conversation_id":141,"message_type":1,
    "content_type":"text","status":"failed","content_attributes":{"external_error":"131047: Re-engagement message"},
    "created_at":1763700000,"private":false,"source_id":null,"sender":{"id":1,"name":"Ada","type":"user"},
    "attachments":[{"id":5,"message_id":9,"file_type":"image","data_url":"https://x.test/a","width":null}]}"#;

/// Reads all there is to read; what comes out has to be what a caller may rely on.
fn read(answer: &Value) -> Result<(), TestCaseError> {
    let _ = error_body::said(answer);
    let failure = failure::explain(answer, None);
    prop_assert!(!failure.advice.is_empty());
    let Some(message) = Message::read(answer) else {
        return Ok(());
    };
    prop_assert!(message.id().is_some_and(|id| id > 0));
    prop_assert_eq!(message.has_failed(), answer.get("status") == Some(&Value::Text("failed")));
    for attachment in message.attachments() {
        let _ = (attachment.file_size(), attachment.extension(), attachment.data_url());
    }
    Ok(())
}

/// Some of a message's JSON, with something else in its midst.
fn spoiled_json() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[\\[\\]{}:,\"\\\\0-9a-z\u{0}\u{e9}]{0,6}",
        Just("null".to_owned()),
        Just("-1e999".to_owned()),
        Just("9223372036854775808".to_owned()),
        Just(r#""\ud800""#.to_owned()),
        Just("[".repeat(200)),
    ];
    (0.0..=1.0, 0.0..=1.0, part).prop_map(|(from, to, part)| {
        let characters: Vec<char> = MESSAGE.chars().collect();
        let at = |place: f64| (place * characters.len() as f64) as usize;
        let (from, to) = (at(from).min(at(to)), at(from).max(at(to)));
        characters[..from]
            .iter()
            .copied()
            .chain(part.chars())
            .chain(characters[to..].iter().copied())
            .collect()
    })
}

proptest! {
    #[test]
    fn spoiled_json_is_refused_or_read_safely(json in spoiled_json()) {
        if let Ok(answer) = serde_json::from_str::<Value>(&json) {
            read(&answer)?;
        }
    }

    #[test]
    fn any_text_is_refused_or_read_safely(json in any::<String>()) {
        if let Ok(answer) = serde_json::from_str::<Value>(&json) {
            read(&answer)?;
        }
    }

    #[test]
    fn a_message_with_any_values_is_read_safely(
        values in prop::collection::vec(any_value(), 5), id in any_value(), failed in any::<bool>(),
    ) {
        let names = ["content", "source_id", "sender", "attachments", "content_attributes"];
        let mut fields: Vec<_> = names.into_iter().zip(values).collect();
        fields.push(("id", id));
        let status = if failed { "failed" } else { "sent" };
        fields.push(("status", Value::Text(status)));
        read(&Value::Object(fields))?;
    }

    #[test]
    fn any_answer_is_read_safely(answer in any_value()) {
        read(&answer)?;
    }
}
