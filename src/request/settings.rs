//! What the facade passes along with every call: the client's options, checked there and with their
//! defaults, and what is to be sent.

use crate::data::value::Value;
use crate::message::limits::Channel;
use crate::policy::retry::Policy;
use crate::request::credentials;
use crate::request::operation::{Input, Operation};
use crate::request::operations::{named, retry::RETRY};

/// The plain data of a call.
pub struct Settings(Value);

impl Settings {
    /// From the facade's object.
    pub fn new(data: Value) -> Settings {
        Settings(data)
    }

    /// A field; `Undefined` when missing.
    pub fn get(&self, key: &str) -> &Value {
        self.0.get(key).unwrap_or(&Value::Undefined)
    }

    /// A text; empty when missing.
    #[inline(never)]
    pub fn text(&self, key: &str) -> &str {
        self.get(key).as_text().unwrap_or_default()
    }

    /// A number; 0 when missing.
    #[inline(never)]
    pub fn number(&self, key: &str) -> f64 {
        match self.get(key) {
            Value::Int(number) => *number as f64,
            Value::Float(number) => *number,
            _ => 0.0,
        }
    }

    /// What the call asks for.
    pub fn operation(&self) -> &'static Operation {
        named(self.text("kind")).unwrap_or(&RETRY)
    }

    /// The channel whose limits apply.
    pub fn channel(&self) -> Option<Channel> {
        Channel::parse(self.text("channel"))
    }

    /// What the caller wrote.
    pub fn input(&self, is_check: bool) -> Input<'_> {
        Input {
            message: self.get("message"),
            extra: self.get("extra"),
            channel: self.channel(),
            definition: self.get("definition"),
            is_check,
            force: self.0.is_set("force"),
        }
    }

    /// The Authorization header that needs no asking: of the key and secret, or as it was given.
    pub fn authorization(&self) -> Option<String> {
        match (self.text("apiKey"), self.text("authorization")) {
            ("", "") => None,
            ("", given) => Some(given.to_owned()),
            (key, _) => Some(credentials::basic(key, self.text("apiSecret"))),
        }
    }

    /// What may be repeated.
    pub fn policy(&self) -> Policy {
        Policy {
            max_retries: self.number("maxRetries") as u32,
            retry_unknown: self.0.is_set("dangerouslyRetryUnknown"),
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/settings.rs"]
mod tests;
