//! A call from beginning to end: check, then attempts as the retry policy says.

use super::attempt::{self, Answer, Broken};
use super::call::Call;
use super::events::Events;
#[cfg(feature = "forced-panic")]
use super::forced_panic;
use super::host::{self, Guard};
use super::{error, method};
use crate::answer::facts::Facts;
use crate::answer::lost_files::{self, Arrived};
use crate::answer::message::Message;
use crate::failure;
use crate::input::warning::ATTACHMENTS_UNCONFIRMED;
use crate::policy::failed::Failed;
use crate::policy::retry::{self, History, Next};
use crate::policy::timeouts::{Limit, Timeouts};
use crate::report::{Context, Report};
use crate::request::body::Body;
use crate::request::prepare::prepare;
use crate::request::ready::Request;
use crate::request::settings::Settings;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Sends what the caller wrote; resolves to the server's object.
///
/// Only what waits is async, here and below: the engine is 0.6 KB larger when an async function does the work
/// between two waits itself.
pub async fn send(call: &Call) -> Result<JsValue, JsValue> {
    let text = call.text();
    let settings = super::settings(&text);
    let written = &settings.written;
    #[cfg(feature = "forced-panic")]
    forced_panic::at("before the request", &written.message);
    let input = settings.input(false);
    let request = prepare(settings.operation, &written.conversation_id, &input).map_err(error::invalid)?;
    let mut delivery = Delivery::new(call, &settings, &request);
    let answer = delivery.run().await?;
    delivery.check(answer)
}

/// A request on its way.
struct Delivery<'a> {
    call: &'a Call,
    settings: &'a Settings<'a>,
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

/// What follows an attempt.
enum Then {
    /// It brought a message.
    Done(Answer),
    /// The next one, after so many milliseconds; of a pause the next turn comes with its end.
    Again(Option<f64>),
}

