//! What is likely trouble with a template, and what just is not.

use super::template::template_with;
use super::*;

/// `path code` of the warnings, and no error.
fn doubts(field: &str, value: &str) -> Vec<String> {
    let found = validate(&TEMPLATE, &json(&template_with(field, value)), None);
    assert!(found.iter().all(|issue| issue.severity == Severity::Warning), "{field}: {value}: {found:?}");
    let listed = codes(found);
    listed.iter().map(|issue| issue.replace("template_params.", "")).collect()
}

#[test]
fn each_rule_warns_of_what_is_beyond_it_alone() {
    let x = |count: usize| "x".repeat(count);
    let place =
        |more: &str| format!(r#"{{"type":"location","location":{{"latitude":1,"longitude":2{more}}}}}"#);
    let document = |name: &str| {
        format!(r#"{{"type":"document","media_url":"https://a.example/a","filename":"{name}"}}"#)
    };
    let image = |address: &str| format!(r#"{{"type":"image","media_url":"{address}"}}"#);
    let payload = |count| format!(r#"[{{"index":0,"sub_type":"quick_reply","payload":"{}"}}]"#, x(count));
    let url = |text: &str| format!(r#"[{{"index":0,"sub_type":"url","text":"{text}"}}]"#);
    for (field, value, expected) in [
        ("processed_params", format!(r#"{{"1":"{}","2":"{}"}}"#, x(1000), x(24)), vec![]),
        (
            "processed_params",
            format!(r#"{{"1":"{}","2":"{}"}}"#, x(1000), x(25)),
            vec!["processed_params long_body"],
        ),
        ("processed_params", r#"{"1":"a    b"}"#.to_owned(), vec![]),
        (
            "processed_params",
            r#"{"1":"a\u2028b"}"#.to_owned(),
            vec![r#"processed_params["1"] line_separator"#],
        ),
        (
            "processed_params",
            r#"{"1":"a\u0085b"}"#.to_owned(),
            vec![r#"processed_params["1"] line_separator"#],
        ),
        (
            "processed_params",
            r#"{"1":"{{contact.name}}"}"#.to_owned(),
            vec![r#"processed_params["1"] liquid"#],
        ),
        ("processed_params", r#"{"1":"{% if %}"}"#.to_owned(), vec![r#"processed_params["1"] liquid"#]),
        ("processed_params", r#"{"1":"{a} }} %}"}"#.to_owned(), vec![]),
        ("processed_params", r#"{"first_name":"a"}"#.to_owned(), vec![]),
        ("processed_params", format!(r#"{{"{}":"a"}}"#, x(20)), vec![]),
        ("processed_params", r#"{"name1":"a"}"#.to_owned(), vec!["processed_params.name1 odd_name"]),
        ("processed_params", r#"{"_a":"a"}"#.to_owned(), vec![]),
        ("header_params", image("https://a.example/a.png"), vec![]),
        ("header_params", image("http://a.example/a.png"), vec!["header_params.media_url insecure_address"]),
        ("header_params", image("https://localhost/a.png"), vec!["header_params.media_url private_address"]),
        (
            "header_params",
            image("https://scontent.fbcdn.net/a"),
            vec!["header_params.media_url meta_address"],
        ),
        ("header_params", document(&format!("{}.pdf", x(236))), vec![]),
        ("header_params", document(&format!("{}.pdf", x(237))), vec!["header_params.filename long_name"]),
        ("header_params", document("Invoice"), vec!["header_params.filename no_extension"]),
        ("header_params", place(r#","name":"HQ","address":"1 Way""#), vec![]),
        (
            "header_params",
            place(""),
            vec!["header_params.location.name not_given", "header_params.location.address not_given"],
        ),
        ("button_params", payload(128), vec![]),
        ("button_params", payload(129), vec!["button_params[0].payload long_payload"]),
        ("button_params", payload(256), vec!["button_params[0].payload long_payload"]),
        ("button_params", url("track/1?x=a:b"), vec![]),
        ("button_params", url("https://a.example/1"), vec!["button_params[0].text whole_address"]),
    ] {
        assert_eq!(doubts(field, &value), expected, "{field}: {value}");
    }
}

#[test]
fn a_place_in_the_header_asks_for_its_category() {
    let location = r#"{"type":"location","location":{"latitude":1,"longitude":2,"name":"a","address":"b"}}"#;
    for (category, warned) in [("\"UTILITY\"", false), ("\"AUTHENTICATION\"", true), ("null", true)] {
        let mut message: serde_json::Value =
            serde_json::from_str(&template_with("category", category)).unwrap();
        message["template_params"]["header_params"] = serde_json::from_str(location).unwrap();
        let found = codes(validate(&TEMPLATE, &json(&message.to_string()), None));
        assert_eq!(found.contains(&"template_params.category location_category".to_owned()), warned);
    }
}

#[test]
fn variables_of_a_footer_are_warned_of_and_none_are_not() {
    let footer = |value: &str| {
        let found = validate(&TEMPLATE, &json(&template_with("footer_params", value)), None);
        found.iter().map(|issue| format!("{} {}", path(issue), issue.code)).collect::<Vec<_>>()
    };
    assert_eq!(
        footer(r#"{"text_variables":{"1":"Acme"}}"#),
        ["template_params.footer_params.text_variables footer_variables"]
    );
    assert_eq!(footer("{}"), Vec::<String>::new());
}

#[test]
fn a_limit_comes_with_what_is_there_and_what_may_be() {
    let facts = |field: &str, value: &str| {
        let found = validate(&TEMPLATE, &json(&template_with(field, value)), None);
        let issue = found.into_iter().find(|issue| !issue.facts.is_empty()).unwrap();
        assert!(!said(&issue).contains('{'), "{issue:?}");
        issue.facts
    };
    let long = format!(r#"{{"type":"text","text_variables":{{"1":"{}"}}}}"#, "x".repeat(61));
    let limit = |actual, limit| {
        vec![("actual", Told::Number(f64::from(actual))), ("limit", Told::Number(f64::from(limit)))]
    };
    assert_eq!(facts("header_params", &long), limit(61, 60));
    assert_eq!(facts("header_params", r#"{"type":"text","text_variables":{"1":"a","2":"b"}}"#), limit(2, 1));
    assert_eq!(facts("language", r#""en-us""#), [("suggestion", Told::text("en_US"))]);
}
