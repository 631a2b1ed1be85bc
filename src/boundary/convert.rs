//! Between JavaScript's values and [`Value`].

use super::host::Marker;
use crate::value::{Binary, MAX_DEPTH, Value};
use js_sys::{Array, Object};
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
    if tree.is_null() || tree.is_undefined() {
        Value::Null
    } else if let Some(flag) = tree.as_bool() {
        Value::Bool(flag)
    } else if let Some(number) = tree.as_f64() {
        Value::number(number)
    } else if let Some(text) = tree.as_string() {
        Value::Text(text)
    } else {
        read_object(tree, depth)
    }
}

fn read_object(tree: &JsValue, depth: u8) -> Value {
    let below = depth.saturating_add(1);
    if below > MAX_DEPTH {
        Value::Foreign("data nested too deeply".to_owned())
    } else if let Some(list) = tree.dyn_ref::<Array>() {
        let item = |index| read_at(&list.get(index), below);
        Value::List((0..list.length()).map(item).collect())
    } else if let Some(marker) = tree.dyn_ref::<Marker>() {
        read_marker(marker)
    } else {
        let entries = Object::entries(tree.unchecked_ref());
        let field = |index| {
            let entry: Array = entries.get(index).unchecked_into();
            (entry.get(0).as_string().unwrap_or_default(), read_at(&entry.get(1), below))
        };
        Value::Object((0..entries.length()).map(field).collect())
    }
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
