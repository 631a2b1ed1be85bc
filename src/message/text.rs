//! A text message.

use crate::data::json::Writer;
use crate::data::value::Value;
use crate::input::fields::{EXTRA_HINT, Fields};
use crate::input::issue::Issues;
use crate::input::place::Place;
use crate::message::content;
use crate::message::limits::Channel;

/// The fields of a text message, for callers who misspell one.
pub const FIELDS: [&str; 3] = ["content", "private", "content_attributes"];

/// Text for a conversation, or a private note among agents.
#[derive(Debug, Clone, PartialEq)]
pub struct TextMessage<'a> {
    /// What the customer reads: 1 to 150,000 Unicode scalar values, not blank.
    pub content: &'a str,
    /// A note that only agents see. Default false.
    pub private: Option<bool>,
    /// Open object; `in_reply_to` is the id of a message of the same conversation.
    pub content_attributes: Option<&'a Value>,
}

impl<'a> TextMessage<'a> {
    /// Reads what the caller wrote, reporting everything wrong with it.
    pub fn read(
        message: &'a Value,
        channel: Option<Channel>,
        issues: &mut Issues,
    ) -> Option<TextMessage<'a>> {
        let fields = Fields::of(message, &Place::MESSAGE, issues)?;
        let content = content::require(&fields, channel, issues);
        let (private, content_attributes) = content::private_and_attributes(&fields, issues);
        fields.refuse_unknown(&FIELDS, EXTRA_HINT, issues);
        Some(TextMessage { content: content?, private, content_attributes })
    }

    /// Adds the fields of the request, as LiveDesk's page writes them.
    pub fn write(&self, json: &mut Writer) {
        json.text_field("content", self.content);
        if let Some(private) = self.private {
            json.key("private");
            json.raw(if private { "true" } else { "false" });
        }
        if let Some(attributes) = self.content_attributes {
            json.key("content_attributes");
            json.value(attributes);
        }
    }
}
