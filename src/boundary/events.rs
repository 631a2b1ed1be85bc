//! What `onEvent` is told, but for what is the same in every event of a call (`events.js`). Never a credential, a
//! header or content.

use super::call::{Call, Listener};
use super::convert;
use crate::data::value::{ObjectBuilder, Value};
use crate::input::issue::{Issue, facts_to_value, path_to_value};
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

    /// An attempt is over; `outcome` is missing when LiveDesk answered with a message.
    pub fn response(&self, attempt: u32, ms: f64, status: Option<u16>, outcome: Option<Outcome>) {
        self.emit("response", attempt, &|event| {
            event.int("status", status.map(i64::from));
            event.add("durationMs", Value::Float(ms));
            if let Some(outcome) = outcome {
                event.text("outcome", outcome.as_str());
            }
        });
    }

    /// The next attempt begins after `delay_ms`.
    pub fn retry(&self, attempt: u32, delay_ms: f64) {
        self.emit("retry", attempt, &|event| event.add("delayMs", Value::Float(delay_ms)));
    }

    /// Something to know although the call goes on; `attempt` is 0 before the first one.
    pub fn warning(&self, attempt: u32, warning: &Warning) {
        self.emit("warning", attempt, &|event| {
            event.text("code", warning.code);
            event.text("message", warning.message);
        });
    }

    /// Likely trouble with a field of the message; `path` is the request's already.
    pub fn doubt(&self, issue: &Issue) {
        self.emit("warning", 0, &|event| {
            event.text("code", issue.code);
            event.text("problem", &issue.problem);
            event.add("params", facts_to_value(&issue.facts));
            event.add("field", path_to_value(&issue.path));
        });
    }

    fn emit(&self, kind: &str, attempt: u32, add_more: &dyn Fn(&mut ObjectBuilder)) {
        let Some(listener) = &self.listener else {
            return;
        };
        let mut event = ObjectBuilder::default();
        event.text("type", kind);
        event.text("method", "POST");
        event.text("path", self.path);
        event.int("attempt", Some(i64::from(attempt)));
        add_more(&mut event);
        listener.emit(&convert::to_js(&event.build()));
    }
}
