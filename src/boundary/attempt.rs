//! One attempt: the request, and what came of it.

use super::body::request_init;
use super::call::Call;
use super::convert;
use super::host::{self, Guard, Seen};
use crate::answer::expected::Expected;
use crate::answer::facts::Facts;
use crate::answer::judge::judge;
use crate::answer::network;
use crate::data::value::Value;
use crate::policy::code::Code;
use crate::policy::failed::Failed;
use crate::request::credentials;
use crate::request::ready::Request;
use js_sys::JsString;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::RequestInit;

/// A failed attempt, and where an error about it finds what only JavaScript can hold.
pub struct Broken {
    pub failed: Failed,
    pub source: JsValue,
}

impl Broken {
    fn new(failed: Failed, source: impl Into<JsValue>) -> Box<Broken> {
        Box::new(Broken { failed, source: source.into() })
    }

    /// The call's time was over before the attempt began.
    pub fn late() -> Box<Broken> {
        Broken::new(Failed::late(), JsValue::UNDEFINED)
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
    if stop.aborted() { Err(stopped(stop, Failed::stopped(true, false))) } else { Ok(()) }
}

/// The caller's signal or the clock ended it; an error about the signal has its reason.
fn stopped(stop: &Guard, failed: Failed) -> Box<Broken> {
    let aborted = stop.aborted();
    let stop: &JsValue = stop.as_ref();
    Broken::new(failed, if aborted { stop.clone() } else { JsValue::UNDEFINED })
}

/// What the host's promise brought. It never rejects; if it did, its reason would have no facts, which is no answer.
fn seen(result: Result<JsValue, JsValue>) -> Seen {
    result.unwrap_or_else(|thrown| host::seen_thrown(&thrown)).unchecked_into()
}

/// The Authorization header that the caller's function gave.
#[inline(never)]
pub fn authorized(result: Result<JsValue, JsValue>, stop: &Guard) -> Result<Option<String>, Box<Broken>> {
    let seen = seen(result);
    let facts = convert::read(&seen.facts());
    let facts = Facts::read(&facts);
    // Whatever the caller's function gave: text that is no header could be more than the engine holds.
    let value = seen.value().dyn_into::<JsString>().ok();
    let value = value.filter(|text| text.length() <= credentials::MOST_CHARACTERS).map(String::from);
    if facts.stopped {
        Err(stopped(stop, Failed::stopped(stop.aborted(), false)))
    } else if facts.failed {
        Err(Broken::new(Failed::new(Code::AuthorizationFailed), seen))
    } else if value.as_deref().is_some_and(credentials::is_header_value) {
        Ok(value)
    } else {
        Err(Broken::new(Failed::new(Code::InvalidInput), JsValue::UNDEFINED))
    }
}

/// Whether the request's turn came, or comes too late.
#[inline(never)]
pub fn turn_came(result: Result<JsValue, JsValue>, stop: &Guard) -> Result<(), Box<Broken>> {
    let seen = seen(result);
    check_aborted(stop)?;
    let facts = convert::read(&seen.facts());
    let Some(ms) = Facts::read(&facts).late else {
        return Ok(());
    };
    let mut failed = Failed::unsent(Code::TotalTimeout);
    failed.retry_after_ms = Some(ms);
    Err(Broken::new(failed, JsValue::UNDEFINED))
}

/// Whether the files can still be read.
#[inline(never)]
pub fn files_seen(result: Result<JsValue, JsValue>, stop: &Guard) -> Result<(), Box<Broken>> {
    let seen = seen(result);
    let facts = convert::read(&seen.facts());
    let facts = Facts::read(&facts);
    if facts.stopped {
        return Err(stopped(stop, Failed::stopped(stop.aborted(), false)));
    }
    if facts.failed {
        return Err(Broken::new(Failed::unreadable(facts.unreadable), seen));
    }
    Ok(())
}

/// The request as fetch takes it, built anew for every attempt.
pub fn init(
    call: &Call,
    request: &Request,
    authorization: Option<&str>,
    stop: &Guard,
) -> Result<RequestInit, Box<Broken>> {
    request_init(call, request, authorization, stop)
        .map_err(|thrown| Broken::new(Failed::new(Code::FormFailed), host::seen_thrown(&thrown)))
}

/// What fetch brought; `called` is false if it was too late to call it.
pub struct Exchange {
    pub called: bool,
    pub status: Option<u16>,
    pub result: Result<Answer, Box<Broken>>,
}

/// Judges the one request and its whole answer.
#[inline(never)]
pub fn exchanged(result: Result<JsValue, JsValue>, expected: &Expected, stop: &Guard) -> Exchange {
    let seen = seen(result);
    let read = convert::read(&seen.facts());
    let facts = Facts::read(&read);
    let (called, status) = (!facts.uncalled, facts.status);
    // An error status counts even when the body behind it was stopped.
    let result = if facts.stopped && !facts.refused {
        Err(stopped(stop, stopped_by(stop.aborted(), called, &facts)))
    } else {
        match judge(&facts, expected, js_sys::Date::now()) {
            Ok(()) => Ok(Answer { seen, facts: read }),
            Err(failed) => Err(Broken::new(failed, seen)),
        }
    };
    Exchange { called, status, result }
}

fn stopped_by(aborted: bool, called: bool, facts: &Facts<'_>) -> Failed {
    // Whatever took an event's time would take the next one's: that is not tried again.
    if !called {
        return Failed::stopped(aborted, false);
    }
    let unsent = network::stopped_unsent(facts);
    if unsent && !aborted { Failed::late() } else { Failed::stopped(aborted, !unsent) }
}
