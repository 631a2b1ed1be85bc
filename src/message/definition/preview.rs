//! A template with its values, for JavaScript to show.
//!
//! A text goes there in pieces, of which every second is a variable: its name, its value, and whether it has none. What
//! WhatsApp's marks make of that is found out there (`rich-text.js`), by whose regular expressions every script's letters
//! are known.

use super::button::Button;
use super::{BODY, Definition, FOOTER_TEXT, HEADER, at, filling, placeholders, text_of};
use crate::data::json::Writer;
use crate::data::number;
use crate::data::text::{before, split};
use crate::data::value::Value;

/// Bytes of one filled text. Meta takes 1,024 characters; a variable that stands in a text again and again would
/// otherwise make much out of little.
const MOST_TEXT: usize = 65_536;

/// `{ header, body, footer, buttons`, and open for more.
pub fn preview(definition: Definition<'_>, params: &Value) -> Writer {
    let mut json = Writer::default();
    json.open('{');
    if let Some(kind) = definition.header() {
        json.key("header");
        write_header(kind, definition.text("header"), at(params, HEADER), &mut json);
    }
    write_text("body", definition.text("body"), at(params, BODY), &mut json);
    write_text("footer", definition.text("footer"), at(params, FOOTER_TEXT), &mut json);
    json.key("buttons");
    json.open('[');
    for (index, button) in (0_i64..).zip(definition.buttons()) {
        let button = Button(button);
        let given = filling(params, index);
        json.open('{');
        json.int_field("index", index);
        json.text_field("type", button.kind());
        json.text_field("text", button.text());
        // Whatever its variable is called, there is one.
        write_text("url", button.url(), given, &mut json);
        json.optional_text_field("phone_number", text_of(button.0, "phone_number"));
        json.optional_text_field("payload", text_of(given, "payload"));
        json.close('}');
    }
    json.close(']');
    json
}

fn write_header(kind: &str, text: &str, params: &Value, json: &mut Writer) {
    json.open('{');
    json.text_field("type", kind);
    match kind {
        "text" => write_text("text", text, params.get("text_variables").unwrap_or(&Value::Null), json),
        "location" => {
            json.key("location");
            json.value(params.get("location").unwrap_or(&Value::Null));
        }
        _ => {
            let address = text_of(params, "media_url");
            // Without a name of its own, what its address ends with.
            let name = address.and_then(|address| split(before(address, "?#"), "/").last());
            json.optional_text_field("media_url", address);
            json.optional_text_field("filename", text_of(params, "filename").or(name));
        }
    }
    json.close('}');
}

/// The pieces of a text, if there is any.
fn write_text(key: &str, mut text: &str, variables: &Value, json: &mut Writer) {
    if text.is_empty() {
        return;
    }
    json.key(key);
    json.open('[');
    let mut length: usize = 0;
    while let Some((before, name, rest)) = placeholders::next(text) {
        json.text(before);
        json.open('{');
        json.text_field("name", name);
        let name = if key == "url" { "text" } else { name };
        match variables.get(name) {
            Some(Value::Text(text)) if text.len().saturating_add(length) <= MOST_TEXT => {
                length = length.saturating_add(text.len());
                json.text_field("text", text);
            }
            Some(Value::Int(whole)) => json.text_field("text", &whole.to_string()),
            Some(Value::Float(other)) if other.is_finite() => {
                json.text_field("text", &number::float_text(*other))
            }
            _ => {
                json.text_field("text", &format!("{{{{{name}}}}}"));
                json.key("missing");
                json.raw("true");
            }
        }
        json.close('}');
        text = rest;
    }
    json.text(text);
    json.close(']');
}
