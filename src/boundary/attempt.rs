//! One attempt: the request, and what came of it.

use super::body::request_init;
use super::call::Call;
use super::convert;
use super::host::{self, Guard, Seen};
use crate::attempt::{Failed, Why, judge};
use crate::credentials;
use crate::models::request::Request;
use crate::retry::Happened;
use crate::settings::Settings;
use crate::value::Value;
use js_sys::JsString;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit};

/// A failed attempt, and where an error about it finds what only JavaScript can hold.
pub struct Broken {
    pub failed: Failed,
    pub source: JsValue,
}

impl Broken {
    fn new(failed: Failed, source: impl Into<JsValue>) -> Box<Broken> {
        Box::new(Broken { failed, source: source.into() })
    }
}

/// LiveDesk answered with a message.
pub struct Answer {
    /// For the caller, and for an error about it.
    pub seen: Seen,
    /// The same, to be read.
    pub facts: Value,
}

/// Whether the caller's signal ended the call before this.
pub fn check_aborted(stop: &Guard) -> Result<(), Box<Broken>> {
    if stop.aborted() { Err(stopped(stop, false)) } else { Ok(()) }
}

/// The caller's signal or the clock ended it; `sent` once fetch had been called.
fn stopped(stop: &Guard, sent: bool) -> Box<Broken> {
    let aborted = stop.aborted();
    let stop: &JsValue = stop.as_ref();
    let source = if aborted { stop.clone() } else { JsValue::UNDEFINED };
    Broken::new(Failed::stopped(aborted, sent), source)
}

/// The Authorization header, if there is to be one; a function is asked anew each time.
pub async fn authorization(
    call: &Call,
    settings: &Settings,
    stop: &Guard,
) -> Result<Option<String>, Box<Broken>> {
    let Some(ask) = call.authorization() else {
        return Ok(settings.authorization());
    };
    let seen = settle(host::authorize(&ask, stop)).await;
    let facts = convert::read(&seen.facts());
    // Whatever the caller's function gave: text that is no header could be more than the engine holds.
    let value = seen.value().dyn_into::<JsString>().ok();
    let value = value.filter(|text| text.length() <= credentials::MOST_CHARACTERS).map(String::from);
    if facts.is_set("stopped") {
        Err(stopped(stop, false))
    } else if facts.is_set("failed") {
        let failed = Failed::new(Happened::NotSent, Why::AuthorizationFailed);
        Err(Broken::new(failed, seen))
    } else if value.as_deref().is_some_and(credentials::is_header_value) {
        Ok(value)
    } else {
        let failed = Failed::new(Happened::NotSent, Why::AuthorizationInvalid);
        Err(Broken::new(failed, JsValue::UNDEFINED))
    }
}

/// The request as fetch takes it, built anew for every attempt.
pub fn init(
    call: &Call,
    request: &Request,
    authorization: Option<&str>,
    signal: &AbortSignal,
) -> Result<RequestInit, Box<Broken>> {
    request_init(call, request, authorization, signal).map_err(|thrown| {
        let failed = Failed::new(Happened::NotSent, Why::NoForm);
        Broken::new(failed, host::seen_thrown(&thrown))
    })
}

/// Sends the request once and reads the whole answer.
pub async fn exchange(
    call: &Call,
    url: &str,
    init: &RequestInit,
    stop: &Guard,
) -> Result<Answer, Box<Broken>> {
    let seen = settle(host::exchange(&call.fetch(), url, init, stop)).await;
    let facts = convert::read(&seen.facts());
    // An error status counts even when the body behind it was stopped.
    if facts.is_set("stopped") && !facts.is_set("refused") {
        return Err(stopped(stop, true));
    }
    if facts.is_set("unsent") {
        return Err(Broken::new(Failed::new(Happened::NotSent, Why::NoForm), seen));
    }
    match judge(&facts, js_sys::Date::now()) {
        Ok(()) => Ok(Answer { seen, facts }),
        Err(failed) => Err(Broken::new(failed, seen)),
    }
}

/// The host's promises never reject; if one did, its reason would have no facts, which is no answer.
async fn settle(promise: js_sys::Promise) -> Seen {
    JsFuture::from(promise).await.unwrap_or_else(|thrown| host::seen_thrown(&thrown)).unchecked_into()
}
