//! Between JavaScript's values and [`Value`].

use super::host::{self, Marker};
use crate::data::number;
use crate::data::value::{Binary, MAX_DEPTH, Value};
use js_sys::{Array, BigInt};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue};

/// A snapshot's tree, or JSON that was just parsed.
///
/// serde-wasm-bindgen writes what goes out, but is not asked to read: its error texts alone, which nobody
/// would see, print numbers and with that are a tenth of the engine.
pub fn read(tree: &JsValue) -> Value {
    read_at(tree, 0)
}

fn read_at(tree: &JsValue, depth: u8) -> Value {
    // One question to JavaScript rather than one for each type it might be.
    match host::kind_of(tree) {
        0 => Value::Undefined,
        1 => Value::Bool(tree.is_truthy()),
        2 => Value::number(tree.unchecked_into_f64()),
        3 => Value::Text(tree.as_string().unwrap_or_default()),
        4 => read_marker(tree.unchecked_ref()),
        5 | 6 if depth >= MAX_DEPTH => Value::Foreign("data nested too deeply".to_owned()),
        5 => {
            let list: &Array = tree.unchecked_ref();
            let mut items = Vec::new();
            for index in 0..list.length() {
                items.push(read_at(&list.get(index), depth.saturating_add(1)));
            }
            Value::List(items)
        }
        6 => read_fields(&host::entries(tree), depth.saturating_add(1)),
        7 => read_bigint(tree.unchecked_ref()),
        _ => Value::Null,
    }
}

/// A snapshot has none that is beyond an i64.
fn read_bigint(bigint: &BigInt) -> Value {
    let digits = bigint.to_string(10).map(String::from).unwrap_or_default();
    number::parse_digits(&digits).map_or(Value::Null, Value::Int)
}

/// Keys and values, one after the other.
fn read_fields(entries: &Array, depth: u8) -> Value {
    let mut fields = Vec::new();
    let mut index = 0;
    while index < entries.length() {
        let key = entries.get(index).as_string().unwrap_or_default();
        let value_at = index.saturating_add(1);
        fields.push((key, read_at(&entries.get(value_at), depth)));
        index = index.saturating_add(2);
    }
    Value::Object(fields)
}

fn read_marker(marker: &Marker) -> Value {
    match marker.size() {
        Some(size) => Value::Binary(Binary {
            index: marker.index(),
            // Sizes are whole and below 2^53: snapshot.js takes them from Blobs.
            size: size as u64,
            media_type: marker.what(),
            name: marker.name(),
        }),
        None => Value::Foreign(marker.what()),
    }
}

/// Plain JavaScript data.
pub fn to_js(value: &Value) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}
