//! What JavaScript passes along with a call, and only JavaScript can hold: `call.js`.

use super::stop::Stop;
use js_sys::Function;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::FormData;

#[wasm_bindgen]
extern "C" {
    /// An object that only the facade makes; of a question that sends nothing it has only the text.
    pub type Call;

    /// What it is about, see `Settings`. A getter: text that is an argument of an export is written before the glue
    /// starts a new engine after a breakdown.
    #[wasm_bindgen(method, getter)]
    pub fn text(this: &Call) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn authorization(this: &Call) -> Option<Function>;
    #[wasm_bindgen(method, getter)]
    pub fn signal(this: &Call) -> JsValue;
    /// Whom to tell of what happens, if anybody wants to know.
    #[wasm_bindgen(method, getter)]
    pub fn events(this: &Call) -> Option<Listener>;

    /// The text without what an error must not repeat; `authorization` is the header of the last attempt.
    #[wasm_bindgen(method)]
    pub fn redact(this: &Call, authorization: Option<&str>, text: &str) -> String;
    /// Asks for a turn; whether the request may go at once, else see [`super::host::wait_turn`].
    #[wasm_bindgen(method)]
    pub fn enter(this: &Call, authorization: &str) -> bool;
    /// How often in a row LiveDesk has refused, now that it refused this, whoever's requests.
    #[wasm_bindgen(method, getter)]
    pub fn refusals(this: &Call) -> u32;
    /// The turn is given back: there was no request, or no answer.
    #[wasm_bindgen(method)]
    pub fn leave(this: &Call);
    /// The same: it was answered with anything but a 429.
    #[wasm_bindgen(method)]
    pub fn passed(this: &Call);
    /// The same: it was answered with a 429, and nobody is to go for `pause_ms`.
    #[wasm_bindgen(method)]
    pub fn refused(this: &Call, pause_ms: f64);

    /// The form of these texts and files.
    #[wasm_bindgen(method, catch)]
    pub fn form(this: &Call, told: &JsValue, stop: &Stop) -> Result<FormData, JsValue>;
    /// Whether a backend that sends a key once has said all there is to say: then nothing is repeated.
    #[wasm_bindgen(method, getter, js_name = isSettled)]
    pub fn is_settled(this: &Call) -> bool;
    /// Whether what it said last counts for the attempts before as well.
    #[wasm_bindgen(method, getter, js_name = isAboutAll)]
    pub fn is_about_all(this: &Call) -> bool;

    /// `events.js`.
    pub type Listener;
    #[wasm_bindgen(method)]
    pub fn emit(this: &Listener, event: &JsValue);
}
