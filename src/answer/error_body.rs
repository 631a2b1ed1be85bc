//! The sentence in an error answer, whatever its shape.
//!
//! Status and shape decide what happened; the text is localised and can be raw Ruby, so it is shown to a
//! reader and never matched, but for one sentence (see `refusal.rs`).

use crate::data::text::{self, has_one_of};
use crate::data::value::Value;

/// The most characters of it that stand in an error's message.
const MAX_TEXT: usize = 300;

/// What an answer says went wrong: a JSON body in one of upstream's shapes, or `Retry later` in plain text.
///
/// | body | taken |
/// |---|---|
/// | `{"errors": ["...", ...]}` | all of them |
/// | `{"error": "..."}`, `{"status": 500, "error": "..."}` | `error` |
/// | `{"message": "...", "attributes": ["content"]}` | both |
/// | `{"code": 2001, "message": "..."}` | both |
/// | an HTML page, anything else | nothing |
pub fn said(body: &Value) -> Option<String> {
    let found = match body {
        Value::Text(plain) if !has_one_of(plain, "<") => Some((*plain).to_owned()),
        Value::Object(_) => object_text(body),
        _ => None,
    };
    found.filter(|text| !text.trim().is_empty())
}

fn object_text(body: &Value) -> Option<String> {
    if let Some(errors) = body.get("errors") {
        return joined(errors);
    }
    if let Some(error) = body.get("error") {
        return joined(error);
    }
    let message = body.get("message").and_then(joined)?;
    let attributes = body.get("attributes").and_then(joined);
    let code = body.get("code").and_then(Value::as_int);
    Some(match (attributes, code) {
        (Some(attributes), _) => format!("{message} ({attributes})"),
        (None, Some(code)) => format!("{message} ({code})"),
        (None, None) => message,
    })
}

/// Text, or all the text in a list or an object of texts.
fn joined(value: &Value) -> Option<String> {
    let mut out = String::new();
    add_texts(&mut out, value);
    (!out.is_empty()).then_some(out)
}

fn add_texts(out: &mut String, value: &Value) {
    match value {
        Value::Text(text) => {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push_str("; ");
            }
            out.push_str(text.trim());
        }
        Value::List(items) => items.iter().for_each(|item| add_texts(out, item)),
        Value::Object(fields) => {
            for (key, field) in fields {
                add_texts(out, &Value::Text(key));
                out.push(' ');
                add_texts(out, field);
            }
        }
        _ => {}
    }
}

/// One line of at most 300 characters, without a full stop; not before its secrets are out of it.
pub fn shorten(text: &str) -> String {
    text::shorten(text, MAX_TEXT)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/error_body.rs"]
mod tests;
