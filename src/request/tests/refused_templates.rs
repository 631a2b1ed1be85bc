//! Templates that are refused, and why.

use super::template::template_with;
use super::*;

#[test]
fn a_template_is_refused_for_each_of_its_fields() {
    let long = |length: usize| "x".repeat(length);
    let eleven = (0..11)
        .map(|index| format!(r#"{{"index":{index},"sub_type":"quick_reply","payload":"p"}}"#))
        .collect::<Vec<_>>()
        .join(",");
    for (field, value, expected) in [
        ("name", r#""Order""#.to_owned(), "name invalid_format"),
        ("name", r#""""#.to_owned(), "name invalid_format"),
        ("name", format!(r#""{}""#, long(513)), "name invalid_format"),
        ("name", "null".to_owned(), "name required"),
        ("language", r#""en-US""#.to_owned(), "language invalid_format"),
        ("language", r#""english""#.to_owned(), "language invalid_format"),
        ("category", "7".to_owned(), "category wrong_type"),
        ("namespace", "[]".to_owned(), "namespace wrong_type"),
        ("processed_params", r#"["John"]"#.to_owned(), "processed_params wrong_type"),
        ("processed_params", r#"{"1":"a","3":"b"}"#.to_owned(), "processed_params not_contiguous"),
        ("processed_params", r#"{"0":"a"}"#.to_owned(), "processed_params not_contiguous"),
        ("processed_params", r#"{"1":"a","name":"b"}"#.to_owned(), "processed_params mixed_keys"),
        ("processed_params", r#"{"First":"b"}"#.to_owned(), "processed_params.First invalid_format"),
        ("processed_params", r#"{"1":"a\nb"}"#.to_owned(), r#"processed_params["1"] line_break"#),
        ("processed_params", r#"{"1":"a\tb"}"#.to_owned(), r#"processed_params["1"] line_break"#),
        ("processed_params", r#"{"1":"a     b"}"#.to_owned(), r#"processed_params["1"] too_many_spaces"#),
        ("processed_params", r#"{"1":" "}"#.to_owned(), r#"processed_params["1"] blank"#),
        ("processed_params", r#"{"1":true}"#.to_owned(), r#"processed_params["1"] wrong_type"#),
        ("processed_params", format!(r#"{{"1":"{}"}}"#, long(32_769)), r#"processed_params["1"] too_long"#),
        ("header_params", r#"{"text_variables":{"1":"a"}}"#.to_owned(), "header_params.type required"),
        ("header_params", r#"{"type":"audio"}"#.to_owned(), "header_params.type invalid_value"),
        (
            "header_params",
            r#"{"type":"text","text_variables":{"1":"a","2":"b"}}"#.to_owned(),
            "header_params.text_variables too_many",
        ),
        (
            "header_params",
            format!(r#"{{"type":"text","text_variables":{{"1":"{}"}}}}"#, long(61)),
            r#"header_params.text_variables["1"] too_long"#,
        ),
        ("header_params", r#"{"type":"image"}"#.to_owned(), "header_params.media_url required"),
        (
            "header_params",
            r#"{"type":"image","media_url":"/a.png"}"#.to_owned(),
            "header_params.media_url invalid_format",
        ),
        (
            "header_params",
            r#"{"type":"image","media_url":"ftp://x/a.png"}"#.to_owned(),
            "header_params.media_url invalid_format",
        ),
        (
            "header_params",
            r#"{"type":"image","media_url":"https:///a.png"}"#.to_owned(),
            "header_params.media_url invalid_format",
        ),
        (
            "header_params",
            r#"{"type":"image","media_url":"https://x/a b.png"}"#.to_owned(),
            "header_params.media_url invalid_format",
        ),
        (
            "header_params",
            format!(r#"{{"type":"image","media_url":"https://x/{}"}}"#, long(2000)),
            "header_params.media_url too_long",
        ),
        (
            "header_params",
            r#"{"type":"image","media_url":"https://x/a","filename":"a"}"#.to_owned(),
            "header_params.filename unknown_field",
        ),
        ("header_params", r#"{"type":"location"}"#.to_owned(), "header_params.location required"),
        (
            "header_params",
            r#"{"type":"location","location":{"latitude":90.1,"longitude":0}}"#.to_owned(),
            "header_params.location.latitude out_of_range",
        ),
        (
            "header_params",
            r#"{"type":"location","location":{"latitude":0,"longitude":-180.5}}"#.to_owned(),
            "header_params.location.longitude out_of_range",
        ),
        (
            "header_params",
            r#"{"type":"location","location":{"latitude":"1","longitude":0}}"#.to_owned(),
            "header_params.location.latitude wrong_type",
        ),
        (
            "footer_params",
            format!(r#"{{"text_variables":{{"1":"{}"}}}}"#, long(61)),
            r#"footer_params.text_variables["1"] too_long"#,
        ),
        ("button_params", r#"{"index":0}"#.to_owned(), "button_params wrong_type"),
        ("button_params", format!("[{eleven}]"), "button_params too_many"),
        (
            "button_params",
            r#"[{"index":1.5,"sub_type":"url","text":"a"}]"#.to_owned(),
            "button_params[0].index out_of_range",
        ),
        (
            "button_params",
            r#"[{"index":0,"sub_type":"flow"}]"#.to_owned(),
            "button_params[0].sub_type invalid_value",
        ),
        (
            "button_params",
            r#"[{"index":0,"sub_type":"url","text":null}]"#.to_owned(),
            "button_params[0].text wrong_type",
        ),
        (
            "button_params",
            format!(r#"[{{"index":0,"sub_type":"url","text":"{}"}}]"#, long(2001)),
            "button_params[0].text too_long",
        ),
        (
            "button_params",
            r#"[{"index":0,"sub_type":"quick_reply","payload":null}]"#.to_owned(),
            "button_params[0].payload wrong_type",
        ),
        (
            "button_params",
            format!(r#"[{{"index":0,"sub_type":"quick_reply","payload":"{}"}}]"#, long(257)),
            "button_params[0].payload too_long",
        ),
        (
            "button_params",
            r#"[{"index":0,"sub_type":"url","text":"a","payload":"b"}]"#.to_owned(),
            "button_params[0].payload unknown_field",
        ),
        ("buttons", "[]".to_owned(), "buttons unknown_field"),
    ] {
        let found = codes(prepared(&TEMPLATE, &json(&template_with(field, &value)), "null").unwrap_err());
        // An eleventh button has no index from 0 to 9 left to it.
        let found: Vec<&String> = found.iter().filter(|issue| !issue.contains("[10]")).collect();
        assert_eq!(found, [&format!("template_params.{expected}")], "{field}: {value}");
    }
}

#[test]
fn a_repeated_button_is_found_even_when_it_is_wrong_otherwise() {
    let buttons = r#"[{"index":0,"sub_type":"url","text":"a"},{"index":0,"sub_type":"url"},
                      {"index":1,"sub_type":"url","text":"b"}]"#;
    assert_eq!(
        issues(&TEMPLATE, &template_with("button_params", buttons), None),
        [
            "template_params.button_params[1].text not_given",
            "template_params.button_params[1].index duplicate",
            "template_params.button_params too_many",
        ]
    );
}

#[test]
fn a_language_is_suggested_where_it_can_be_read() {
    for (given, wanted) in [("en-US", "en_US"), ("en_us", "en_US"), ("PT-br", "pt_BR"), ("EN", "en")] {
        let message = template_with("language", &format!("{given:?}"));
        let found = validate(&TEMPLATE, &json(&message), None);
        assert!(said(&found[0]).ends_with(&format!("is written {wanted} by Meta")), "{given}");
    }
}

#[test]
fn nul_is_refused_in_every_text_of_a_template_once() {
    let header = r#"{"type":"document","media_url":"https://x.test/a","filename":"a\u0000"}"#;
    for (field, value, path) in [
        ("name", r#""a\u0000""#, "name"),
        ("namespace", r#""a\u0000""#, "namespace"),
        ("category", r#""a\u0000""#, "category"),
        ("processed_params", r#"{"1":"a\u0000"}"#, r#"processed_params["1"]"#),
        ("header_params", header, "header_params.filename"),
        (
            "button_params",
            r#"[{"index":0,"sub_type":"quick_reply","payload":"\u0000"}]"#,
            "button_params[0].payload",
        ),
    ] {
        let found = issues(&TEMPLATE, &template_with(field, value), None);
        assert_eq!(found, [format!("template_params.{path} nul")]);
    }
}
