//! One attempt: the request, and what came of it.

use super::body::request_init;
use super::call::Call;
use super::convert;
use super::host::{self, Authorized, Exchange, Guard};
use crate::credentials;
use crate::models::message::Message;
use crate::models::request::Request;
use crate::network::{self, Proof};
use crate::retry::Happened;
use crate::retry_after::retry_after_ms;
use crate::settings::Settings;
use crate::value::Value;
use gloo_net::http::Headers;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit};

/// LiveDesk answered with a message.
pub struct Answer {
    /// The server's object, for the caller.
    pub message: JsValue,
    /// The same, to be read.
    pub value: Value,
    /// The HTTP status.
    pub status: u16,
}

/// What came of an attempt that brought no message.
pub struct Failed {
    /// For the retry policy.
    pub happened: Happened,
    /// For the caller.
    pub detail: Detail,
    /// The HTTP status, if one came.
    pub status: Option<u16>,
}

/// Why an attempt brought no message.
pub enum Detail {
    /// The caller's signal.
    Aborted,
    /// `timeout`, or what was left of `totalTimeout`.
    TimedOut,
    /// The `authorization` function threw this.
    AuthorizationFailed(JsValue),
    /// It gave something that is no header value.
    AuthorizationInvalid,
    /// The runtime threw this instead of building the form.
    NoForm(JsValue),
    /// fetch, or the reading of the answer, threw this.
    Thrown(JsValue, Proof, Option<String>),
    /// An error status.
    Refused(Exchange),
    /// A 2xx that is no message: what is wrong with it, and its text.
    Unreadable(&'static str, JsValue),
}

impl Failed {
    fn new(happened: Happened, detail: Detail) -> Failed {
        Failed {
            happened,
            detail,
            status: None,
        }
    }

    /// The caller's signal or the clock ended it; `sent` once fetch had been called.
    fn stopped(stop: &Guard, sent: bool) -> Failed {
        match (stop.why().as_str(), sent) {
            ("aborted", sent) => Failed::new(Happened::Aborted { sent }, Detail::Aborted),
            (_, true) => Failed::new(Happened::Lost, Detail::TimedOut),
            (_, false) => Failed::new(Happened::NotSent, Detail::TimedOut),
        }
    }
}

/// Whether the caller's signal ended the call before this.
pub fn check_aborted(stop: &Guard) -> Result<(), Failed> {
    match stop.why().as_str() {
        "aborted" => Err(Failed::stopped(stop, false)),
        _ => Ok(()),
    }
}

/// The Authorization header, if there is to be one; a function is asked anew each time.
pub async fn authorization(
    call: &Call,
    settings: &Settings,
    stop: &Guard,
) -> Result<Option<String>, Failed> {
    let Some(ask) = call.authorization() else {
        return Ok(settings.authorization());
    };
    let authorized: Authorized = settle(host::authorize(&ask, stop)).await.unchecked_into();
    if authorized.stopped() {
        return Err(Failed::stopped(stop, false));
    }
    if authorized.failed() {
        let detail = Detail::AuthorizationFailed(authorized.thrown());
        return Err(Failed::new(Happened::NotSent, detail));
    }
    match authorized.value().as_string() {
        Some(value) if credentials::is_header_value(&value) => Ok(Some(value)),
        _ => Err(Failed::new(Happened::NotSent, Detail::AuthorizationInvalid)),
    }
}

/// The request as fetch takes it, built anew for every attempt.
pub fn init(
    call: &Call,
    request: &Request,
    authorization: Option<&str>,
    signal: &AbortSignal,
) -> Result<RequestInit, Failed> {
    request_init(call, request, authorization, signal)
        .map_err(|thrown| Failed::new(Happened::NotSent, Detail::NoForm(thrown)))
}

/// Sends the request once and reads the whole answer.
pub async fn exchange(
    call: &Call,
    url: &str,
    init: &RequestInit,
    stop: &Guard,
) -> Result<Answer, Failed> {
    let exchange: Exchange = settle(host::exchange(&call.fetch(), url, init, stop))
        .await
        .unchecked_into();
    let status = exchange.status();
    read_exchange(exchange, status, stop).map_err(|failed| Failed { status, ..failed })
}

/// The host's promises never reject; if one did, its reason would be as good as a result.
async fn settle(promise: js_sys::Promise) -> JsValue {
    JsFuture::from(promise)
        .await
        .unwrap_or_else(|reason| reason)
}

fn read_exchange(exchange: Exchange, status: Option<u16>, stop: &Guard) -> Result<Answer, Failed> {
    let unreadable = |problem, text| {
        Err(Failed::new(
            Happened::Unreadable,
            Detail::Unreadable(problem, text),
        ))
    };
    match status {
        // An error status says it all, even when the body behind it is cut or late.
        Some(status) if !(200..300).contains(&status) => {
            let happened = Happened::Answered {
                status,
                retry_after_ms: retry_after(&exchange),
            };
            return Err(Failed::new(happened, Detail::Refused(exchange)));
        }
        _ if exchange.stopped() => return Err(Failed::stopped(stop, true)),
        None if exchange.failed() => return Err(thrown(&exchange)),
        Some(_) if exchange.failed() => return unreadable(CUT, exchange.thrown()),
        _ => {}
    }
    let text = exchange.text();
    match status {
        Some(status) if !exchange.odd() => {
            read_message(&text, status).or_else(|problem| unreadable(problem, text))
        }
        _ => unreadable(
            "fetch gave something that is no Response",
            JsValue::UNDEFINED,
        ),
    }
}

/// The connection broke inside the body; told apart because it has a cause and no text.
pub const CUT: &str = "its body broke off";

fn read_message(text: &JsValue, status: u16) -> Result<Answer, &'static str> {
    let Some(parsed) = host::parse_json(text) else {
        return Err("its body is not JSON");
    };
    let message = parsed.value();
    let value = convert::read(&message);
    match Message::read(&value) {
        Some(_) => Ok(Answer {
            message,
            value,
            status,
        }),
        None => Err("its body is not a message with an id and a status"),
    }
}

fn thrown(exchange: &Exchange) -> Failed {
    let thrown = exchange.thrown();
    let links = match convert::read(&host::error_links(&thrown)) {
        Value::List(links) => links,
        _ => Vec::new(),
    };
    let proof = network::proof(&links);
    let happened = match proof {
        Proof::NotConnected => Happened::NotConnected,
        Proof::Certificate => Happened::NotSent,
        Proof::Redirected => Happened::Answered {
            status: 0,
            retry_after_ms: None,
        },
        Proof::None => Happened::Lost,
    };
    let code = network::code(&links).map(str::to_owned);
    Failed::new(happened, Detail::Thrown(thrown, proof, code))
}

fn retry_after(exchange: &Exchange) -> Option<f64> {
    let headers = Headers::from_raw(host::real_headers(&exchange.headers()));
    retry_after_ms(&headers.get("retry-after")?, js_sys::Date::now())
}
