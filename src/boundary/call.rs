//! What JavaScript passes along with a call, and only JavaScript can hold.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// A plain object that only the facade makes.
    pub type Call;

    /// The plain data, see `Settings`.
    #[wasm_bindgen(method, getter)]
    pub fn data(this: &Call) -> JsValue;
    #[wasm_bindgen(method, getter)]
    pub fn fetch(this: &Call) -> Function;
    #[wasm_bindgen(method, getter)]
    pub fn authorization(this: &Call) -> Option<Function>;
    #[wasm_bindgen(method, getter)]
    pub fn signal(this: &Call) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = onEvent)]
    pub fn on_event(this: &Call) -> Option<Function>;
    /// The Blobs the message refers to.
    #[wasm_bindgen(method, getter)]
    pub fn binaries(this: &Call) -> Array;
}
