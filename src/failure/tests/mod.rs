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
                let number = |cell: usize| cells.get(cell).map_or(0, |cell| cell.parse::<u32>().unwrap());
                let delay = number(3) * 1000;
                let waits = retries || cells[1] == "wait";
                assert_eq!(failure.retry_after_ms, waits.then_some(delay));
                assert_eq!(failure.max_retries, retries.then(|| number(4)));
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
        assert!(!advice_of(class).is_empty(), "{class}");
    }
    // And a template has its own, and so has a failure of which nothing is said, or in another channel's words.
    assert_eq!(rows(CLASSES).count(), KNOWN_CLASSES.len() + 3);
}

#[test]
fn advice_is_short_and_its_own() {
    let mut seen = Vec::new();
    let own = rows(CODES).filter_map(|row| row.split('\t').nth(2)).filter(|advice| !advice.is_empty());
    for advice in own.chain(rows(CLASSES).filter_map(|row| row.split('\t').nth(1))) {
        assert!(advice.ends_with('.') && advice.is_ascii(), "{advice}");
        assert!(!seen.contains(&advice), "{advice}");
        seen.push(advice);
    }
    assert!(seen.len() > 40);
    for row in rows(CODES) {
        let failure = explain_text(&format!("{}: x", row.split(['\t', '-']).next().unwrap()));
        assert!(failure.advice.len() <= 200, "{}", failure.advice);
        let says_delay = failure.advice.contains("after ") || failure.advice.contains(" in ");
        assert!(!failure.can_retry || says_delay, "{}", failure.advice);
    }
}

#[test]
fn three_hundred_reasons_are_read_as_what_they_are() {
    let mut count = 0;
    for row in rows(include_str!("external-errors.tsv")) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [code, class, channel, raw] = cells.as_slice() else { panic!("{row}") };
        let failure = explain(&Value::text(raw), Channel::parse(channel));
        assert_eq!(failure.class, *class, "{row}");
        assert_eq!(failure.code, code.parse().ok(), "{row}");
        assert_eq!(failure.raw.as_deref(), Some(*raw));
        assert!(raw.trim().ends_with(&failure.text), "{row}: {}", failure.text);
        assert!(*code == "-" || failure.text.len() < raw.trim().len(), "{row}: {}", failure.text);
        count += 1;
    }
    assert!(count >= 300, "{count}");
}

#[test]
fn what_nobody_knows_is_told_from_what_nobody_said_and_from_another_channels() {
    let advice = |text: &str, channel| explain(&Value::text(text), channel).advice;
    assert!(advice("Something odd", None).contains("The reason is not known"));
    for nothing in [Value::Null, Value::Undefined, Value::text(" ")] {
        assert!(explain(&nothing, None).advice.contains("gives no reason"));
    }
    for (text, channel) in
        [("190 - Token", None), ("403, Forbidden", None), ("550 5.1.1 No such user", Some(Channel::Email))]
    {
        assert!(advice(text, channel).contains("channel's own reason"), "{text}");
    }
}

#[test]
fn a_time_of_day_is_no_code() {
    for text in ["10:30 is too late", "4:00"] {
        assert_eq!((explain_text(text).code, explain_text(text).class), (None, "unknown"));
    }
    assert_eq!(explain_text("131047:").code, Some(131_047));
}

#[test]
fn what_lifts_by_itself_what_is_never_repeated_and_what_may_still_arrive_is_said() {
    for (code, words) in [
        (131_064, "lifts by itself"),
        (131_049, "never repeat it automatically"),
        (131_026, "`delivered` still counts"),
        (131_008, "whose address has a variable"),
    ] {
        assert!(explain(&Value::Int(code), None).advice.contains(words), "{code}");
    }
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
