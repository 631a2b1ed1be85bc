//! [`Value`]: any data of a caller or of the server, before anything is known of it.
//!
//! One small tree stands for every request and answer: validation has to walk a tree anyway to report every
//! issue with its path. Its words are borrowed from the one text that brought them, see [`crate::data::tagged`].

/// JSON data, plus what JavaScript has and JSON has not.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// `null`.
    Null,
    /// `undefined`; a field that is undefined is not there, as in JSON.
    Undefined,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number: a JavaScript safe integer, or a bigint that fits.
    Int(i64),
    /// Any other number, NaN and the infinities included.
    Float(f64),
    /// Text; always whole Unicode scalar values.
    Text(&'a str),
    /// A list.
    List(Vec<Value<'a>>),
    /// An object, its fields in the order they were written.
    Object(Vec<Field<'a>>),
    /// A Blob, File or buffer, described; its bytes stay in JavaScript.
    Binary(Binary<'a>),
    /// Something JSON cannot carry, described for a reader: `a function`, `a Date`.
    Foreign(&'a str),
}

/// A field's name and value.
pub type Field<'a> = (&'a str, Value<'a>);

/// In place of a buffer's media type.
pub const BUFFER: &str = "buffer";

/// What is known of a Blob, File or buffer that JavaScript holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binary<'a> {
    /// Position in the list of binaries that goes along with the tree.
    pub index: u32,
    /// Bytes.
    pub size: u64,
    /// Its media type, empty when it has none; [`BUFFER`] for a buffer.
    pub media_type: &'a str,
    /// The name of a File; `None` for a Blob or a buffer, which have none.
    pub name: Option<&'a str>,
}

impl<'a> Value<'a> {
    /// What this is, in words that fit behind "got".
    pub fn describe(&self) -> &str {
        match self {
            Value::Null => "null",
            Value::Undefined => "undefined",
            Value::Bool(_) => "a boolean",
            Value::Int(_) => "a number",
            Value::Float(number) if number.is_nan() => "NaN",
            Value::Float(number) if number.is_infinite() => "an infinite number",
            Value::Float(_) => "a number",
            Value::Text("") => "an empty string",
            Value::Text(_) => "a string",
            Value::List(_) => "an array",
            Value::Object(_) => "an object",
            Value::Binary(binary) if binary.name.is_some() => "a File",
            Value::Binary(_) => "binary data",
            Value::Foreign(what) => what,
        }
    }

    /// The field of an object, if this is one and has it.
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        match self {
            Value::Object(fields) => fields
                .iter()
                .find(|(name, _)| *name == key)
                .map(|(_, value)| value)
                .filter(|value| value.is_there()),
            _ => None,
        }
    }

    /// Whether this is not `undefined`.
    pub fn is_there(&self) -> bool {
        !matches!(self, Value::Undefined)
    }

    /// Whether this is `null` or `undefined`.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null | Value::Undefined)
    }

    /// The text, if this is text.
    pub fn as_text(&self) -> Option<&'a str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, if this is one.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/value.rs"]
mod tests;
