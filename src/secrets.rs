//! What must not be repeated, should a server echo it.

use crate::value::Value;

/// Fields that say how a message is made, not what it says.
const PLAIN: [&str; 8] =
    ["name", "namespace", "language", "category", "type", "sub_type", "message_type", "status"];

/// Every text of a message but those of [`PLAIN`] fields.
pub fn of_message(message: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    collect(message, &mut found);
    found
}

fn collect<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Text(text) => found.push(text),
        Value::List(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, _)| !PLAIN.contains(&key.as_str()))
            .for_each(|(_, field)| collect(field, found)),
        _ => {}
    }
}

/// The text with every secret taken out. Those of fewer than four characters stand in any sentence and
/// give nothing away.
pub fn redact(text: &str, secrets: &[&str]) -> String {
    let mut kept = String::new();
    let mut rest = text;
    // The longest that begins here: a shorter one inside it would leave its end standing.
    while let Some(first) = rest.chars().next() {
        let found = secrets
            .iter()
            .map(|secret| secret.trim())
            .filter(|secret| secret.chars().nth(3).is_some() && rest.starts_with(secret))
            .map(str::len)
            .max();
        kept.push_str(match found {
            Some(_) => "[redacted]",
            None => rest.get(..first.len_utf8()).unwrap_or_default(),
        });
        rest = rest.get(found.unwrap_or(first.len_utf8())..).unwrap_or_default();
    }
    kept
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn a_messages_words_are_secret_and_its_template_is_not() {
        let message: Value = serde_json::from_str(
            r#"{"content":"Dear Ada","template_params":{"name":"order_update","language":"en_US",
                "processed_params":{"1":"Lovelace"},"button_params":[{"sub_type":"url","text":"track/1"}]}}"#,
        )
        .unwrap();
        assert_eq!(of_message(&message), ["Dear Ada", "Lovelace", "track/1"]);
    }

    #[test]
    fn takes_out_the_longest_first_and_leaves_what_is_too_short() {
        assert_eq!(
            redact("a secret secret1 is", &["secret", "secret1", "is", " "]),
            "a [redacted] [redacted] is"
        );
    }
}
