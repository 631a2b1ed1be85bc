//! LiveDesk's answers, read without losing a field.
//!
//! Each model is a view on the server's own tree. Only `id` and `status` can be relied upon, everything
//! else may be absent, null or of another type than documented (a template's answer has five fields, a
//! failed one three), and unknown fields stay where they are: the caller gets the server's object itself.

use crate::data::value::Value;
use crate::input::id;

/// A message as LiveDesk answered it.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a>(&'a Value);

/// Who sent a message.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a>(&'a Value);

/// A file of a message.
#[derive(Debug, Clone, Copy)]
pub struct Attachment<'a>(&'a Value);

/// A field of a view that is a string, a number or a flag; `None` when absent, null or of another type.
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident: $kind:ident),* $(,)?) => {
        $($(#[$doc])* pub fn $name(self) -> fields!(@type $kind) { fields!(@read $kind, self.0.get(stringify!($name))) })*
    };
    (@type text) => { Option<&'a str> };
    (@type int) => { Option<i64> };
    (@type flag) => { Option<bool> };
    (@type any) => { Option<&'a Value> };
    (@read text, $value:expr) => { $value.and_then(Value::as_text) };
    (@read int, $value:expr) => { $value.and_then(Value::as_int) };
    (@read flag, $value:expr) => { match $value { Some(Value::Bool(flag)) => Some(*flag), _ => None } };
    (@read any, $value:expr) => { $value.filter(|value| !value.is_null()) };
}

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

    /// Whether LiveDesk says that its delivery failed.
    pub fn has_failed(self) -> bool {
        self.status() == Some("failed")
    }

    /// The channel's reason for a failed delivery.
    pub fn external_error(self) -> Option<&'a str> {
        self.content_attributes()?.get("external_error")?.as_text()
    }

    /// Who sent it.
    pub fn sender(self) -> Option<Sender<'a>> {
        self.0.get("sender").map(Sender)
    }

    /// Its files.
    pub fn attachments(self) -> impl Iterator<Item = Attachment<'a>> {
        let items = match self.0.get("attachments") {
            Some(Value::List(items)) => items.as_slice(),
            _ => &[],
        };
        items.iter().map(Attachment)
    }

    fields! {
        /// `sent`, `delivered`, `read`, `failed`; new words may come.
        status: text,
        /// The text; it may differ from what was sent, since `{{ }}` is rendered.
        content: text,
        /// The inbox.
        inbox_id: int,
        /// The conversation's number in its account.
        conversation_id: int,
        /// 0 incoming, 1 outgoing, 2 activity, 3 template.
        message_type: int,
        /// `text` and others.
        content_type: text,
        /// Open object.
        content_attributes: any,
        /// Open object; a template's answer has `template_params` in it.
        additional_attributes: any,
        /// Unix seconds.
        created_at: int,
        /// Whether only agents see it.
        private: flag,
        /// The channel's id: documented as an int, shown as null, upstream a string such as `wamid...`.
        source_id: any,
        /// Its place in the conversation.
        sorting_id: int,
    }
}

impl<'a> Sender<'a> {
    /// The field `type`: `user`, `contact` and others.
    pub fn kind(self) -> Option<&'a str> {
        self.0.get("type").and_then(Value::as_text)
    }

    fields! {
        /// The sender's id.
        id: int,
        /// The full name.
        name: text,
        /// The name customers see.
        available_name: text,
        /// A picture.
        avatar_url: text,
        /// `online` and others.
        availability_status: text,
        /// A small picture.
        thumbnail: text,
    }
}

impl<'a> Attachment<'a> {
    fields! {
        /// The file's id.
        id: int,
        /// The message it belongs to.
        message_id: int,
        /// `image`, `audio`, `video`, `file` and others, by the part's Content-Type.
        file_type: text,
        /// The account.
        account_id: int,
        /// The name's extension.
        extension: text,
        /// An unauthenticated link that does not expire: never log it.
        data_url: text,
        /// A small picture; empty for what is no image.
        thumb_url: text,
        /// Bytes.
        file_size: int,
        /// Pixels; null right after the upload.
        width: int,
        /// Pixels; null right after the upload.
        height: int,
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/message.rs"]
mod tests;
