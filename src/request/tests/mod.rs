//! What each kind of message may hold, and what is sent of it.

mod answers;
mod attachments;
mod template;

use super::operation::{Body, Kind, Request};
use super::prepare::{Input, prepare, validate};
use crate::data::value::{Binary, Value};
use crate::input::issue::{Issue, Severity};
use crate::message::limits::Channel;
use crate::message::retry_message;
use proptest::prelude::*;

pub fn json(text: &str) -> Value<'static> {
    serde_json::from_str(text).unwrap()
}

pub fn prepared(kind: Kind, message: &Value, extra: &str) -> Result<Request, Vec<Issue>> {
    prepare(&Input { kind, conversation_id: &Value::Int(141), message, extra: &json(extra), channel: None })
}

/// The body that is sent.
pub fn sent(kind: Kind, message: &str) -> Value<'static> {
    match prepared(kind, &json(message), "null").unwrap().body {
        Body::Json(body) => json(&body),
        other => panic!("{other:?}"),
    }
}

/// `path code` of every issue.
pub fn issues(kind: Kind, message: &str, channel: Option<Channel>) -> Vec<String> {
    codes(validate(kind, &json(message), channel))
}

pub fn codes(issues: Vec<Issue>) -> Vec<String> {
    issues.iter().map(|issue| format!("{} {}", issue.path, issue.code)).collect()
}

/// The same with `undefined` in place of the text `<undefined>`, which JSON cannot say.
pub fn undefined(value: Value) -> Value {
    match value {
        Value::Text("<undefined>") => Value::Undefined,
        Value::List(items) => Value::List(items.into_iter().map(undefined).collect()),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(key, value)| (key, undefined(value))).collect())
        }
        other => other,
    }
}

pub fn file<'a>(size: u64, media_type: &'a str, name: Option<&'a str>) -> Value<'a> {
    Value::Binary(Binary { index: 0, size, media_type, name })
}

pub fn with_files(files: Vec<Value>) -> Value {
    Value::Object(vec![("attachments", Value::List(files))])
}

pub const TEMPLATE: &str = r##"{"content":"text shown in the chat UI","template_params":{
    "name":"order_update","namespace":"optional_namespace","language":"en_US","category":"MARKETING",
    "processed_params":{"1":"John","2":"shipped"},
    "header_params":{"type":"text","text_variables":{"1":"Order #456"}},
    "footer_params":{"text_variables":{"1":"Acme Corp"}},
    "button_params":[{"index":0,"sub_type":"url","text":"track/12345"},
                     {"index":1,"sub_type":"quick_reply","payload":"OPT_OUT"}]}}"##;

#[test]
fn a_text_is_sent_as_documented() {
    let text = r#"{"content":"Hello","private":false,"content_attributes":{"in_reply_to":29}}"#;
    assert_eq!(sent(Kind::Text, text), json(text));
    let minimal = r#"{"content":" Hi\n\u0001"}"#;
    assert_eq!(sent(Kind::Text, minimal), json(minimal));
    let request = prepared(Kind::Text, &json(text), "null").unwrap();
    assert_eq!(request.path(), "/api/v2/accounts/conversations/141/messages");
}

