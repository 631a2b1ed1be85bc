//! Sending files.

use super::new_message::NEW_MESSAGE;
use crate::data::json;
use crate::data::value::Value;
use crate::message::attachments::{AttachmentMessage, FIELDS};
use crate::request::body::{Body, Form};
use crate::request::operation::{Operation, Written};

/// `sendAttachments`.
pub static ATTACHMENTS: Operation = Operation {
    name: "attachments",
    fields: Some(&FIELDS),
    write: |input, issues| {
        let message = AttachmentMessage::read(input.message, input.channel, issues)?;
        Some(Written::new(Body::Form(form(message, input.extra_fields()))))
    },
    ..NEW_MESSAGE
};

/// `content_attributes` goes as JSON text, and `private` only when true: upstream reads the text
/// `"false"` as true in places.
fn form(message: AttachmentMessage<'_>, extra: &[(String, Value)]) -> Form {
    let mut fields = Vec::new();
    let mut add = |key: &str, text: String| fields.push((key.to_owned(), text));
    if let Some(content) = message.content {
        add("content", content.to_owned());
    }
    if message.private == Some(true) {
        add("private", "true".to_owned());
    }
    if let Some(attributes) = message.content_attributes {
        add("content_attributes", json::write(attributes));
    }
    for (key, value) in extra.iter().filter(|(_, value)| value.is_there()) {
        add(key, value.as_text().map_or_else(|| json::write(value), str::to_owned));
    }
    Form { fields, files: message.attachments }
}
