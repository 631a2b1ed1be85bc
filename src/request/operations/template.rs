//! Sending a WhatsApp template.

use super::new_message::{NEW_MESSAGE, json};
use crate::input::place::Place;
use crate::message::definition;
use crate::message::template::{FIELDS, TemplateMessage};
use crate::request::operation::Operation;

/// `sendTemplate`.
pub static TEMPLATE: Operation = Operation {
    name: "template",
    fields: Some(&FIELDS),
    write: |input, issues| {
        let message = TemplateMessage::read(input.message, input.channel, issues);
        let definition_at =
            Place::Root(if input.is_check { "options.definition" } else { "requestOptions.definition" });
        if let Some(params) = input.message.get("template_params") {
            definition::check(input.definition, &definition_at, params, issues);
        }
        let message = message?;
        Some(json(input, &|json| message.write(json)))
    },
    is_template: true,
    ..NEW_MESSAGE
};
