//! One attempt: the request, and what came of it.

use super::body;
use super::call::Call;
use super::host::{self, Guard, Seen};
use crate::answer::expected::Expected;
use crate::answer::facts::Facts;
use crate::answer::judge::judge;
use crate::answer::message::Message;
use crate::answer::network;
use crate::policy::code::Code;
use crate::policy::failed::Failed;
use crate::request::credentials;
use crate::request::ready::Request;
use wasm_bindgen::{JsCast, JsValue};

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
    /// The same, to be read: see `Facts`.
    pub text: String,
    /// Whether it says that the delivery failed.
    pub has_failed: bool,
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
pub fn authorized(result: Result<JsValue, JsValue>, stop: &Guard) -> Result<Option<String>, Box<Broken>> {
    let seen = seen(result);
    let text = host::facts_text(&seen);
    let facts = Facts::of(&text);
    if facts.stopped {
        Err(stopped(stop, Failed::stopped(stop.aborted(), false)))
    } else if facts.failed {
        Err(Broken::new(Failed::new(Code::AuthorizationFailed), seen))
    } else if facts.authorization.is_some_and(credentials::is_header_value) {
        Ok(facts.authorization.map(str::to_owned))
    } else {
        Err(Broken::new(Failed::new(Code::InvalidInput), JsValue::UNDEFINED))
    }
}

/// Whether the request's turn came, or comes too late.
pub fn turn_came(result: Result<JsValue, JsValue>, stop: &Guard) -> Result<(), Box<Broken>> {
    let seen = seen(result);
    check_aborted(stop)?;
    let text = host::facts_text(&seen);
    let Some(ms) = Facts::of(&text).late else {
        return Ok(());
    };
    let mut failed = Failed::unsent(Code::TotalTimeout);
    failed.retry_after_ms = Some(ms);
    Err(Broken::new(failed, JsValue::UNDEFINED))
}

/// Whether the files can still be read.
pub fn files_seen(result: Result<JsValue, JsValue>, stop: &Guard) -> Result<(), Box<Broken>> {
    let seen = seen(result);
    let text = host::facts_text(&seen);
    let facts = Facts::of(&text);
    if facts.stopped {
        return Err(stopped(stop, Failed::stopped(stop.aborted(), false)));
    }
    if facts.failed {
        return Err(Broken::new(Failed::unreadable(facts.unreadable), seen));
    }
    Ok(())
}

/// The request's body as fetch takes it, built anew for every attempt.
pub fn body(call: &Call, request: &Request, stop: &Guard) -> Result<JsValue, Box<Broken>> {
    body::body(call, request, stop)
        .map_err(|thrown| Broken::new(Failed::new(Code::FormFailed), host::seen_thrown(&thrown)))
}

/// What fetch brought; `called` is false if it was too late to call it.
pub struct Exchange {
    pub called: bool,
    pub status: Option<u16>,
    pub result: Result<Answer, Box<Broken>>,
}

/// Judges the one request and its whole answer.
pub fn exchanged(result: Result<JsValue, JsValue>, expected: &Expected, stop: &Guard) -> Exchange {
    let seen = seen(result);
    let text = host::facts_text(&seen);
    let facts = Facts::of(&text);
    let (called, status) = (!facts.uncalled, facts.status);
    // An error status counts even when the body behind it was stopped.
    let result = if facts.stopped && !facts.refused {
        Err(stopped(stop, stopped_by(stop.aborted(), called, &facts)))
    } else {
        match judge(&facts, expected, js_sys::Date::now()) {
            Ok(()) => {
                let has_failed = Message::read(&facts.body).is_some_and(Message::has_failed);
                Ok(Answer { seen, text, has_failed })
            }
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
