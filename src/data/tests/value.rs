//! Values of JSON, for the tests of all rooms, and the reading of what JavaScript writes.

use super::*;
use crate::data::tagged::{Reader, whole};
use serde::de::{Deserialize, Deserializer};

impl<'a> Value<'a> {
    /// Text as a value.
    pub fn text(text: &'a str) -> Value<'a> {
        Value::Text(text)
    }
}

/// A word that is never given back.
fn kept(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

/// So that tests can write values as JSON.
impl<'de> Deserialize<'de> for Value<'static> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value<'static>, D::Error> {
        serde_json::Value::deserialize(deserializer).map(of)
    }
}

fn of(json: serde_json::Value) -> Value<'static> {
    use serde_json::Value as Json;
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(flag),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Value::Int(number),
            None => Value::Float(number.as_f64().unwrap()),
        },
        Json::String(text) => Value::Text(kept(&text)),
        Json::Array(items) => Value::List(items.into_iter().map(of).collect()),
        Json::Object(fields) => {
            Value::Object(fields.into_iter().map(|(key, value)| (kept(&key), of(value))).collect())
        }
    }
}

fn read(text: &str) -> Value<'static> {
    let mut reader = Reader::new(kept(&whole(text)));
    let value = reader.value();
    assert!(reader.has_ended(), "{text}");
    value
}

#[test]
fn reads_every_kind_of_value() {
    for (text, value) in [
        ("u", Value::Undefined),
        ("n", Value::Null),
        ("t", Value::Bool(true)),
        ("f", Value::Bool(false)),
        ("m7;", Value::Int(-7)),
        ("i9223372036854775807;", Value::Int(i64::MAX)),
        ("d1073217536;0;", Value::Float(1.5)),
        ("d2146435072;0;", Value::Float(f64::INFINITY)),
        ("s0;", Value::Text("")),
        ("s3;é😀", Value::Text("é😀")),
        ("s4;;u\0\"", Value::Text(";u\0\"")),
        ("x10;a function", Value::Foreign("a function")),
        ("[0;", Value::List(vec![])),
        ("[2;n[1;t", Value::List(vec![Value::Null, Value::List(vec![Value::Bool(true)])])),
        ("{2;9;__proto__i1;0;u", Value::Object(vec![("__proto__", Value::Int(1)), ("", Value::Undefined)])),
        (
            "b3;70;9;image/pngs5;é.png",
            Value::Binary(Binary { index: 3, size: 70, media_type: "image/png", name: Some("é.png") }),
        ),
        ("b0;5;6;bufferu", Value::Binary(Binary { index: 0, size: 5, media_type: BUFFER, name: None })),
    ] {
        assert_eq!(read(text), value, "{text}");
    }
    assert!(matches!(read("d2146959360;0;"), Value::Float(number) if number.is_nan()));
}

#[test]
fn what_is_no_tagged_text_is_known_for_it_at_its_end_and_brings_nothing_more() {
    for text in [
        "",
        "y",
        "i",
        "i7",
        "i7.5;",
        "s5;shor",
        "[9;t",
        "[1;",
        "{1;1;a",
        "{1;t",
        "[99999999999;",
        "b0;1;2;ab",
    ] {
        let text = whole(text);
        let mut reader = Reader::new(&text);
        reader.value();
        assert!(!reader.has_ended(), "{text}");
        assert_eq!((reader.flag(), reader.count(), reader.list(|item| item.text())), (false, None, vec![]));
        assert!(!reader.has_ended(), "{text}");
    }
}

#[test]
fn a_field_of_another_kind_is_missing_and_the_next_is_read() {
    let mut reader = Reader::new("23;s1;ai1;{1;1;as1;b[1;tt");
    assert_eq!((reader.flag(), reader.text(), reader.number()), (false, None, None));
    assert_eq!((reader.list(|item| item.count()), reader.flag()), (vec![None], true));
    assert!(reader.has_ended());
}

#[test]
fn reads_no_tree_deeper_than_64_levels() {
    let nested = |depth| format!("{}n", "[1;".repeat(depth));
    assert!(matches!(read(&nested(64)), Value::List(_)));
    let deep = whole(&nested(65));
    let mut reader = Reader::new(&deep);
    reader.value();
    assert!(!reader.has_ended());
}
