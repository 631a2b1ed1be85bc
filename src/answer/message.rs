//! LiveDesk's messages, read without losing a field.
//!
//! A view on the server's own tree, with what this client goes by. Only `id` and `status` can be relied upon, everything
//! else may be absent, null or of another type than documented (a template's answer has five fields, a failed one
//! three), and unknown fields stay where they are: the caller gets the server's object itself.

use crate::data::value::Value;
use crate::input::id;

/// A message as LiveDesk answered it.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a>(&'a Value);

/// A file of a message.
#[derive(Debug, Clone, Copy)]
pub struct Attachment<'a>(&'a Value);

impl<'a> Message<'a> {
    /// The message in an answer: an object with a positive `id` and a `status`.
    pub fn read(answer: &'a Value) -> Option<Message<'a>> {
        let message = Message(answer);
        message.id()?;
        message.status()?;
        Some(message)
    }

    /// The message's id; ids exceed 2^32.
    pub fn id(self) -> Option<i64> {
        self.0.get("id").and_then(id::parse)
    }

    /// `sent`, `delivered`, `read`, `failed`; new words may come.
    fn status(self) -> Option<&'a str> {
        self.0.get("status").and_then(Value::as_text)
    }

    /// Whether LiveDesk says that its delivery failed.
    pub fn has_failed(self) -> bool {
        self.status() == Some("failed")
    }

    /// Its files.
    pub fn attachments(self) -> impl Iterator<Item = Attachment<'a>> {
        let items = match self.0.get("attachments") {
            Some(Value::List(items)) => items.as_slice(),
            _ => &[],
        };
        items.iter().map(Attachment)
    }
}

impl<'a> Attachment<'a> {
    /// The name's extension.
    pub fn extension(self) -> Option<&'a str> {
        self.0.get("extension").and_then(Value::as_text)
    }

    /// An unauthenticated link that does not expire: never log it.
    pub fn data_url(self) -> Option<&'a str> {
        self.0.get("data_url").and_then(Value::as_text)
    }

    /// Bytes.
    pub fn file_size(self) -> Option<i64> {
        self.0.get("file_size").and_then(Value::as_int)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/message.rs"]
mod tests;
