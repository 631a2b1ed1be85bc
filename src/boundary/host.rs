//! What is asked of JavaScript, file by file. None of their functions throws.

use super::call::Call;
use super::stop::Stop;
use js_sys::Promise;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

// Tests run without the package around them, so there the files themselves come along.
#[cfg_attr(test, wasm_bindgen(module = "/pkg-template/host/ahead.js"))]
#[cfg_attr(not(test), wasm_bindgen(raw_module = "../host/ahead.js"))]
extern "C" {
    /// Asks for the authorization, in an attempt of at most `ms` milliseconds (0: no limit).
    pub fn authorize(call: &Call, stop: &Stop, ms: f64) -> Promise;
    /// Looks at the files; `ms` counts from what came before in the attempt, here and in [`exchange`].
    #[wasm_bindgen(js_name = lookAtFiles)]
    pub fn look_at_files(call: &Call, stop: &Stop, ms: f64) -> Promise;
    /// Waits for the turn that the call has asked for, at most `ms` milliseconds.
    #[wasm_bindgen(js_name = waitTurn)]
    pub fn wait_turn(call: &Call, stop: &Stop, ms: f64) -> Promise;
}

#[cfg_attr(test, wasm_bindgen(module = "/pkg-template/host/exchange.js"))]
#[cfg_attr(not(test), wasm_bindgen(raw_module = "../host/exchange.js"))]
extern "C" {
    pub fn now() -> f64;
    /// One request and its answer; `body` is JSON text, a form or undefined, and `bytes` are those of its files.
    #[allow(clippy::too_many_arguments)]
    pub fn exchange(
        call: &Call,
        method: &str,
        url: &str,
        authorization: Option<&str>,
        body: &JsValue,
        bytes: f64,
        stop: &Stop,
        ms: f64,
    ) -> Promise;
}

#[cfg_attr(test, wasm_bindgen(module = "/pkg-template/host/seen.js"))]
#[cfg_attr(not(test), wasm_bindgen(raw_module = "../host/seen.js"))]
extern "C" {
    #[wasm_bindgen(js_name = seenThrown)]
    pub fn seen_thrown(thrown: &JsValue) -> JsValue;

    /// What one attempt saw.
    #[derive(Clone)]
    pub type Seen;
    /// The answer's JSON.
    #[wasm_bindgen(method, getter)]
    pub fn value(this: &Seen) -> JsValue;
}

#[cfg_attr(test, wasm_bindgen(module = "/pkg-template/host/records.js"))]
#[cfg_attr(not(test), wasm_bindgen(raw_module = "../host/records.js"))]
extern "C" {
    /// What it saw, to judge it by: see `Facts`.
    #[wasm_bindgen(js_name = factsText)]
    pub fn facts_text(seen: &Seen) -> String;
}

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
