//! Data for JavaScript.

use crate::data::told::Told;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// Plain JavaScript data.
///
/// serde-wasm-bindgen writes what goes out, but is not asked to read: its error texts alone, which nobody
/// would see, print numbers and with that are a tenth of the engine.
pub fn to_js(told: &Told) -> JsValue {
    told.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}
