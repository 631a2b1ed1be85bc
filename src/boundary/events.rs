//! What `onEvent` is told, but for what is the same in every event of a call (`events.js`). Never a credential, a
//! header or content.

use super::call::{Call, Listener};
use super::{convert, host, method};
use crate::data::told::{self, ObjectBuilder, Told};
use crate::input::issue::{Issue, told_steps};
use crate::input::warning::Warning;
use crate::policy::outcome::Outcome;

/// Whom to tell, if anybody wants to know, and the request it is about.
pub struct Events<'a> {
    listener: Option<Listener>,
    path: &'a str,
}

impl<'a> Events<'a> {
    /// Events about requests to `path`.
    pub fn new(call: &Call, path: &'a str) -> Events<'a> {
        Events { listener: call.events(), path }
    }

    /// An attempt begins.
    pub fn request(&self, attempt: u32) {
        self.emit("request", attempt, &|_| {});
    }

    /// The time, which nobody needs to ask for who tells nobody.
    pub fn now(&self) -> f64 {
        if self.listener.is_some() { host::now() } else { 0.0 }
    }

    /// An attempt is over that began at `begun`; `outcome` is missing when LiveDesk answered with a message.
    pub fn response(&self, attempt: u32, begun: f64, status: Option<u16>, outcome: Option<Outcome>) {
        let ms = self.now() - begun;
        self.emit("response", attempt, &|event| {
            event.number(told::STATUS, status.map(f64::from));
            event.number(told::DURATION_MS, Some(ms));
            if let Some(outcome) = outcome {
                event.text(told::OUTCOME, outcome.as_str());
            }
        });
    }

    /// The next attempt begins after `delay_ms`.
    pub fn retry(&self, attempt: u32, delay_ms: f64) {
        self.emit("retry", attempt, &|event| event.number(told::DELAY_MS, Some(delay_ms)));
    }

    /// Something to know although the call goes on; `attempt` is 0 before the first one.
    pub fn warning(&self, attempt: u32, warning: &Warning) {
        self.emit("warning", attempt, &|event| {
            event.text(told::CODE, warning.code);
            event.text(told::MESSAGE, warning.message);
        });
    }

    /// Likely trouble with a field of the message; `path` is the request's already.
    pub fn doubt(&self, issue: &Issue) {
        self.emit("warning", 0, &|event| {
            event.text(told::CODE, issue.code);
            event.text(told::PROBLEM, &issue.problem);
            event.params(told::PARAMS, Told::Object(issue.facts.clone()));
            event.steps(told::DOUBTED, told_steps(&issue.path));
        });
    }

    fn emit(&self, kind: &str, attempt: u32, add_more: &dyn Fn(&mut ObjectBuilder)) {
        let Some(listener) = &self.listener else {
            return;
        };
        let mut event = ObjectBuilder::default();
        event.text(told::TYPE, kind);
        event.text(told::METHOD, method());
        event.text(told::PATH, self.path);
        event.number(told::ATTEMPT, Some(f64::from(attempt)));
        add_more(&mut event);
        listener.emit(&convert::to_js(&event.build()));
    }
}
