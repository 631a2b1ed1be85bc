//! A call from beginning to end: check, then attempts as the retry policy says.

use super::attempt::{self, Answer, Broken};
use super::call::Call;
use super::events::Events;
use super::host::{self, Guard};
use super::{convert, error, forced_panic};
use crate::attempt::status;
use crate::failure;
use crate::models::lost_files::{self, Arrived};
use crate::models::message::Message;
use crate::models::prepare::{Input, prepare};
use crate::models::request::Request;
use crate::models::retry_message;
use crate::report::{Context, Report};
use crate::retry::{self, History, Next};
use crate::secrets;
use crate::settings::Settings;
use crate::text::text;
use crate::timeouts::Timeouts;
use crate::value::Value;
use crate::warning::ATTACHMENTS_UNCONFIRMED;
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
    if request.message_id.is_some()
        && let Some(warning) = retry_message::warning(settings.get("message"))
    {
        delivery.events.warning(0, warning);
    }
    let answer = delivery.run().await?;
    let message = answer.facts.get("body").unwrap_or(&Value::Null);
    let attempts = delivery.history.attempts;
    let read = Message::read(message);
    let id = read.and_then(Message::id).unwrap_or_default();
    let report = if read.is_some_and(Message::has_failed) {
        let failure = failure::explain(message, channel);
        Report::undelivered(&request, attempts, id, failure, &delivery.secrets())
    } else {
        match lost_files::compare(request.files(), message) {
            Arrived::Fewer(lost) => Report::attachments_lost(&request, attempts, id, &lost),
            Arrived::Unknown => {
                delivery.events.warning(attempts, &ATTACHMENTS_UNCONFIRMED);
                return Ok(answer.seen.value());
            }
            Arrived::All => return Ok(answer.seen.value()),
        }
    };
    Err(error::create(&report, &answer.seen))
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
                        secrets: &self.secrets(),
                    };
                    return Err(error::create(&Report::failed(failed, &context), source));
                }
            }
        }
    }

    /// What the caller wrote; of a message to retry, most words are LiveDesk's own.
    fn content(&self) -> &Value {
        let message = self.settings.get("message");
        match self.request.message_id {
            Some(_) => message.get("content").unwrap_or(&Value::Null),
            None => message,
        }
    }

    /// What an error must not repeat, should a server echo it.
    fn secrets(&self) -> Vec<&str> {
        let mut secrets = secrets::of_message(self.content());
        secrets.extend(secrets::of_message(self.settings.get("extra")));
        secrets.push(self.settings.text("apiKey"));
        secrets.push(self.settings.text("apiSecret"));
        secrets.extend(self.authorization.as_deref());
        secrets
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
        let is_retry = self.request.message_id.is_some();
        let result = attempt::exchange(self.call, &self.url, &init, is_retry, &self.stop).await;
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
