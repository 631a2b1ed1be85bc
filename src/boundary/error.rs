//! From a failed attempt to the error a caller catches.

use super::attempt::{Answer, CUT, Detail, Failed};
use super::convert;
use super::host::{self, Exchange, Guard};
use crate::channel::Channel;
use crate::failure;
use crate::issue::{Issue, Issues};
use crate::models::message::Message;
use crate::models::request::Request;
use crate::network::Proof;
use crate::outcome::Outcome;
use crate::report::{Refusal, Report};
use crate::retry::Happened;
use crate::secrets;
use crate::settings::Settings;
use crate::timeouts::Limit;
use crate::value::{ObjectBuilder, Value};
use gloo_net::http::Headers;
use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// What is known of a call when it fails.
pub struct Context<'a> {
    pub settings: &'a Settings,
    pub request: &'a Request,
    pub authorization: Option<&'a str>,
    pub attempts: u32,
    pub outcome: Outcome,
    pub limit: Limit,
    pub stop: &'a Guard,
}

/// Bad input.
pub fn invalid(issues: Vec<Issue>) -> JsValue {
    create(&Report::invalid(issues), 0, None, &[])
}

/// The message exists, its delivery failed.
pub fn undelivered(
    request: &Request,
    answer: &Answer,
    message: Message<'_>,
    attempts: u32,
    channel: Option<Channel>,
) -> JsValue {
    let failure = failure::explain(&answer.value, channel);
    create(
        &Report::undelivered(message.id(), failure),
        attempts,
        Some(request),
        &[("sent", &answer.message)],
    )
}

/// A call that ended without a message.
pub fn failed(failed: &Failed, context: &Context<'_>) -> JsValue {
    let outcome = context.outcome;
    let attempts = context.attempts;
    let request = Some(context.request);
    let with = |report: &Report| create(report, attempts, request, &[]);
    let caused =
        |report: &Report, cause: &JsValue| create(report, attempts, request, &[("cause", cause)]);
    match &failed.detail {
        Detail::Aborted => caused(&Report::aborted(outcome), &context.stop.reason()),
        Detail::TimedOut => {
            let limit = context.limit;
            with(&Report::timed_out(limit.is_total, limit.option_ms, outcome))
        }
        Detail::AuthorizationFailed(thrown) => caused(&Report::unauthorized(outcome), thrown),
        Detail::AuthorizationInvalid => {
            let mut issues = Issues::new();
            issues.error("options.authorization", "wrong_type", AUTHORIZATION_WANTED);
            with(&Report {
                outcome,
                ..Report::invalid(issues.into_vec())
            })
        }
        Detail::NoForm(thrown) => caused(&Report::no_form(outcome), thrown),
        Detail::Thrown(thrown, Proof::Redirected, _) => {
            let report = refused(context, 0, &Value::Null, None, failed.happened);
            caused(&report, thrown)
        }
        Detail::Thrown(thrown, proof, code) => {
            let last = failed.happened.outcome();
            let certificate = *proof == Proof::Certificate;
            caused(
                &Report::disconnected(certificate, code.as_deref(), last, outcome),
                thrown,
            )
        }
        Detail::Refused(exchange) => answered(exchange, failed, context),
        Detail::Unreadable(problem, rest) => {
            let report = Report::unreadable(failed.status, problem, outcome);
            if *problem == CUT {
                caused(&report, rest)
            } else {
                create(&report, attempts, request, &[("body", &host::keep(rest))])
            }
        }
    }
}

const AUTHORIZATION_WANTED: &str =
    "must resolve to a header value such as \"Basic ...\", without control characters";

fn answered(exchange: &Exchange, failed: &Failed, context: &Context<'_>) -> JsValue {
    let text = exchange.text();
    let body = match host::parse_json(&text) {
        Some(parsed) => parsed.value(),
        None => text,
    };
    let headers = Headers::from_raw(host::real_headers(&exchange.headers()));
    let location = headers.get("location");
    let report = refused(
        context,
        failed.status.unwrap_or_default(),
        &convert::read(&body),
        location.as_deref(),
        failed.happened,
    );
    let request_id = headers
        .get("x-request-id")
        .map_or(JsValue::UNDEFINED, |id| JsValue::from_str(&id));
    let mut fields = ObjectBuilder::default();
    for (name, value) in headers.entries().filter(|(name, _)| name != "set-cookie") {
        fields.text(&name, &value);
    }
    let headers = convert::to_js(&fields.build());
    let thrown = exchange.thrown();
    let extras = [
        ("body", &body),
        ("headers", &headers),
        ("requestId", &request_id),
        ("cause", &thrown),
    ];
    // Only an answer that broke off has something thrown.
    let extras = if exchange.failed() {
        &extras[..]
    } else {
        extras.get(..3).unwrap_or_default()
    };
    create(&report, context.attempts, Some(context.request), extras)
}

fn refused(
    context: &Context<'_>,
    status: u16,
    body: &Value,
    location: Option<&str>,
    happened: Happened,
) -> Report {
    let retry_after_ms = match happened {
        Happened::Answered { retry_after_ms, .. } => retry_after_ms,
        _ => None,
    };
    let mut hidden = secrets::of_message(context.settings.get("message"));
    hidden.push(context.settings.text("apiSecret"));
    hidden.extend(context.authorization);
    hidden.extend(
        context
            .authorization
            .and_then(|value| value.split_once(' '))
            .map(|(_, token)| token),
    );
    Report::refused(
        &Refusal {
            status,
            body,
            location,
            retry_after_ms,
            path: &context.request.path(),
            secrets: &hidden,
        },
        context.outcome,
    )
}

/// The error, with what only JavaScript can hold beside the report's own fields.
fn create(
    report: &Report,
    attempts: u32,
    request: Option<&Request>,
    extras: &[(&str, &JsValue)],
) -> JsValue {
    let fields = convert::to_js(&report.to_value(attempts, request));
    for (key, value) in extras {
        // Setting a property of a plain object of our own cannot fail.
        let _ = Reflect::set(&fields, &JsValue::from_str(key), value);
    }
    host::create_error(report.class.as_str(), &fields)
}