impl<'a> Delivery<'a> {
    fn new(call: &'a Call, settings: &'a Settings<'a>, request: &'a Request) -> Delivery<'a> {
        let timeouts = Timeouts::new(settings.timeout(), settings.total_timeout(), request.file_bytes());
        let delivery = Delivery {
            call,
            settings,
            request,
            url: format!("{}{}", settings.client.base_url.unwrap_or_default(), request.path),
            events: Events::new(call, &request.path),
            stop: Guard::new(call),
            timeouts,
            limit: timeouts.next(0.0),
            history: History::default(),
            authorization: None,
        };
        if let Some(warning) = request.warning {
            delivery.events.warning(0, warning);
        }
        request.doubts.iter().for_each(|issue| delivery.events.doubt(issue));
        delivery
    }

    /// Attempts until one brings a message or the policy gives up.
    async fn run(&mut self) -> Result<Answer, JsValue> {
        loop {
            // A wait can take longer than was asked for: the process may have been stopped in it.
            let result = match self.begin() {
                Ok(()) => self.attempt().await,
                Err(late) => Err(late),
            };
            match self.follow(result)? {
                Then::Done(answer) => return Ok(answer),
                // The host's promise never rejects.
                Then::Again(Some(ms)) => drop(JsFuture::from(self.stop.wait(ms)).await),
                Then::Again(None) => {}
            }
        }
    }

    /// Sets the limit of an attempt that begins now, unless the call's time is over.
    fn begin(&mut self) -> Result<(), Box<Broken>> {
        let elapsed = self.stop.elapsed();
        self.limit = self.timeouts.next(elapsed);
        if self.timeouts.is_over(elapsed) { Err(Broken::late()) } else { Ok(()) }
    }

    /// What follows an attempt; the error, if nothing does.
    fn follow(&mut self, result: Result<Answer, Box<Broken>>) -> Result<Then, JsValue> {
        self.stop.end();
        let broken = match result {
            Ok(answer) => {
                self.call.passed();
                return Ok(Then::Done(answer));
            }
            Err(broken) => broken,
        };
        let Broken { failed, source } = &*broken;
        if self.call.is_about_all() {
            self.history.maybe_stored = false;
        }
        self.history.record(failed);
        let random = js_sys::Math::random();
        let pauses = self.give_turn_back(failed, random);
        let remaining = self.timeouts.remaining(self.stop.elapsed());
        let mut policy = self.settings.policy();
        policy.retry_unknown &= !self.call.is_settled();
        match retry::decide(failed, self.history, policy, remaining, random) {
            Next::RetryAfter(delay) => {
                self.events.retry(self.history.attempts, delay);
                Ok(Then::Again((!pauses).then_some(delay)))
            }
            Next::GiveUp(outcome) => {
                let context = Context {
                    request: self.request,
                    attempts: self.history.attempts,
                    outcome,
                    limit: self.limit,
                    redact: &|text| self.redact(text),
                };
                Err(self.error(&Report::failed(failed, &context), source))
            }
        }
    }

    /// The server's object, unless it says that the delivery failed or shows that files were lost.
    fn check(&self, answer: Answer) -> Result<JsValue, JsValue> {
        if !answer.has_failed && self.request.files().is_empty() {
            return Ok(answer.seen.value());
        }
        let facts = Facts::of(&answer.text);
        let message = &facts.body;
        let Delivery { request, settings, .. } = *self;
        let attempts = self.history.attempts;
        let read = Message::read(message);
        let id = read.and_then(Message::id).unwrap_or_default();
        let report = if answer.has_failed {
            let failure = failure::explain(message, settings.channel());
            // A retry is given the message, if not its id alone.
            let is_template =
                request.operation.is_template || failure::is_template(&settings.written.message);
            let failure = if is_template { failure.of_template() } else { failure };
            Report::undelivered(request, attempts, id, failure, &|text| self.redact(text))
        } else {
            match lost_files::compare(request.files(), message) {
                Arrived::Fewer(lost) => Report::attachments_lost(request, attempts, id, &lost),
                Arrived::Unknown => {
                    self.events.warning(attempts, &ATTACHMENTS_UNCONFIRMED);
                    return Ok(answer.seen.value());
                }
                Arrived::All => return Ok(answer.seen.value()),
            }
        };
        Err(self.error(&report, &answer.seen))
    }

    /// Tells the client's gate what the attempt came to; whether all its calls pause now.
    fn give_turn_back(&mut self, failed: &Failed, random: f64) -> bool {
        if !failed.is_refusal() {
            self.call.leave();
            return false;
        }
        if failed.status != Some(429) {
            self.call.passed();
            return false;
        }
        self.history.refusals = self.call.refusals();
        let pause = retry::pause(failed, self.history, random);
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
        let Delivery { call, settings, request, .. } = *self;
        attempt::check_aborted(&self.stop)?;
        self.authorization = match call.authorization() {
            None => settings.authorization(),
            Some(_) => {
                let promise = host::authorize(call, &self.stop, self.limit.ms);
                attempt::authorized(JsFuture::from(promise).await, &self.stop)?
            }
        };
        if !call.enter(self.authorization.as_deref().unwrap_or_default()) {
            // Waiting counts for the whole call, not for the attempt.
            self.stop.end();
            let promise = host::wait_turn(call, &self.stop, self.timeouts.remaining(self.stop.elapsed()));
            attempt::turn_came(JsFuture::from(promise).await, &self.stop)?;
            self.begin()?;
        }
        if matches!(request.body, Body::Form(_)) {
            let promise = host::look_at_files(call, &self.stop, self.limit.ms);
            attempt::files_seen(JsFuture::from(promise).await, &self.stop)?;
        }
        let (promise, begun) = self.fetch()?;
        let result = JsFuture::from(promise).await;
        #[cfg(feature = "forced-panic")]
        forced_panic::at("after the answer", &settings.written.message);
        self.answered(result, begun)
    }

    /// Calls fetch with a request built anew; its answer, and when that was.
    fn fetch(&self) -> Result<(Promise, f64), Box<Broken>> {
        let Delivery { call, request, stop, .. } = self;
        // The caller may have aborted meanwhile.
        attempt::check_aborted(stop)?;
        let body = attempt::body(call, request, stop)?;
        self.events.request(self.history.attempts.saturating_add(1));
        let begun = self.events.now();
        let authorization = self.authorization.as_deref();
        let bytes = request.file_bytes() as f64;
        let ms = self.limit.ms;
        Ok((host::exchange(call, method(), &self.url, authorization, &body, bytes, stop, ms), begun))
    }

    fn answered(&mut self, result: Result<JsValue, JsValue>, begun: f64) -> Result<Answer, Box<Broken>> {
        let exchange = attempt::exchanged(result, &self.request.operation.expected, &self.stop);
        // What the caller did at the event may have ended the call before its request.
        if exchange.called {
            self.history.attempts = self.history.attempts.saturating_add(1);
            let outcome = exchange.result.as_ref().err().map(|broken| broken.failed.outcome_of_all());
            self.events.response(self.history.attempts, begun, exchange.status, outcome);
        }
        exchange.result
    }
}
