//! Templates.

use super::*;

/// The documented template with one field replaced.
fn template_with(field: &str, value: &str) -> String {
    let mut message: serde_json::Value = serde_json::from_str(DOCUMENTED_TEMPLATE).unwrap();
    message["template_params"][field] = serde_json::from_str(value).unwrap();
    message.to_string()
}

#[test]
fn a_template_is_sent_as_documented() {
    let mut documented: serde_json::Value = serde_json::from_str(DOCUMENTED_TEMPLATE).unwrap();
    documented["message_type"] = "outgoing".into();
    let sent: serde_json::Value =
        serde_json::from_str(&crate::data::json::write(&sent(&TEMPLATE, DOCUMENTED_TEMPLATE))).unwrap();
    assert_eq!(sent, documented);
}

#[test]
fn numbers_among_template_values_are_sent_as_text() {
    let message = template_with("processed_params", r#"{"1":456,"2":3.5}"#);
    let sent = sent(&TEMPLATE, &message);
    let values = sent.get("template_params").unwrap().get("processed_params");
    assert_eq!(values, Some(&json(r#"{"1":"456","2":"3.5"}"#)));
}

#[test]
fn every_header_is_sent_as_documented() {
    for header in [
        r#"{"type":"image","media_url":"https://cdn.example/a.png"}"#,
        r#"{"type":"video","media_url":"http://cdn.example/a.mp4"}"#,
        r#"{"type":"document","media_url":"https://cdn.example/a.pdf","filename":"Invoice.pdf"}"#,
        r#"{"type":"location","location":{"latitude":-31.5,"longitude":120,"name":"HQ","address":"1 Way"}}"#,
        r#"{"type":"text","text_variables":{"order":"7"}}"#,
    ] {
        let sent = sent(&TEMPLATE, &template_with("header_params", header));
        let params = sent.get("template_params").unwrap().get("header_params").unwrap();
        let params: serde_json::Value = serde_json::from_str(&crate::data::json::write(params)).unwrap();
        assert_eq!(params, serde_json::from_str::<serde_json::Value>(header).unwrap());
    }
}

#[test]
fn all_issues_are_found_at_once_with_their_paths() {
    let found = issues(
        &TEMPLATE,
        r#"{"content":" ","contents":"x","template_params":{"name":"Order Update","language":"en-US",
            "button_params":[{"index":0,"sub_type":"url","text":"a"},{"index":12,"sub_type":"quick_reply"}]}}"#,
        None,
    );
    assert_eq!(
        found,
        [
            "content blank",
            "template_params.name invalid_format",
            "template_params.language invalid_format",
            "template_params.button_params[1].index out_of_range",
            "template_params.button_params[1].payload not_given",
            "contents unknown_field",
        ]
    );
}

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
        let found = issues(&TEMPLATE, &template_with(field, &value), None);
        // An eleventh button has no index from 0 to 9 left to it.
        let found: Vec<&String> = found.iter().filter(|issue| !issue.contains("[10]")).collect();
        assert_eq!(found, [&format!("template_params.{expected}")], "{field}: {value}");
    }
}

