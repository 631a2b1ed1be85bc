//! A template as the customer will read it.

use super::rich_text::{Filled, Span};
use super::{Button, Definition, Header, placeholders};
use crate::data::number;
use crate::data::text::{before, split, text};
use crate::data::value::{ObjectBuilder, Value};

/// Bytes of one filled text. Meta takes 1,024 characters; a variable that stands in a text again and again would
/// otherwise make much out of little.
const MOST_TEXT: usize = 65_536;

/// `{ header, body, footer, buttons }`, plain data.
pub fn preview(definition: &Definition<'_>, params: &Value) -> ObjectBuilder {
    let header_params = params.get("header_params");
    let mut preview = ObjectBuilder::default();
    let header = definition.header.as_ref();
    preview.add("header", header.map_or(Value::Null, |header| header_of(header, header_params)));
    let body = fill(definition.body, params.get("processed_params"));
    preview.add("body", with_nodes(&body, body.marked()).build());
    let variables = params.get("footer_params").and_then(|footer| footer.get("text_variables"));
    let footer = match definition.footer {
        "" => Value::Null,
        footer => plain(footer, variables).build(),
    };
    preview.add("footer", footer);
    let mut buttons = Vec::new();
    for (index, button) in (0_i64..).zip(&definition.buttons) {
        buttons.push(button_of(index, button, params.get("button_params")));
    }
    preview.add("buttons", Value::List(buttons));
    preview
}

fn header_of(header: &Header<'_>, params: Option<&Value>) -> Value {
    let field = |key: &str| params.and_then(|params| params.get(key));
    let mut out = match header.kind {
        "text" => plain(header.text, field("text_variables")),
        "location" => {
            let mut place = ObjectBuilder::default();
            place.add("location", field("location").cloned().unwrap_or(Value::Null));
            place
        }
        _ => {
            let address = field("media_url").and_then(Value::as_text);
            let name = field("filename").and_then(Value::as_text).or(address.and_then(file_name));
            let mut media = ObjectBuilder::default();
            media.add("media_url", address.map_or(Value::Null, Value::text));
            media.add("filename", name.map_or(Value::Null, Value::text));
            media
        }
    };
    out.text("type", header.kind);
    out.build()
}

/// What an address ends with.
fn file_name(address: &str) -> Option<&str> {
    split(before(address, "?#"), "/").last().filter(|name| !name.is_empty())
}

fn button_of(index: i64, button: &Button<'_>, params: Option<&Value>) -> Value {
    let items = match params {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    let given = items.iter().find(|item| item.get("index").and_then(Value::as_int) == Some(index));
    let mut out = ObjectBuilder::default();
    out.int("index", Some(index));
    out.text("type", button.kind);
    out.text("text", button.text);
    if !button.url.is_empty() {
        out.text("url", &fill_with(button.url, |_| text_of(given?.get("text")?)).text);
    }
    if !button.phone_number.is_empty() {
        out.text("phone_number", button.phone_number);
    }
    if let Some(payload) = given.and_then(|item| item.get("payload")) {
        out.add("payload", payload.clone());
    }
    out.build()
}

fn plain(text: &str, variables: Option<&Value>) -> ObjectBuilder {
    let filled = fill(text, variables);
    let nodes = filled.plain();
    with_nodes(&filled, nodes)
}

fn with_nodes(filled: &Filled<'_>, nodes: Value) -> ObjectBuilder {
    let mut out = ObjectBuilder::default();
    out.text("text", &filled.text);
    out.add("nodes", nodes);
    out
}

fn fill<'a>(text: &'a str, variables: Option<&Value>) -> Filled<'a> {
    fill_with(text, |name| text_of(variables?.get(name)?))
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Int(whole) => Some(number::int_text(*whole)),
        Value::Float(other) if other.is_finite() => Some(number::text(*other)),
        _ => None,
    }
}

/// The text with its variables' values, and where they are; a variable without one stays as it is written.
fn fill_with<'a>(mut text: &'a str, value_of: impl Fn(&str) -> Option<String>) -> Filled<'a> {
    let mut filled = Filled::default();
    while let Some((before, name, rest)) = placeholders::next(text) {
        filled.text.push_str(before);
        let start = filled.text.len();
        let value = value_of(name).filter(|value| value.len().saturating_add(start) <= MOST_TEXT);
        let is_missing = value.is_none();
        filled.text.push_str(&value.unwrap_or_else(|| text!("{{", name, "}}")));
        filled.values.push(Span { start, end: filled.text.len(), name, is_missing });
        text = rest;
    }
    filled.text.push_str(text);
    filled
}
