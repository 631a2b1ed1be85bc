//! JSON text.

use crate::data::number;
use crate::data::value::{Field, Value};

/// Writes JSON from left to right. What is opened must be closed, and a key comes before each field's value.
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
    /// Whether the next item or key follows another one.
    follows: bool,
}

/// The JSON text of a value, its fields in their order.
///
/// What JSON has no form for (NaN, a function, a Blob) becomes `null`, as `JSON.stringify` does inside
/// an array; validation refuses such values before they get here.
pub fn write(value: &Value) -> String {
    let mut json = Writer::default();
    json.value(value);
    json.finish()
}

impl Writer {
    /// The text so far.
    pub fn finish(self) -> String {
        self.out
    }

    /// Begins an object or a list: `{` or `[`.
    pub fn open(&mut self, bracket: char) {
        self.separate();
        self.out.push(bracket);
        self.follows = false;
    }

    /// Ends an object or a list: `}` or `]`.
    pub fn close(&mut self, bracket: char) {
        self.out.push(bracket);
        self.follows = true;
    }

    /// The key of the next value.
    pub fn key(&mut self, key: &str) {
        self.separate();
        quote(&mut self.out, key);
        self.out.push(':');
        self.follows = false;
    }

    /// Text.
    pub fn text(&mut self, text: &str) {
        self.separate();
        quote(&mut self.out, text);
        self.follows = true;
    }

    /// A number, `true`, `false` or `null`, already written as JSON.
    pub fn raw(&mut self, json: &str) {
        self.separate();
        self.out.push_str(json);
        self.follows = true;
    }

    /// A field with text.
    pub fn text_field(&mut self, key: &str, text: &str) {
        self.key(key);
        self.text(text);
    }

    /// A field with text, if there is any.
    pub fn optional_text_field(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text_field(key, text);
        }
    }

    /// A field with a whole number.
    pub fn int_field(&mut self, key: &str, number: i64) {
        self.key(key);
        self.raw(&number.to_string());
    }

    /// A field with a finite number.
    pub fn float_field(&mut self, key: &str, number: f64) {
        self.key(key);
        self.raw(&number::float_text(number));
    }

    /// The fields of an object, inside one that is open; what is undefined is left out.
    pub fn fields(&mut self, fields: &[Field<'_>]) {
        for (key, value) in fields {
            if value.is_there() {
                self.key(key);
                self.value(value);
            }
        }
    }

    /// Any value.
    pub fn value(&mut self, value: &Value) {
        match value {
            Value::Bool(true) => self.raw("true"),
            Value::Bool(false) => self.raw("false"),
            Value::Int(number) => self.raw(&number.to_string()),
            Value::Float(number) if number.is_finite() => self.raw(&number::float_text(*number)),
            Value::Text(text) => self.text(text),
            Value::List(items) => {
                self.open('[');
                items.iter().for_each(|item| self.value(item));
                self.close(']');
            }
            Value::Object(fields) => {
                self.open('{');
                self.fields(fields);
                self.close('}');
            }
            Value::Null | Value::Undefined | Value::Float(_) | Value::Binary(_) | Value::Foreign(_) => {
                self.raw("null");
            }
        }
    }

    fn separate(&mut self) {
        if self.follows {
            self.out.push(',');
        }
    }
}

/// Adds text in JSON's quotes.
pub fn quote(out: &mut String, text: &str) {
    out.push('"');
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        // What needs no escape goes over in one piece.
        out.push_str(text.get(from..at).unwrap_or_default());
        from = at.saturating_add(1);
        out.push('\\');
        match byte {
            b'\n' => out.push('n'),
            b'\r' => out.push('r'),
            b'\t' => out.push('t'),
            0..b' ' => {
                out.push_str(if byte < 16 { "u000" } else { "u001" });
                out.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
            }
            other => out.push(char::from(other)),
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out.push('"');
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/json.rs"]
mod tests;
