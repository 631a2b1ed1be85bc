//! What is known of failures.

use super::*;
use proptest::prelude::*;

const KNOWN_CLASSES: [&str; 8] =
    ["retry_now", "retry_later", "wait", "use_template", "fix_request", "fix_account", "never", "unknown"];

fn explain_text(text: &str) -> Failure {
    explain(&Value::text(text), None)
}

#[test]
fn every_row_of_the_table_is_found_in_both_shapes() {
    let mut seen = 0;
    for row in rows(CODES) {
        let cells: Vec<&str> = row.split('\t').collect();
        let (first, last) = range(cells[0]).unwrap();
        for code in [first, last] {
            for text in [format!("{code}: why"), format!("(#{code}) why")] {
                let failure = explain_text(&text);
                assert_eq!(failure.code, Some(code), "{text}");
                assert_eq!(failure.class, cells[1], "{text}");
                assert_eq!(failure.text, "why");
                assert_eq!(failure.raw.as_deref(), Some(text.as_str()));
                let retries = cells[1].starts_with("retry");
                assert_eq!(failure.can_retry, retries);
                let delay = cells[2].parse::<u32>().unwrap() * 1000;
                let waits = retries || cells[1] == "wait";
                assert_eq!(failure.retry_after_ms, waits.then_some(delay));
                assert_eq!(failure.max_retries, retries.then(|| cells[3].parse().unwrap()));
                assert!(failure.advice.ends_with('.') && !failure.advice.contains('{'));
            }
        }
        seen += 1;
    }
    assert!(seen > 70, "{seen} rows");
}

#[test]
fn every_class_has_advice() {
    for class in KNOWN_CLASSES {
        assert!(!advice(class).is_empty(), "{class}");
    }
    // And a template has its own.
    assert_eq!(rows(CLASSES).count(), KNOWN_CLASSES.len() + 1);
}

#[test]
fn the_closed_window_asks_for_a_template() {
    let failure = explain(
        &serde_json::from_str(
            r#"{"id":123,"status":"failed","content_attributes":
               {"external_error":"131047: Re-engagement message is not allowed"}}"#,
        )
        .unwrap(),
        None,
    );
    assert_eq!((failure.code, failure.class), (Some(131_047), "use_template"));
    assert!(failure.advice.contains("sendTemplate"));
}

#[test]
fn delays_are_said_in_words() {
    let wait = explain_text("131049: x");
    assert_eq!((wait.class, wait.can_retry, wait.retry_after_ms), ("wait", false, Some(86_400_000)));
    assert!(wait.advice.contains("after 24 hours a person"));
    assert!(explain_text("134101: x").advice.contains("after 10 minutes, at most 3 times"));
    assert!(explain_text("131000: x").advice.contains("in 2 seconds, at most 3 times"));
}

#[test]
fn numbers_in_other_shapes_belong_to_other_channels() {
    for text in ["190 - Token expired", "403, Forbidden", "131047 text", "(131047) x"] {
        let failure = explain_text(text);
        assert_eq!((failure.code, failure.class), (None, "unknown"), "{text}");
        assert_eq!(failure.text, text);
    }
    let message = r#"{"content_attributes":{"external_error":"131047"}}"#;
    let bare = explain(&serde_json::from_str(message).unwrap(), None);
    assert_eq!((bare.code, bare.class), (None, "unknown"));
    let telegram = explain(&Value::text("131047: x"), Some(Channel::Telegram));
    assert_eq!((telegram.code, telegram.class), (None, "unknown"));
}

#[test]
fn a_code_by_itself_is_whatsapps() {
    for bare in [Value::Int(131_047), Value::text("131047"), Value::text(" 131047 ")] {
        let failure = explain(&bare, None);
        assert_eq!((failure.code, failure.class, failure.text.as_str()), (Some(131_047), "use_template", ""));
        assert_eq!(explain(&bare, Some(Channel::Telegram)).class, "unknown");
    }
    for other in [Value::Int(7), Value::Int(-131_047), Value::Float(131_047.5), Value::text("999999")] {
        assert_eq!(explain(&other, None).class, "unknown", "{other:?}");
    }
}

#[test]
fn a_template_into_a_closed_window_is_not_told_to_be_one() {
    let message = |attributes: &str| -> Value {
        serde_json::from_str(&format!(
            r#"{{"content_attributes":{{"external_error":"131047: x"}},"additional_attributes":{attributes}}}"#
        ))
        .unwrap()
    };
    let template = explain(&message(r#"{"template_params":{"name":"order_update"}}"#), None);
    assert_eq!((template.code, template.class), (Some(131_047), "use_template"));
    assert!(!template.advice.contains("sendTemplate") && template.advice.contains("approved"));
    assert_eq!(explain_text("131047: x").of_template().advice, template.advice);
    for other in ["null", "{}", r#"{"template_params":null}"#] {
        assert!(explain(&message(other), None).advice.contains("sendTemplate"));
    }
    let other = explain_text("131026: x");
    assert_eq!(other.clone().of_template(), other);
}

#[test]
fn unlisted_codes_fall_into_their_family_or_stay_unknown() {
    assert_eq!(explain_text("132999: x").class, "fix_request");
    assert_eq!(explain_text("(#133999) x").class, "fix_account");
    assert_eq!(explain_text("250: x").class, "fix_account");
    let other = explain_text("999999: x");
    assert_eq!((other.code, other.class, other.can_retry), (None, "unknown", false));
    assert_eq!(other.text, "999999: x");
}

#[test]
fn nothing_said_is_unknown_without_text() {
    assert_eq!(explain(&Value::Undefined, None).raw, None);
    for nothing in ["null", "{}", r#"{"content_attributes":null}"#] {
        let failure = explain(&serde_json::from_str(nothing).unwrap(), None);
        assert_eq!((failure.raw, failure.text.as_str(), failure.class), (None, "", "unknown"));
    }
    let odd = explain(&serde_json::from_str("[1]").unwrap(), None);
    assert_eq!(odd.raw.as_deref(), Some("[1]"));
}

#[test]
fn a_long_text_is_kept_up_to_64_kib_and_ends_inside_no_character() {
    for filler in ["x", "é", "中", "😀"] {
        let failure = explain_text(&format!("131047: {}", filler.repeat(MOST_KEPT)));
        let raw = failure.raw.unwrap();
        assert!(raw.ends_with(&format!("{filler}...")) && raw.len() <= MOST_KEPT + 3, "{}", raw.len());
        assert_eq!(failure.code, Some(131_047));
    }
    let whole = "x".repeat(MOST_KEPT);
    assert_eq!(explain_text(&whole).raw, Some(whole));
}

proptest! {
    #[test]
    fn any_text_is_explained_and_kept(text in any::<String>()) {
        let failure = explain_text(&text);
        prop_assert_eq!(failure.raw.as_deref(), Some(text.as_str()));
        prop_assert!(KNOWN_CLASSES.contains(&failure.class));
        prop_assert!(!failure.advice.is_empty());
    }
}
