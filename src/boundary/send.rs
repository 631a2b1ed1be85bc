//! A call from beginning to end: check, then attempts as the retry policy says.

use super::attempt::{self, Answer, Broken};
use super::call::Call;
use super::events::Events;
use super::host::{self, Guard};
use super::{convert, error, forced_panic};
use crate::attempt::status;
use crate::failure;
use crate::models::message::Message;
use crate::models::prepare::{Input, prepare};
use crate::models::request::Request;
use crate::report::{Context, Report};
use crate::retry::{self, History, Next};
use crate::settings::Settings;
use crate::text::text;
use crate::timeouts::Timeouts;
use crate::value::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Sends what the caller wrote; resolves to the server's object.
pub async fn send(call: &Call) -> Result<JsValue, JsValue> {
    let settings = Settings::new(convert::read(&call.data()));
    forced_panic::at("before the request", &settings);
    let channel = settings.channel();
    let request = prepare(&Input {
        kind: settings.kind(),
        conversation_id: settings.get("conversationId"),
        message: settings.get("message"),
        extra: settings.get("extra"),
        channel,
    })
    .map_err(error::invalid)?;
    let path = request.path();
    let mut delivery = Delivery {
        call,
        settings: &settings,
        request: &request,
        url: text!(settings.text("baseUrl"), path),
        events: Events::new(call, &path),
        stop: Guard::new(call),
        history: History::default(),
        authorization: None,
    };
    let answer = delivery.run().await?;
    let message = answer.facts.get("body").unwrap_or(&Value::Null);
    match Message::read(message) {
        Some(read) if read.has_failed() => {
            let failure = failure::explain(message, channel);
            let attempts = delivery.history.attempts;
            let id = read.id().unwrap_or_default();
            let redact = |text: &str| delivery.redact(text);
            let report = Report::undelivered(&request, attempts, id, failure, &redact);
            Err(delivery.error(&report, &answer.seen))
        }
        _ => Ok(answer.seen.value()),
    }
}

/// A request on its way.
struct Delivery<'a> {
    call: &'a Call,
    settings: &'a Settings,
    request: &'a Request,
    url: String,
    events: Events<'a>,
    stop: Guard,
    history: History,
    authorization: Option<String>,
}

impl Delivery<'_> {
    /// Attempts until one brings a message or the policy gives up.
    async fn run(&mut self) -> Result<Answer, JsValue> {
        let policy = self.settings.policy();
        let timeouts = Timeouts::new(
            self.settings.number("timeout"),
            self.settings.number("totalTimeout"),
            self.request.file_bytes(),
        );
        let started = host::now();
        loop {
            let limit = timeouts.next(host::now() - started);
            let broken = match self.attempt(limit.ms).await {
                Ok(answer) => return Ok(answer),
                Err(broken) => broken,
            };
            let Broken { failed, source } = &*broken;
            self.history.record(failed.happened);
            let remaining = timeouts.remaining(host::now() - started);
            let random = js_sys::Math::random();
            match retry::decide(failed.happened, self.history, policy, remaining, random) {
                Next::RetryAfter(delay) => {
                    self.events.retry(self.history.attempts, delay);
                    // The host's promise never rejects.
                    let _ = JsFuture::from(self.stop.wait(delay)).await;
                }
                Next::GiveUp(outcome) => {
                    let context = Context {
                        request: self.request,
                        attempts: self.history.attempts,
                        outcome,
                        limit,
                        redact: &|text| self.redact(text),
                    };
                    return Err(self.error(&Report::failed(failed, &context), source));
                }
            }
        }
    }

    /// The text without what an error must not repeat, should a server echo it.
    fn redact(&self, text: &str) -> String {
        host::redact(self.call, self.authorization.as_deref(), text)
    }

    fn error(&self, report: &Report, source: &JsValue) -> JsValue {
        error::create(report, source, self.call, self.authorization.as_deref())
    }

    /// One attempt of at most `limit_ms` milliseconds, the asking for authorization included.
    async fn attempt(&mut self, limit_ms: f64) -> Result<Answer, Box<Broken>> {
        attempt::check_aborted(&self.stop)?;
        let signal = self.stop.begin(limit_ms);
        self.authorization = attempt::authorization(self.call, self.settings, &self.stop).await?;
        // The caller may have aborted while it was asked for.
        attempt::check_aborted(&self.stop)?;
        let init = attempt::init(self.call, self.request, self.authorization.as_deref(), &signal)?;
        self.history.attempts = self.history.attempts.saturating_add(1);
        self.events.request(self.history.attempts);
        let begun = host::now();
        let result = attempt::exchange(self.call, &self.url, &init, &self.stop).await;
        self.stop.end();
        forced_panic::at("after the answer", self.settings);
        let (status, outcome) = match &result {
            Ok(answer) => (status(&answer.facts), None),
            Err(broken) => (broken.failed.status, Some(broken.failed.happened.outcome())),
        };
        let ms = host::now() - begun;
        self.events.response(self.history.attempts, ms, status, outcome);
        result
    }
}
