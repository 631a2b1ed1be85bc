//! What must not be repeated, should a server echo it.

use crate::value::Value;

/// The fields of `template_params` that say which template it is, not what a customer is told.
const PLAIN: [&str; 4] = ["name", "namespace", "language", "category"];
/// Words of the wire's own, which give nothing away.
const WIRE: [&str; 8] = ["text", "image", "video", "document", "location", "url", "quick_reply", "outgoing"];
/// Shorter words stand in any sentence.
const MIN_WORD: usize = 3;

/// Every text of what a caller wrote but a template's name, language and the like.
pub fn of_message(message: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    collect(message, &[], &mut found);
    found
}

fn collect<'a>(value: &'a Value, plain: &[&str], found: &mut Vec<&'a str>) {
    match value {
        Value::Text(text) if !WIRE.contains(&text.as_str()) => found.push(text),
        Value::List(items) => items.iter().for_each(|item| collect(item, &[], found)),
        Value::Object(fields) => {
            for (key, field) in fields {
                let below: &[&str] = if key == "template_params" { &PLAIN } else { &[] };
                if !plain.contains(&key.as_str()) {
                    collect(field, below, found);
                }
            }
        }
        _ => {}
    }
}

/// The text without any word of three letters or digits and more that a secret has in it, whatever its case.
///
/// Word by word, since a server may cut, reflow or quote what it echoes. That can take a harmless word along.
pub fn redact(text: &str, secrets: &[&str]) -> String {
    let mut kept = String::new();
    let mut word = String::new();
    // The space at the end lets the last word out too.
    for character in text.chars().chain([' ']) {
        if character.is_ascii_alphanumeric() || !character.is_ascii() {
            word.push(character);
            continue;
        }
        let is_secret = word.chars().nth(MIN_WORD.saturating_sub(1)).is_some()
            && secrets.iter().any(|secret| holds(secret, &word));
        kept.push_str(if is_secret { "[redacted]" } else { &word });
        word.clear();
        kept.push(character);
    }
    kept.pop();
    kept
}

fn holds(secret: &str, word: &str) -> bool {
    secret.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn a_messages_words_are_secret_and_its_template_is_not() {
        let message: Value = serde_json::from_str(
            r#"{"content":"Dear Ada","template_params":{"name":"order_update","language":"en_US",
                "processed_params":{"name":"Lovelace"},"header_params":{"type":"text"},
                "button_params":[{"sub_type":"url","text":"track/1"}]}}"#,
        )
        .unwrap();
        assert_eq!(of_message(&message), ["Dear Ada", "Lovelace", "track/1"]);
    }

    #[test]
    fn takes_out_every_word_that_a_secret_holds() {
        let secrets = ["Dear Ada,\nyour code is 5519...", "Basic a2V5OnNlY3JldA=="];
        assert_eq!(
            redact("Validation failed: dear ADA (5519) is on a2V5OnNlY3JldA==!", &secrets),
            "Validation failed: [redacted] [redacted] ([redacted]) is on [redacted]==!"
        );
        assert_eq!(redact("您的验证码", &["您的验证码是"]), "[redacted]");
        assert_eq!(redact("Invalid Access Token", &["Hello", ""]), "Invalid Access Token");
        assert_eq!(redact("", &["x"]), "");
    }
}