#[test]
fn fields_set_to_null_are_left_out() {
    let text = r#"{"content":"Hello","private":null,"content_attributes":null}"#;
    assert_eq!(sent(Kind::Text, text), json(r#"{"content":"Hello"}"#));
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
        assert_eq!(issues(Kind::Text, message, None), [expected], "{message}");
    }
}

#[test]
fn content_may_have_150_000_characters_and_no_more() {
    let text = |length| format!(r#"{{"content":"{}"}}"#, "😀".repeat(length));
    assert!(issues(Kind::Text, &text(150_000), None).is_empty());
    assert_eq!(issues(Kind::Text, &text(150_001), None), ["content too_long"]);
}

#[test]
fn an_unknown_field_is_refused_with_the_name_that_was_meant() {
    let found = validate(Kind::Text, &json(r#"{"content":"x","contentAttributes":{}}"#), None);
    assert_eq!(
        found[0].message,
        "contentAttributes is not a known field; did you mean content_attributes? \
         (requestOptions.extra sends other fields)"
    );
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
        assert!(issues(Kind::Text, &text(most), Some(channel)).is_empty(), "{channel:?}");
        assert_eq!(issues(Kind::Text, &text(most + 1), Some(channel)), ["content too_long"]);
        assert!(issues(Kind::Text, &text(most + 1), None).is_empty());
        assert_eq!(Channel::parse(channel.as_str()), Some(channel));
    }
    assert_eq!(Channel::parse("fax"), None);
}

#[test]
fn extra_adds_fields_and_replaces_none() {
    let message = json(r#"{"content":"x"}"#);
    let request = prepared(Kind::Text, &message, r#"{"echo_id":"7"}"#).unwrap();
    assert_eq!(request.body, Body::Json(r#"{"content":"x","echo_id":"7"}"#.to_owned()));
    let refused = |kind, message: &Value, extra| codes(prepared(kind, message, extra).unwrap_err());
    assert_eq!(
        refused(Kind::Text, &message, r#"{"content":"y"}"#),
        ["requestOptions.extra.content duplicate"]
    );
    assert_eq!(refused(Kind::Text, &message, "[]"), ["requestOptions.extra wrong_type"]);
    assert_eq!(refused(Kind::Retry, &Value::Int(5), r#"{"a":1}"#), ["requestOptions.extra unknown_field"]);
    let files = with_files(vec![file(1, "image/png", Some("a.png"))]);
    assert_eq!(
        refused(Kind::Attachments, &files, r#"{"attachments[]":"y"}"#),
        [r#"requestOptions.extra["attachments[]"] duplicate"#]
    );
    let Body::Form(form) = prepared(Kind::Attachments, &files, r#"{"a":{"b":1}}"#).unwrap().body else {
        panic!()
    };
    assert_eq!(form.fields, [("a".to_owned(), r#"{"b":1}"#.to_owned())]);
}

#[test]
fn extra_takes_no_name_that_a_form_turns_into_another() {
    let message = json(r#"{"content":"x"}"#);
    let files = with_files(vec![file(1, "image/png", Some("a.png"))]);
    for name in [
        "attachments[0]",
        "content[x]",
        "content_attributes[y]",
        "[content]",
        "a[b]",
        "a]",
        "con\\\\tent",
        "a\\nb",
        "",
        "_method",
    ] {
        let extra = format!(r#"{{"{name}":"y"}}"#);
        for (kind, message) in [(Kind::Text, &message), (Kind::Attachments, &files)] {
            let found = prepared(kind, message, &extra).unwrap_err();
            assert_eq!(found.len(), 1, "{name}");
        }
    }
    for name in ["echo_id", "méthode", "a.b", "a b", "_x"] {
        assert!(prepared(Kind::Attachments, &files, &format!(r#"{{"{name}":"y"}}"#)).is_ok(), "{name}");
    }
}

#[test]
fn a_field_that_is_undefined_is_not_there() {
    let text = r#"{"content":"x","private":"<undefined>","later":"<undefined>",
        "content_attributes":{"in_reply_to":"<undefined>","deep":{"a":"<undefined>","b":null}}}"#;
    let request = prepared(Kind::Text, &undefined(json(text)), "null").unwrap();
    let expected = r#"{"content":"x","content_attributes":{"deep":{"b":null}}}"#;
    assert_eq!(request.body, Body::Json(expected.to_owned()));
    let list = undefined(json(r#"{"content":"x","content_attributes":{"list":["<undefined>"]}}"#));
    assert_eq!(codes(validate(Kind::Text, &list, None)), ["content_attributes.list[0] wrong_type"]);
    let message = |content: &str| {
        let found = validate(Kind::Text, &undefined(json(content)), None);
        found.first().unwrap().message.clone()
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
    assert!(issues(Kind::Text, &text(true, 5000), Some(Channel::Sms)).is_empty());
    assert_eq!(issues(Kind::Text, &text(false, 5000), Some(Channel::Sms)), ["content too_long"]);
    assert_eq!(issues(Kind::Text, &text(true, 150_001), Some(Channel::Sms)), ["content too_long"]);
    let gif = || file(6_000_000, "image/gif", Some("a.gif"));
    let mut note = with_files(vec![gif(), gif()]);
    let found = |note: &Value| codes(validate(Kind::Attachments, note, Some(Channel::WhatsApp)));
    assert_eq!(found(&note).len(), 3);
    let Value::Object(fields) = &mut note else { panic!() };
    fields.push(("private", Value::Bool(true)));
    fields.push(("content", Value::text("x".repeat(1025).leak())));
    assert!(found(&note).is_empty());
}

#[test]
fn nul_is_refused_wherever_it_would_become_a_column() {
    assert_eq!(issues(Kind::Text, r#"{"content":"a\u0000b"}"#, None), ["content nul"]);
    let message = json(r#"{"content":"x"}"#);
    let extra = |extra| codes(prepared(Kind::Text, &message, extra).unwrap_err());
    assert_eq!(extra(r#"{"a":"\u0000"}"#), ["requestOptions.extra.a nul"]);
    assert_eq!(extra(r#"{"a":[{"b":"\u0000"}]}"#), ["requestOptions.extra.a[0].b nul"]);
    assert_eq!(extra(r#"{"\u0000":1}"#), [r#"requestOptions.extra["\u0000"] nul"#]);
    let attributes = r#"{"content":"x","content_attributes":{"a\u0000":"\u0000"}}"#;
    assert_eq!(sent(Kind::Text, attributes), json(attributes));
}

#[test]
fn a_retry_is_warned_of_when_it_may_do_something_else() {
    let code = |message: &str| retry_message::warning(&json(message)).map(|warning| warning.code);
    for id in ["123", r#""123""#] {
        assert_eq!(code(id), Some("retry_unchecked"));
    }
    let failed = |source_id: &str| code(&format!(r#"{{"id":1,"status":"failed","source_id":{source_id}}}"#));
    assert_eq!(failed(r#""wamid.1""#), Some("retry_may_be_skipped"));
    assert_eq!(failed("5"), Some("retry_may_be_skipped"));
    assert_eq!(failed("null"), None);
    assert_eq!(failed(r#""""#), None);
    assert_eq!(code(r#"{"id":1,"status":"failed"}"#), None);
}

#[test]
fn a_retry_takes_an_id_or_a_failed_message() {
    let path = |message: &str| prepared(Kind::Retry, &json(message), "null").map(|request| request.path());
    let expected = "/api/v2/accounts/conversations/141/messages/123/retry";
    for message in ["123", r#""123""#, r#"{"id":123,"status":"failed"}"#] {
        assert_eq!(path(message).as_deref(), Ok(expected), "{message}");
    }
    for (message, code) in [
        ("0", "message invalid_id"),
        (r#""1/../2""#, "message invalid_id"),
        ("null", "message invalid_id"),
        ("{}", "message wrong_type"),
        (r#"{"id":123,"status":"sent"}"#, "message.status not_failed"),
    ] {
        assert_eq!(codes(path(message).unwrap_err()), [code], "{message}");
    }
}

fn any_value() -> impl Strategy<Value = Value<'static>> {
    let key = prop_oneof![
        Just("content"),
        Just("private"),
        Just("content_attributes"),
        Just("template_params"),
        Just("attachments"),
        Just("type"),
        Just("button_params"),
        Just("header_params"),
        any::<String>().prop_map(|key| &*key.leak()),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        Just(Value::Undefined),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        any::<f64>().prop_map(Value::Float),
        any::<String>().prop_map(|text| Value::Text(text.leak())),
        Just(Value::Foreign("a function")),
        Just(file(3, "image/png", Some("a.png"))),
    ];
    leaf.prop_recursive(5, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::List),
            prop::collection::vec((key.clone(), inner), 0..5).prop_map(Value::Object),
        ]
    })
}

proptest! {
    #[test]
    fn any_input_is_either_prepared_or_has_an_error(message in any_value(), id in any_value()) {
        for kind in [Kind::Text, Kind::Attachments, Kind::Template, Kind::Retry] {
            let extra = Value::Null;
            let input = Input { kind, conversation_id: &id, message: &message, extra: &extra, channel: None };
            if let Err(issues) = prepare(&input) {
                prop_assert!(!issues.is_empty());
            }
        }
    }
}
