//! What a call asks LiveDesk to do: where that goes, what may be in it, and what is to come back.
//!
//! Each is described once, in `operations/`; whatever differs from one to the next is asked of its description.

use crate::answer::expected::Expected;
use crate::data::value::{Field, Value};
use crate::input::issue::Issues;
use crate::input::warning::Warning;
use crate::message::limits::Channel;
use crate::request::body::Body;

/// One operation.
#[derive(Debug)]
pub struct Operation {
    /// The word in the JavaScript interface.
    pub name: &'static str,
    /// The path below the base URL, with `{conversation}` and `{message}` for their ids.
    pub path: &'static str,
    /// The message's own fields, which `extra` does not replace; `None` when there is no body to add any to.
    pub fields: Option<&'static [&'static str]>,
    /// Checks what the caller wrote, and writes it down.
    pub write: fn(&Input<'_>, &mut Issues) -> Option<Outgoing>,
    /// What its answer is to be.
    pub expected: Expected,
    /// Whether it is a template that a failed delivery is about.
    pub is_template: bool,
    /// Ends the message of an error after which nothing has been stored.
    pub refused: &'static str,
    /// Ends the message of an error after which something may have been.
    pub perhaps: &'static str,
}

/// What the caller wrote.
pub struct Input<'a> {
    /// The message, or what is to be retried.
    pub message: &'a Value<'a>,
    /// `requestOptions.extra`; null or undefined when not given.
    pub extra: &'a Value<'a>,
    /// The channel whose limits apply.
    pub channel: Option<Channel>,
    /// The template's definition; null or undefined when not given.
    pub definition: &'a Value<'a>,
    /// Whether a message is retried though its failure says that it cannot help.
    pub force: bool,
    /// Whether it is to be checked alone: then there is no body to write.
    pub is_check: bool,
}

impl<'a> Input<'a> {
    /// The fields to add.
    pub fn extra_fields(&self) -> &'a [Field<'a>] {
        match self.extra {
            Value::Object(fields) => fields,
            _ => &[],
        }
    }
}

/// What an operation makes of it.
pub struct Outgoing {
    /// The message it is about, where that is there already.
    pub message_id: Option<i64>,
    /// What to send.
    pub body: Body,
    /// What is worth telling `onEvent`.
    pub warning: Option<&'static Warning>,
}

impl Outgoing {
    /// Of a message that is new.
    pub fn new(body: Body) -> Outgoing {
        Outgoing { message_id: None, body, warning: None }
    }
}
