//! Texts.

use super::*;

#[test]
fn a_text_is_sent_as_documented() {
    let text = r#"{"content":"Hello","private":false,"content_attributes":{"in_reply_to":29}}"#;
    assert_eq!(sent(&TEXT, text), json(text));
    let minimal = r#"{"content":" Hi\n\u0001"}"#;
    assert_eq!(sent(&TEXT, minimal), json(minimal));
    let request = prepared(&TEXT, &json(text), "null").unwrap();
    assert_eq!(request.path, "/api/v2/accounts/conversations/141/messages");
}

#[test]
fn fields_set_to_null_are_left_out() {
    let text = r#"{"content":"Hello","private":null,"content_attributes":null}"#;
    assert_eq!(sent(&TEXT, text), json(r#"{"content":"Hello"}"#));
}

#[test]
fn a_text_is_refused_for_each_of_its_fields() {
    for (message, expected) in [
        ("null", "message wrong_type"),
        ("[]", "message wrong_type"),
        ("{}", "content required"),
        (r#"{"content":null}"#, "content required"),
        (r#"{"content":7}"#, "content wrong_type"),
        (r#"{"content":""}"#, "content blank"),
        (r#"{"content":"\n\t \u00a0"}"#, "content blank"),
        (r#"{"content":"x","private":"false"}"#, "private wrong_type"),
        (r#"{"content":"x","private":0}"#, "private wrong_type"),
        (r#"{"content":"x","content_attributes":[]}"#, "content_attributes wrong_type"),
        (
            r#"{"content":"x","content_attributes":{"in_reply_to":"a"}}"#,
            "content_attributes.in_reply_to invalid_id",
        ),
        (r#"{"content":"x","message_type":"outgoing"}"#, "message_type unknown_field"),
    ] {
        assert_eq!(issues(&TEXT, message, None), [expected], "{message}");
    }
}

#[test]
fn content_may_have_150_000_characters_and_no_more() {
    let text = |length| format!(r#"{{"content":"{}"}}"#, "😀".repeat(length));
    assert!(issues(&TEXT, &text(150_000), None).is_empty());
    assert_eq!(issues(&TEXT, &text(150_001), None), ["content too_long"]);
}

#[test]
fn an_unknown_field_is_refused_with_the_names_that_could_be_meant() {
    let found = validate(&TEXT, &json(r#"{"content":"x","contentAttributes":{}}"#), None);
    assert_eq!(found[0].problem, "is not a known field");
    let unknown = found[0].unknown.as_ref().unwrap();
    assert_eq!(unknown.known, ["content", "private", "content_attributes"]);
}

#[test]
fn a_channel_brings_its_limits_only_when_it_is_named() {
    let text = |length| format!(r#"{{"content":"{}"}}"#, "é".repeat(length));
    for (channel, most) in [
        (Channel::WhatsApp, 4096),
        (Channel::Messenger, 2000),
        (Channel::Instagram, 500),
        (Channel::Telegram, 4096),
        (Channel::Line, 2000),
        (Channel::Email, 25_000),
        (Channel::Sms, 320),
        (Channel::WebWidget, 10_000),
        (Channel::Api, 10_000),
    ] {
        assert!(issues(&TEXT, &text(most), Some(channel)).is_empty(), "{channel:?}");
        assert_eq!(issues(&TEXT, &text(most + 1), Some(channel)), ["content too_long"]);
        assert!(issues(&TEXT, &text(most + 1), None).is_empty());
        assert_eq!(Channel::parse(channel.as_str()), Some(channel));
    }
    assert_eq!(Channel::parse("fax"), None);
}

#[test]
fn a_field_that_is_undefined_is_not_there() {
    let text = r#"{"content":"x","private":"<undefined>","later":"<undefined>",
        "content_attributes":{"in_reply_to":"<undefined>","deep":{"a":"<undefined>","b":null}}}"#;
    let request = prepared(&TEXT, &undefined(json(text)), "null").unwrap();
    let expected = r#"{"content":"x","content_attributes":{"deep":{"b":null}}}"#;
    assert_eq!(request.body, Body::Json(expected.to_owned()));
    let list = undefined(json(r#"{"content":"x","content_attributes":{"list":["<undefined>"]}}"#));
    assert_eq!(codes(validate(&TEXT, &list, None)), ["content_attributes.list[0] wrong_type"]);
    let message = |content: &str| {
        let found = validate(&TEXT, &undefined(json(content)), None);
        found.first().map(|issue| format!("{} {}", path(issue), issue.problem)).unwrap()
    };
    assert_eq!(message("{}"), "content is required");
    assert_eq!(message(r#"{"content":null}"#), "content is required; got null");
    assert_eq!(message(r#"{"content":"<undefined>"}"#), "content is required; got undefined");
    assert_eq!(message(r#""<undefined>""#), "message must be an object; got undefined");
}

#[test]
fn a_private_note_reaches_no_channel_and_has_none_of_its_limits() {
    let text =
        |private: bool, length| format!(r#"{{"content":"{}","private":{private}}}"#, "x".repeat(length));
    assert!(issues(&TEXT, &text(true, 5000), Some(Channel::Sms)).is_empty());
    assert_eq!(issues(&TEXT, &text(false, 5000), Some(Channel::Sms)), ["content too_long"]);
    assert_eq!(issues(&TEXT, &text(true, 150_001), Some(Channel::Sms)), ["content too_long"]);
    let gif = || file(6_000_000, "image/gif", Some("a.gif"));
    let mut note = with_files(vec![gif(), gif()]);
    let found = |note: &Value| codes(validate(&ATTACHMENTS, note, Some(Channel::WhatsApp)));
    assert_eq!(found(&note).len(), 3);
    let Value::Object(fields) = &mut note else { panic!() };
    fields.push(("private".to_owned(), Value::Bool(true)));
    fields.push(("content".to_owned(), Value::text("x".repeat(1025))));
    assert!(found(&note).is_empty());
}

#[test]
fn nul_is_refused_wherever_it_would_become_a_column() {
    assert_eq!(issues(&TEXT, r#"{"content":"a\u0000b"}"#, None), ["content nul"]);
    let message = json(r#"{"content":"x"}"#);
    let extra = |extra| codes(prepared(&TEXT, &message, extra).unwrap_err());
    assert_eq!(extra(r#"{"a":"\u0000"}"#), ["requestOptions.extra.a nul"]);
    assert_eq!(extra(r#"{"a":[{"b":"\u0000"}]}"#), ["requestOptions.extra.a[0].b nul"]);
    assert_eq!(extra(r#"{"\u0000":1}"#), [r#"requestOptions.extra["\u0000"] nul"#]);
    let attributes = r#"{"content":"x","content_attributes":{"a\u0000":"\u0000"}}"#;
    assert_eq!(sent(&TEXT, attributes), json(attributes));
}
