//! What each kind of message may hold, and what is sent of it.

mod answers;
mod attachments;
mod doubts;
mod extra;
mod refused_templates;
mod retry;
mod template;
mod text;

use super::body::Body;
use super::operation::{Input, Operation};
use super::operations::{attachments::ATTACHMENTS, retry::RETRY, template::TEMPLATE, text::TEXT};
use super::prepare;
use super::ready::Request;
use crate::data::told::Told;
use crate::data::value::{Binary, Value};
use crate::failure;
use crate::input::issue::{Issue, Severity};
use crate::input::place::Step;
use crate::message::limits::Channel;
use proptest::prelude::*;

pub fn json(text: &str) -> Value<'static> {
    serde_json::from_str(text).unwrap()
}

pub fn prepared(operation: &'static Operation, message: &Value, extra: &str) -> Result<Request, Vec<Issue>> {
    prepare::prepare(operation, &Value::Int(141), &input(message, &json(extra), None))
}

pub fn input<'a>(message: &'a Value, extra: &'a Value, channel: Option<Channel>) -> Input<'a> {
    Input { message, extra, channel, is_check: false, definition: &Value::Null, force: false }
}

pub fn validate(operation: &Operation, message: &Value, channel: Option<Channel>) -> Vec<Issue> {
    validate_input(operation, &input(message, &Value::Null, channel))
}

pub fn validate_input(operation: &Operation, input: &Input<'_>) -> Vec<Issue> {
    prepare::validate(operation, &Input { is_check: true, ..*input })
}

/// The body that is sent.
pub fn sent(operation: &'static Operation, message: &str) -> Value<'static> {
    match prepared(operation, &json(message), "null").unwrap().body {
        Body::Json(body) => json(&body),
        other => panic!("{other:?}"),
    }
}

/// `path code` of every issue.
pub fn issues(operation: &'static Operation, message: &str, channel: Option<Channel>) -> Vec<String> {
    codes(validate(operation, &json(message), channel))
}

/// The way to the field, as `input/place.js` writes it.
pub fn path(issue: &Issue) -> String {
    let is_plain = |name: &str| {
        !name.starts_with(|first: char| first.is_ascii_digit())
            && !name.is_empty()
            && name.chars().all(|other| other.is_ascii_alphanumeric() || other == '_')
    };
    let mut path = String::new();
    for (position, step) in issue.path.iter().enumerate() {
        path += &match step {
            Step::Field(name) if position == 0 => name.clone(),
            Step::Field(name) if is_plain(name) && path.is_empty() => name.clone(),
            Step::Field(name) if is_plain(name) => format!(".{name}"),
            Step::Field(name) => format!("[{}]", serde_json::to_string(name).unwrap()),
            Step::Item(position) => format!("[{position}]"),
        };
    }
    path
}

/// But for what LiveDesk's own sample brings with it: variables of a footer.
pub fn codes(issues: Vec<Issue>) -> Vec<String> {
    let others = issues.iter().filter(|issue| issue.code != "footer_variables");
    others.map(|issue| format!("{} {}", path(issue), issue.code)).collect()
}

/// A problem with its facts, as `client/issues.js` says it.
pub fn said(issue: &Issue) -> String {
    issue.facts.iter().fold(issue.problem.clone(), |said, (name, fact)| {
        let fact = match fact {
            Told::Number(number) => number.to_string(),
            Told::Text(word) => word.clone(),
            other => panic!("{other:?}"),
        };
        said.replace(&format!("{{{name}}}"), &fact)
    })
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

pub const DOCUMENTED_TEMPLATE: &str = r##"{"content":"text shown in the chat UI","template_params":{
    "name":"order_update","namespace":"optional_namespace","language":"en_US","category":"MARKETING",
    "processed_params":{"1":"John","2":"shipped"},
    "header_params":{"type":"text","text_variables":{"1":"Order #456"}},
    "footer_params":{"text_variables":{"1":"Acme Corp"}},
    "button_params":[{"index":0,"sub_type":"url","text":"track/12345"},
                     {"index":1,"sub_type":"quick_reply","payload":"OPT_OUT"}]}}"##;

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
        for operation in [&TEXT, &ATTACHMENTS, &TEMPLATE, &RETRY] {
            let extra = Value::Null;
            let input = input(&message, &extra, None);
            if let Err(issues) = prepare::prepare(operation, &id, &input) {
                prop_assert!(!issues.is_empty());
            }
        }
    }
}
