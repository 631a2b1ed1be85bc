//! What the answer to an operation is to be.

use crate::answer::message::Message;
use crate::data::value::Value;

/// A success, and what proves that there was none.
#[derive(Debug, Clone, Copy)]
pub struct Expected {
    /// Whether the body of a 2xx is what was asked for.
    pub is_there: fn(&Value) -> bool,
    /// What it is instead, after "LiveDesk answered 200, but ".
    pub missing: &'static str,
    /// How the `error` of a 422 begins that says that there was nothing to work on; raw Ruby, so in every language the
    /// same.
    pub nothing_found: Option<&'static str>,
}

/// A new message.
pub const MESSAGE: Expected = Expected {
    is_there: |body| Message::read(body).is_some(),
    missing: "its body is not a message, which is JSON with an id and a status",
    nothing_found: None,
};

/// A message that was there before.
pub const MESSAGE_AGAIN: Expected = Expected { nothing_found: Some("Couldn't find Message"), ..MESSAGE };
