//! The only part that knows JavaScript: the exported async functions, and how an attempt is made.
//!
//! No struct is exported and nothing has to be freed: a client's state lives in the facade, which passes
//! it along with every call. Every value from JavaScript is arbitrary until `Value` holds it.

mod attempt;
mod body;
mod call;
mod convert;
mod error;
mod events;
#[cfg(feature = "forced-panic")]
mod forced_panic;
mod host;
mod send;
mod stop;

#[cfg(test)]
mod joint_tests;
#[cfg(test)]
mod tests;

use crate::data::told::{self, ObjectBuilder};
use crate::data::value::Value;
use crate::failure;
use crate::input::issue::list_to_value;
use crate::message::definition;
use crate::policy::next;
use crate::request::prepare;
use crate::request::settings::{Settings, Written};
use call::Call;
use lol_alloc::{AssumeSingleThreaded, FreeListAllocator};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen::throw_str;

/// One of the four calls: `kind` is `text`, `attachments`, `template` or `retry`.
///
/// Resolves to the server's message; rejects with a `LiveDeskError`. One export serves all four, since
/// every exported async function adds half a kilobyte to the engine.
#[wasm_bindgen]
pub async fn send(call: Call) -> Result<JsValue, JsValue> {
    send::send(&call).await
}

/// Every issue with a message, sending nothing.
#[wasm_bindgen]
pub fn validate(call: Call) -> JsValue {
    let text = call.text();
    let settings = settings(&text);
    #[cfg(feature = "forced-panic")]
    forced_panic::at("in validate", &settings.written.message);
    let issues = prepare::validate(settings.operation, &settings.input(true));
    convert::to_js(&list_to_value(&issues))
}

/// Of every request.
fn method() -> &'static str {
    gloo_net::http::Method::POST.as_str()
}

/// What the facade wrote. Should it be of another build than this engine, that is a breakdown, see pending.js.
fn settings(text: &str) -> Settings<'_> {
    let read = Settings::read(text);
    read.unwrap_or_else(|| throw_str("the engine does not understand the package around it"))
}

/// Why a delivery failed and what to do: of a message, its `external_error`, or `null`.
#[wasm_bindgen(js_name = explainFailure)]
pub fn explain_failure(call: Call) -> JsValue {
    let text = call.text();
    let settings = settings(&text);
    convert::to_js(&failure::explain(&settings.written.message, settings.channel()).to_value())
}

/// What a queue does next: in place of a message, `{ ended, attempts }`.
#[wasm_bindgen(js_name = nextStep)]
pub fn next_step(call: Call) -> JsValue {
    let text = call.text();
    let settings = settings(&text);
    let asked = &settings.written.message;
    let attempts = asked.get("attempts").and_then(Value::as_int).unwrap_or(1);
    let ended = asked.get("ended").unwrap_or(&Value::Undefined);
    convert::to_js(&next::step(ended, attempts, settings.channel()))
}

/// A template as the customer will read it: `{ text, issues }`, the text of which is JSON. Its parameters are what stands
/// in place of a message.
#[wasm_bindgen(js_name = previewTemplate)]
pub fn preview_template(call: Call) -> JsValue {
    let text = call.text();
    let Written { definition, message, .. } = settings(&text).written;
    let (shown, issues) = definition::preview(&definition, &message);
    let mut told = ObjectBuilder::default();
    told.text(told::TEXT, &shown);
    told.issues(told::ISSUES, list_to_value(&issues));
    convert::to_js(&told.build())
}

/// Makes the next call start a new instance. The facade asks for it when the engine broke down, which
/// shipped Rust does not do to the best of our knowledge; see pending.js.
#[wasm_bindgen]
pub fn restart() {
    wasm_bindgen::handler::schedule_reinit();
}

// A tenth of std's allocator in size. Calls hold a few dozen small blocks, so its walk of the free list is short.
#[allow(unsafe_code)]
#[global_allocator]
// SAFETY: wasm without threads runs on one thread only.
static ALLOCATOR: AssumeSingleThreaded<FreeListAllocator> =
    unsafe { AssumeSingleThreaded::new(FreeListAllocator::new()) };
