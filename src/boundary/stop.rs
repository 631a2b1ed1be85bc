//! `host/stop.js`, as seen from here. None of its methods throws.

use js_sys::Promise;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

// Tests run without the package around them, so there the file itself comes along.
#[cfg_attr(test, wasm_bindgen(module = "/pkg-template/host/stop.js"))]
#[cfg_attr(not(test), wasm_bindgen(raw_module = "../host/stop.js"))]
extern "C" {
    pub type Stop;
    #[wasm_bindgen(constructor)]
    pub fn new(signal: &JsValue) -> Stop;
    #[wasm_bindgen(method, getter)]
    pub fn aborted(this: &Stop) -> bool;
    /// Milliseconds since the call began, on the clock that says more.
    #[wasm_bindgen(method)]
    pub fn elapsed(this: &Stop) -> f64;
    #[wasm_bindgen(method)]
    pub fn end(this: &Stop);
    #[wasm_bindgen(method)]
    pub fn close(this: &Stop);
    #[wasm_bindgen(method)]
    pub fn wait(this: &Stop, ms: f64) -> Promise;
}
