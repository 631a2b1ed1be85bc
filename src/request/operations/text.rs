//! Sending text.

use super::new_message::{NEW_MESSAGE, json};
use crate::message::text::{FIELDS, TextMessage};
use crate::request::operation::Operation;

/// `sendText`.
pub static TEXT: Operation = Operation {
    name: "text",
    fields: Some(&FIELDS),
    write: |input, issues| {
        let message = TextMessage::read(input.message, input.channel, issues)?;
        Some(json(input, &|json| message.write(json)))
    },
    ..NEW_MESSAGE
};