#[test]
fn what_the_page_marks_optional_may_be_missing() {
    let params = |field: &str, value: &str| {
        let sent = sent(&TEMPLATE, &template_with(field, value));
        crate::data::json::write(sent.get("template_params").unwrap().get(field).unwrap())
    };
    let buttons = r#"[{"index":0,"sub_type":"url"},{"index":1,"sub_type":"quick_reply"}]"#;
    for (field, value) in [
        ("header_params", r#"{"type":"text"}"#),
        ("footer_params", "{}"),
        ("button_params", buttons),
        ("processed_params", "{}"),
    ] {
        assert_eq!(params(field, value), value);
    }
}

#[test]
fn likely_trouble_is_a_warning_and_is_sent() {
    let buttons = r#"[{"index":0,"sub_type":"url"},{"index":1,"sub_type":"quick_reply"}]"#;
    for (field, value, expected) in [
        ("category", r#""OTP""#, &["category unknown_category"][..]),
        ("language", r#""de_DE""#, &["language unknown_language"]),
        (
            "button_params",
            buttons,
            &["button_params[0].text not_given", "button_params[1].payload not_given"],
        ),
        ("language", r#""zh_TW""#, &[]),
        ("language", r#""af""#, &[]),
    ] {
        let message = json(&template_with(field, value));
        let expected: Vec<String> = expected.iter().map(|issue| format!("template_params.{issue}")).collect();
        let found = validate(&TEMPLATE, &message, None);
        assert!(found.iter().all(|issue| issue.severity == Severity::Warning));
        assert_eq!(codes(found.clone()), expected);
        assert_eq!(prepared(&TEMPLATE, &message, "null").unwrap().doubts, found);
    }
}

#[test]
fn an_error_about_errors_tells_of_no_warning() {
    let message = template_with("button_params", r#"[{"index":12,"sub_type":"url"}]"#);
    assert_eq!(issues(&TEMPLATE, &message, None).len(), 2);
    let refused = prepared(&TEMPLATE, &json(&message), "null").unwrap_err();
    assert_eq!(codes(refused), ["template_params.button_params[0].index out_of_range"]);
}

#[test]
fn a_template_value_that_is_undefined_is_refused_and_an_optional_field_is_not_there() {
    let with_undefined = |text: &str| undefined(json(&template_with("processed_params", text)));
    let missing = with_undefined(r#"{"1":"a","2":"<undefined>"}"#);
    let found = validate(&TEMPLATE, &missing, None);
    assert_eq!(
        found[0].message,
        "template_params.processed_params[\"2\"] must be a string or a finite number; got undefined"
    );
    let at = |field: &str, value: &str| {
        codes(validate(&TEMPLATE, &undefined(json(&template_with(field, value))), None))
    };
    for (field, value, path) in [
        (
            "header_params",
            r#"{"type":"text","text_variables":{"1":"<undefined>"}}"#,
            r#"text_variables["1"]"#,
        ),
        ("footer_params", r#"{"text_variables":{"1":"<undefined>"}}"#, r#"text_variables["1"]"#),
    ] {
        assert_eq!(at(field, value), [format!("template_params.{field}.{path} wrong_type")]);
    }
    for (button, key) in [
        (r#"[{"index":0,"sub_type":"url","text":"<undefined>"}]"#, "text"),
        (r#"[{"index":0,"sub_type":"quick_reply","payload":"<undefined>"}]"#, "payload"),
    ] {
        assert_eq!(
            at("button_params", button),
            [format!("template_params.button_params[0].{key} wrong_type")]
        );
    }
    let image = r#"{"type":"image","media_url":"<undefined>"}"#;
    assert_eq!(at("header_params", image), ["template_params.header_params.media_url required"]);
    for field in ["namespace", "category", "processed_params", "header_params", "button_params", "other"] {
        assert!(at(field, r#""<undefined>""#).is_empty(), "{field}");
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
        assert!(found[0].message.ends_with(&format!("is written {wanted} by Meta")), "{given}");
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

#[test]
fn message_type_may_stand_in_a_template_as_documented_and_be_nothing_else() {
    let with = |value: &str| DOCUMENTED_TEMPLATE.replacen('{', &format!(r#"{{"message_type":{value},"#), 1);
    assert!(issues(&TEMPLATE, &with(r#""outgoing""#), None).is_empty());
    for other in ["1", r#""incoming""#] {
        assert_eq!(issues(&TEMPLATE, &with(other), None), ["message_type invalid_value"]);
    }
}

#[test]
fn a_template_belongs_to_whatsapp() {
    assert!(issues(&TEMPLATE, DOCUMENTED_TEMPLATE, Some(Channel::WhatsApp)).is_empty());
    assert_eq!(issues(&TEMPLATE, DOCUMENTED_TEMPLATE, Some(Channel::Sms)), ["template_params wrong_channel"]);
}
