//! `host/exchange.js`, `engine/rejection.js` and `host/snapshot.js`, as seen from here. None of their functions throws.

use super::call::Call;
use super::stop::Stop;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::RequestInit;

// Tests run without the package around them, so there the file itself comes along.
#[cfg_attr(test, wasm_bindgen(module = "/pkg-template/host/exchange.js"))]
#[cfg_attr(not(test), wasm_bindgen(raw_module = "../host/exchange.js"))]
extern "C" {
    pub fn now() -> f64;
    /// Asks for the authorization, in an attempt of at most `ms` milliseconds (0: no limit).
    pub fn authorize(call: &Call, stop: &Stop, ms: f64) -> Promise;
    /// Looks at the files; `ms` counts from what came before in the attempt, here and in [`exchange`].
    #[wasm_bindgen(js_name = lookAtFiles)]
    pub fn look_at_files(call: &Call, stop: &Stop, ms: f64) -> Promise;
    /// One request and its answer.
    pub fn exchange(call: &Call, url: &str, init: &RequestInit, stop: &Stop, ms: f64) -> Promise;
    /// Waits for the turn that the call has asked for, at most `ms` milliseconds.
    #[wasm_bindgen(js_name = waitTurn)]
    pub fn wait_turn(call: &Call, stop: &Stop, ms: f64) -> Promise;
    #[wasm_bindgen(js_name = seenThrown)]
    pub fn seen_thrown(thrown: &JsValue) -> JsValue;

    /// What one attempt saw.
    #[derive(Clone)]
    pub type Seen;
    /// Plain data to judge it by.
    #[wasm_bindgen(method, getter)]
    pub fn facts(this: &Seen) -> JsValue;
    /// What the authorization function gave, or the answer's JSON.
    #[wasm_bindgen(method, getter)]
    pub fn value(this: &Seen) -> JsValue;
}

// Tests run without the package around them, so there the file itself comes along.
#[cfg_attr(test, wasm_bindgen(module = "/pkg-template/host/snapshot.js"))]
#[cfg_attr(not(test), wasm_bindgen(raw_module = "../host/snapshot.js"))]
extern "C" {
    #[cfg(test)]
    #[wasm_bindgen(thread_local_v2, js_name = Marker)]
    static MARKER: JsValue;

    /// 0 undefined, 1 boolean, 2 number, 3 string, 4 [`Marker`], 5 list, 6 object, 7 bigint, 8 null.
    #[wasm_bindgen(js_name = kindOf)]
    pub fn kind_of(value: &JsValue) -> u8;
    /// The keys and values of an object, one after the other.
    #[wasm_bindgen(js_name = entriesOf)]
    pub fn entries(object: &JsValue) -> Array;

    /// What a snapshot holds in place of something JSON cannot carry.
    pub type Marker;
    /// What it is, in words; the media type of a binary.
    #[wasm_bindgen(method, getter)]
    pub fn what(this: &Marker) -> String;
    /// Bytes of a binary.
    #[wasm_bindgen(method, getter)]
    pub fn size(this: &Marker) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    pub fn index(this: &Marker) -> u32;
    /// A File's name.
    #[wasm_bindgen(method, getter)]
    pub fn name(this: &Marker) -> Option<String>;
}

// Tests run without the package around them, so there the file itself comes along.
#[cfg_attr(test, wasm_bindgen(module = "/pkg-template/engine/rejection.js"))]
#[cfg_attr(not(test), wasm_bindgen(raw_module = "./rejection.js"))]
extern "C" {
    /// `authorization` is the header of the last attempt, which nobody is to read in what others wrote of it.
    pub fn reject(class: &str, fields: &JsValue, source: &JsValue, authorization: Option<&str>) -> JsValue;
}

/// A call's [`Stop`]: its listener and timer are released on every path.
pub struct Guard(Stop);

impl Guard {
    /// Listens to the caller's signal.
    pub fn new(call: &Call) -> Guard {
        Guard(Stop::new(&call.signal()))
    }
}

impl std::ops::Deref for Guard {
    type Target = Stop;

    fn deref(&self) -> &Stop {
        &self.0
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// The class itself, for tests that make a marker.
#[cfg(test)]
pub fn marker_class() -> JsValue {
    MARKER.with(JsValue::clone)
}
