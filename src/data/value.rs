//! [`Value`]: any data of a caller or of the server, before anything is known of it.
//!
//! One small tree stands for every request and answer: validation has to walk a tree anyway to report every
//! issue with its path, and serde's price is paid once instead of per model. `Serialize` takes it to JavaScript;
//! `Deserialize` reads JSON in native builds (what comes from JavaScript is read by the boundary itself).

use crate::data::number;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::fmt;

/// How deep a tree is read. Anything deeper becomes [`Value::Foreign`]: real messages are four deep,
/// and unbounded recursion would overflow the stack.
pub const MAX_DEPTH: u8 = 64;

/// JSON data, plus what JavaScript has and JSON has not.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
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
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// An object, its fields in the order they were written.
    Object(Vec<(String, Value)>),
    /// A Blob, File or buffer, described; its bytes stay in JavaScript.
    Binary(Binary),
    /// Something JSON cannot carry, described for a reader: `a function`, `a Date`.
    Foreign(String),
}

/// In place of a buffer's media type.
pub const BUFFER: &str = "buffer";

/// What is known of a Blob, File or buffer that JavaScript holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binary {
    /// Position in the list of binaries that goes along with the tree.
    pub index: u32,
    /// Bytes.
    pub size: u64,
    /// Its media type, empty when it has none; [`BUFFER`] for a buffer.
    pub media_type: String,
    /// The name of a File; `None` for a Blob or a buffer, which have none.
    pub name: Option<String>,
}

impl Value {
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
            Value::Text(text) if text.is_empty() => "an empty string",
            Value::Text(_) => "a string",
            Value::List(_) => "an array",
            Value::Object(_) => "an object",
            Value::Binary(binary) if binary.name.is_some() => "a File",
            Value::Binary(_) => "binary data",
            Value::Foreign(what) => what,
        }
    }

    /// The field of an object, if this is one and has it.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Object(fields) => fields
                .iter()
                .find(|(name, _)| name == key)
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

    /// Whether this is an object with this field `true`.
    pub fn is_set(&self, key: &str) -> bool {
        matches!(self.get(key), Some(Value::Bool(true)))
    }

    /// The text, if this is text.
    pub fn as_text(&self) -> Option<&str> {
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

    /// A number: whole ones that JavaScript holds exactly become [`Value::Int`].
    pub fn number(number: f64) -> Value {
        const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;
        if number.trunc() == number && number.abs() <= MAX_SAFE_INTEGER {
            Value::Int(number as i64)
        } else {
            Value::Float(number)
        }
    }

    /// An id as JavaScript can hold it: a number, or a string of digits from 2^53 on.
    pub fn id(id: i64) -> Value {
        const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;
        if id <= MAX_SAFE_INTEGER { Value::Int(id) } else { Value::Text(number::int_text(id)) }
    }

    /// Text as a value.
    pub fn text(text: impl Into<String>) -> Value {
        Value::Text(text.into())
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        AtDepth(0).deserialize(deserializer)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null | Value::Undefined | Value::Binary(_) | Value::Foreign(_) => {
                serializer.serialize_unit()
            }
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            // JavaScript has one kind of number; an id beyond it is text by now, see Value::id.
            Value::Int(number) => serializer.serialize_f64(*number as f64),
            Value::Float(number) => serializer.serialize_f64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Value::Object(fields) => {
                let mut object = serializer.serialize_map(Some(fields.len()))?;
                for (key, value) in fields {
                    object.serialize_entry(key, value)?;
                }
                object.end()
            }
        }
    }
}

/// An object that is being put together for JavaScript.
#[derive(Debug, Default)]
pub struct ObjectBuilder(Vec<(String, Value)>);

impl ObjectBuilder {
    /// Adds a field.
    #[inline(never)]
    pub fn add(&mut self, key: &str, value: Value) {
        self.0.push((key.to_owned(), value));
    }

    /// Adds a text.
    #[inline(never)]
    pub fn text(&mut self, key: &str, text: &str) {
        self.add(key, Value::text(text));
    }

    /// Adds a whole number.
    #[inline(never)]
    pub fn int(&mut self, key: &str, number: Option<i64>) {
        if let Some(number) = number {
            self.add(key, Value::Int(number));
        }
    }

    /// The object.
    pub fn build(self) -> Value {
        Value::Object(self.0)
    }
}

/// Reads one value that stands this many levels deep.
struct AtDepth(u8);

impl<'de> DeserializeSeed<'de> for AtDepth {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl AtDepth {
    fn below<E: Error>(&self) -> Result<AtDepth, E> {
        match self.0.checked_add(1) {
            Some(depth) if depth <= MAX_DEPTH => Ok(AtDepth(depth)),
            _ => Err(E::custom("nested too deeply")),
        }
    }
}

impl<'de> Visitor<'de> for AtDepth {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("JSON data")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(match i64::try_from(value) {
            Ok(value) => Value::Int(value),
            Err(_) => Value::Foreign("an integer of 2^63 or more".to_owned()),
        })
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::text(value))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.below()?)? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = entries.next_key::<String>()? {
            fields.push((key, entries.next_value_seed(self.below()?)?));
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/value.rs"]
mod tests;
