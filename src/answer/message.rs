//! LiveDesk's answers, read without losing a field.
//!
//! Each model is a view on the server's own tree. Only `id` and `status` can be relied upon, everything
//! else may be absent, null or of another type than documented (a template's answer has five fields, a
//! failed one three), and unknown fields stay where they are: the caller gets the server's object itself.

use crate::data::value::Value;
use crate::input::id;

/// A message as LiveDesk answered it.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a>(&'a Value<'a>);

/// Who sent a message.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a>(&'a Value<'a>);

/// A file of a message.
#[derive(Debug, Clone, Copy)]
pub struct Attachment<'a>(&'a Value<'a>);

/// A field of a view that is a string, a number or a flag; `None` when absent, null or of another type.
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident: $kind:ident),* $(,)?) => {
        $($(#[$doc])* pub fn $name(self) -> fields!(@type $kind) { fields!(@read $kind, self.0.get(stringify!($name))) })*
    };
    (@type text) => { Option<&'a str> };
    (@type int) => { Option<i64> };
    (@type flag) => { Option<bool> };
    (@type any) => { Option<&'a Value<'a>> };
    (@read text, $value:expr) => { $value.and_then(Value::as_text) };
    (@read int, $value:expr) => { $value.and_then(Value::as_int) };
    (@read flag, $value:expr) => { match $value { Some(Value::Bool(flag)) => Some(*flag), _ => None } };
    (@read any, $value:expr) => { $value.filter(|value| !value.is_null()) };
}

impl<'a> Message<'a> {
    /// The message in an answer: an object with a positive `id` and a `status`.
    pub fn read(answer: &'a Value<'a>) -> Option<Message<'a>> {
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
mod tests {
    use super::*;

    fn parse(json: &str) -> Value<'static> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn reads_the_documented_fields() {
        let answer = parse(
            r#"{"id":17629000001207,"content":"Hi","status":"sent","message_type":1,"private":false,
                "source_id":"wamid.1","created_at":1763700000,"sender":{"id":1,"type":"user"},
                "attachments":[{"id":5,"file_type":"image","width":null,"file_size":70}]}"#,
        );
        let message = Message::read(&answer).unwrap();
        assert_eq!(message.id(), Some(17_629_000_001_207));
        assert_eq!(message.content(), Some("Hi"));
        assert_eq!(message.private(), Some(false));
        assert_eq!(message.source_id().and_then(Value::as_text), Some("wamid.1"));
        assert_eq!(message.sender().unwrap().kind(), Some("user"));
        let attachment = message.attachments().next().unwrap();
        assert_eq!((attachment.file_type(), attachment.width()), (Some("image"), None));
        assert!(!message.has_failed());
    }

    #[test]
    fn reads_the_short_answers_of_templates_and_failures() {
        let template = parse(
            r#"{"id":9,"content":"x","message_type":1,"status":"new word",
                "additional_attributes":{"template_params":{"name":"order_update"}}}"#,
        );
        assert!(Message::read(&template).unwrap().additional_attributes().is_some());
        let failed =
            parse(r#"{"id":123,"status":"failed","content_attributes":{"external_error":"131047: x"}}"#);
        let failed = Message::read(&failed).unwrap();
        assert!(failed.has_failed());
        assert_eq!(failed.external_error(), Some("131047: x"));
    }

    #[test]
    fn what_is_no_message_is_not_read_as_one() {
        for answer in [
            "null",
            "[]",
            "{}",
            "7",
            r#"{"id":1}"#,
            r#"{"status":"sent"}"#,
            r#"{"id":0,"status":"sent"}"#,
            r#"{"id":1.5,"status":"sent"}"#,
            r#"{"id":1,"status":7}"#,
            r#"[{"id":1,"status":"sent"}]"#,
        ] {
            assert!(Message::read(&parse(answer)).is_none(), "{answer}");
        }
    }

    #[test]
    fn odd_types_of_other_fields_are_no_reason_to_lose_a_message() {
        let answer =
            parse(r#"{"id":1,"status":"sent","content":7,"source_id":12,"sender":[],"attachments":{}}"#);
        let message = Message::read(&answer).unwrap();
        assert_eq!(message.content(), None);
        assert_eq!(message.source_id(), Some(&Value::Int(12)));
        assert_eq!(message.attachments().count(), 0);
    }
}
