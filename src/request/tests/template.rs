//! Templates.

use super::*;

/// The documented template with one field replaced.
pub fn template_with(field: &str, value: &str) -> String {
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
        format!("{} {}", path(&found[0]), found[0].problem),
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

#[test]
fn a_definition_is_compared_where_the_caller_gave_it() {
    let definition = json(r#"{"body":"Hi {{1}}, it has {{2}} {{3}}"}"#);
    let message = json(DOCUMENTED_TEMPLATE);
    let extra = Value::Null;
    let found =
        validate_input(&TEMPLATE, &Input { definition: &definition, ..input(&message, &extra, None) });
    assert!(codes(found).contains(&r#"template_params.processed_params["3"] missing_parameter"#.to_owned()));
    let odd = json("7");
    let found = validate_input(&TEMPLATE, &Input { definition: &odd, ..input(&message, &extra, None) });
    assert_eq!(codes(found), ["options.definition invalid_definition"]);
}
