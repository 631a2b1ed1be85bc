//! A call from beginning to end: check, then attempts as the retry policy says.

use super::attempt::{self, Answer, Broken};
use super::call::Call;
use super::events::Events;
use super::host::{self, Guard};
use super::{convert, error, forced_panic};
use crate::failure;
use crate::models::lost_files::{self, Arrived};
use crate::models::message::Message;
use crate::models::prepare::{Input, prepare};
use crate::models::request::{Kind, Request};
use crate::models::retry_message;
use crate::report::{Context, Report};
use crate::retry::{self, Happened, History, Next};
use crate::settings::Settings;
use crate::text::text;
use crate::timeouts::{Limit, Timeouts};
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
    let timeouts =
        Timeouts::new(settings.number("timeout"), settings.number("totalTimeout"), request.file_bytes());
    let mut delivery = Delivery {
        call,
        settings: &settings,
        request: &request,
        url: text!(settings.text("baseUrl"), path),
        events: Events::new(call, &path),
        stop: Guard::new(call),
        timeouts,
        limit: timeouts.next(0.0),
        history: History::default(),
        authorization: None,
    };
    if request.message_id.is_some()
        && let Some(warning) = retry_message::warning(settings.get("message"))
    {
        delivery.events.warning(0, warning);
    }
    request.warnings.iter().for_each(|issue| delivery.events.doubt(issue));
    let answer = delivery.run().await?;
    let message = answer.facts.get("body").unwrap_or(&Value::Null);
    let attempts = delivery.history.attempts;
    let read = Message::read(message);
    let id = read.and_then(Message::id).unwrap_or_default();
    let report = if read.is_some_and(Message::has_failed) {
        let failure = failure::explain(message, channel);
        // A retry is given the message, if not its id alone.
        let is_template = settings.kind() == Kind::Template || failure::is_template(settings.get("message"));
        let failure = if is_template { failure.of_template() } else { failure };
        Report::undelivered(&request, attempts, id, failure, &|text| delivery.redact(text))
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
    Err(delivery.error(&report, &answer.seen))
}

/// A request on its way.
struct Delivery<'a> {
    call: &'a Call,
    settings: &'a Settings,
    request: &'a Request,
    url: String,
    events: Events<'a>,
    stop: Guard,
    timeouts: Timeouts,
    /// Of the attempt that is under way.
    limit: Limit,
    history: History,
    authorization: Option<String>,
}

impl Delivery<'_> {
    /// Attempts until one brings a message or the policy gives up.
    async fn run(&mut self) -> Result<Answer, JsValue> {
        let policy = self.settings.policy();
        loop {
            let elapsed = self.stop.elapsed();
            self.limit = self.timeouts.next(elapsed);
            // A wait can take longer than was asked for: the process may have been stopped in it.
            let result =
                if self.timeouts.is_over(elapsed) { Err(Broken::late()) } else { self.attempt().await };
            self.stop.end();
            let broken = match result {
                Ok(answer) => {
                    self.call.passed();
                    return Ok(answer);
                }
                Err(broken) => broken,
            };
            let Broken { failed, source } = &*broken;
            self.history.record(failed.outcome());
            let random = js_sys::Math::random();
            let pauses = self.give_turn_back(failed.happened, random);
            let remaining = self.timeouts.remaining(self.stop.elapsed());
            match retry::decide(failed.happened, self.history, policy, remaining, random) {
                Next::RetryAfter(delay) => {
                    self.events.retry(self.history.attempts, delay);
                    // Of a pause the next turn comes with its end. The host's promise never rejects.
                    if !pauses {
                        let _ = JsFuture::from(self.stop.wait(delay)).await;
                    }
                }
                Next::GiveUp(outcome) => {
                    let context = Context {
                        request: self.request,
                        attempts: self.history.attempts,
                        outcome,
                        limit: self.limit,
                        redact: &|text| self.redact(text),
                    };
                    return Err(self.error(&Report::failed(failed, &context), source));
                }
            }
        }
    }

    /// Tells the client's gate what the attempt came to; whether all its calls pause now.
    fn give_turn_back(&mut self, happened: Happened, random: f64) -> bool {
        let Happened::Answered { status, .. } = happened else {
            self.call.leave();
            return false;
        };
        if status != 429 {
            self.call.passed();
            return false;
        }
        self.history.refusals = self.call.refusals();
        let pause = retry::pause(happened, self.history, random);
        match pause {
            Some(ms) => self.call.refused(ms),
            None => self.call.leave(),
        }
        pause.is_some()
    }

    /// The text without what an error must not repeat, should a server echo it.
    fn redact(&self, text: &str) -> String {
        self.call.redact(self.authorization.as_deref(), text)
    }

    fn error(&self, report: &Report, source: &JsValue) -> JsValue {
        error::create(report, source, self.authorization.as_deref())
    }

    /// One attempt: authorization, the request's turn, a look at the files, the request itself.
    async fn attempt(&mut self) -> Result<Answer, Box<Broken>> {
        let Delivery { call, settings, request, stop, timeouts, .. } = self;
        attempt::check_aborted(stop)?;
        self.authorization = attempt::authorization(call, settings, stop, self.limit.ms).await?;
        let authorization = self.authorization.as_deref();
        if attempt::turn(call, authorization, stop, timeouts.remaining(stop.elapsed())).await? {
            let elapsed = stop.elapsed();
            self.limit = timeouts.next(elapsed);
            if timeouts.is_over(elapsed) {
                return Err(Broken::late());
            }
        }
        attempt::files(call, request, stop, self.limit.ms).await?;
        // The caller may have aborted meanwhile.
        attempt::check_aborted(stop)?;
        let init = attempt::init(call, request, authorization, stop)?;
        let attempt = self.history.attempts.saturating_add(1);
        self.events.request(attempt);
        let begun = host::now();
        let is_retry = request.message_id.is_some();
        let exchange = attempt::exchange(call, &self.url, &init, is_retry, stop, self.limit.ms).await;
        forced_panic::at("after the answer", self.settings);
        // What the caller did at the event may have ended the call before its request.
        if exchange.called {
            self.history.attempts = attempt;
            let outcome = exchange.result.as_ref().err().map(|broken| broken.failed.outcome());
            self.events.response(attempt, host::now() - begun, exchange.status, outcome);
        }
        exchange.result
    }
}
