//! The limits of the channel behind a conversation, checked only when the caller names it.
//!
//! Figures: Meta's and the other providers' documentation and upstream, as noted in each row. One MB is
//! 1,048,576 bytes.

use crate::data::text::before;
use crate::input::issue::{Detail, limit};
use crate::message::file::{AttachmentFile, MAX_ATTACHMENTS};
use crate::message::media_type::essence;

/// The channel of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// WhatsApp.
    WhatsApp,
    /// Facebook Messenger.
    Messenger,
    /// Instagram.
    Instagram,
    /// Telegram.
    Telegram,
    /// LINE.
    Line,
    /// Email.
    Email,
    /// SMS.
    Sms,
    /// The chat widget of a web page.
    WebWidget,
    /// An API inbox.
    Api,
}

/// All channels with their names in the interface; the build takes JavaScript's list from here.
const NAMES: [(&str, Channel); 9] = [
    ("whatsapp", Channel::WhatsApp),
    ("messenger", Channel::Messenger),
    ("instagram", Channel::Instagram),
    ("telegram", Channel::Telegram),
    ("line", Channel::Line),
    ("email", Channel::Email),
    ("sms", Channel::Sms),
    ("web_widget", Channel::WebWidget),
    ("api", Channel::Api),
];

/// How long text may be, and in what it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextLimit {
    /// At most so many Unicode scalar values.
    Characters(usize),
    /// At most so many bytes of UTF-8.
    Bytes(usize),
}

impl TextLimit {
    /// What is wrong with the text, if it is too long for `taker`.
    pub fn problem(self, text: &str, taker: &str) -> Option<(String, [(&'static str, Detail<'static>); 2])> {
        let (length, most, unit) = match self {
            // No character has less than a byte.
            TextLimit::Characters(most) if text.len() <= most => return None,
            TextLimit::Characters(most) => (text.chars().count(), most, "characters"),
            TextLimit::Bytes(most) => (text.len(), most, "bytes"),
        };
        (length > most).then(|| {
            let problem = format!("is {{actual}} {unit} long; {taker} takes at most {{limit}}");
            (problem, limit(length, most))
        })
    }
}

/// Why a channel takes no such file.
#[derive(Debug, Clone)]
pub struct FileProblem {
    /// The issue's code.
    pub code: &'static str,
    /// What follows the path.
    pub message: String,
    /// Of a limit: both sizes, in bytes.
    pub facts: Option<[(&'static str, Detail<'static>); 2]>,
}

const MB: u64 = 1_048_576;
const WHATSAPP_IMAGES: [&str; 2] = ["image/jpeg", "image/png"];
const WHATSAPP_VIDEOS: [&str; 2] = ["video/mp4", "video/3gpp"];
const WHATSAPP_AUDIO: [&str; 5] = ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"];

fn bytes(number: u64) -> Detail<'static> {
    Detail::Number(i64::try_from(number).unwrap_or(i64::MAX))
}

impl Channel {
    /// The channel of a name such as `whatsapp`.
    pub fn parse(name: &str) -> Option<Channel> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, channel)| *channel)
    }

    /// The name in the interface.
    pub fn as_str(self) -> &'static str {
        NAMES.iter().find(|(_, channel)| *channel == self).map_or("", |(name, _)| name)
    }

    /// How long a text may be.
    pub fn text_limit(self) -> TextLimit {
        match self {
            Channel::WhatsApp | Channel::Telegram => TextLimit::Characters(4096),
            // Line: upstream stops at 2,000, LINE itself at 5,000 UTF-16 units.
            Channel::Messenger | Channel::Line => TextLimit::Characters(2000),
            Channel::Instagram => TextLimit::Bytes(1000),
            Channel::Email => TextLimit::Characters(25_000),
            Channel::Sms => TextLimit::Characters(320),
            Channel::WebWidget | Channel::Api => TextLimit::Characters(10_000),
        }
    }

    /// How long the text beside a file may be.
    pub fn caption_limit(self) -> TextLimit {
        match self {
            Channel::WhatsApp | Channel::Telegram => TextLimit::Characters(1024),
            other => other.text_limit(),
        }
    }

    /// How many files one message carries. WhatsApp delivers only the first and loses the rest.
    pub fn max_attachments(self) -> usize {
        match self {
            Channel::WhatsApp => 1,
            _ => MAX_ATTACHMENTS,
        }
    }

    /// Why the channel takes no such file, if it does not.
    pub fn file_problem(self, file: &AttachmentFile) -> Option<FileProblem> {
        let media_type = essence(&file.media_type);
        let kind = before(media_type, "/");
        if let Some(takes) = self.refused_type(media_type, kind) {
            return Some(FileProblem {
                code: "unsupported_type",
                message: format!("is {media_type}; {} takes {takes}", self.as_str()),
                facts: None,
            });
        }
        let most = self.file_limit(kind)?;
        (file.size > most).then(|| FileProblem {
            code: "too_large",
            message: format!("is {{actual}} bytes; {} takes at most {{limit}} for this type", self.as_str()),
            facts: Some([("actual", bytes(file.size)), ("limit", bytes(most))]),
        })
    }

    fn refused_type(self, media_type: &str, kind: &str) -> Option<String> {
        let taken: &[&str] = match (self, kind) {
            (Channel::WhatsApp, "image") => &WHATSAPP_IMAGES,
            (Channel::WhatsApp, "video") => &WHATSAPP_VIDEOS,
            (Channel::WhatsApp, "audio") => &WHATSAPP_AUDIO,
            _ => return None,
        };
        (!taken.contains(&media_type)).then(|| taken.join(", "))
    }

    /// Bytes, for a kind of file (`image`, `video`, `audio`, anything else).
    fn file_limit(self, kind: &str) -> Option<u64> {
        let megabytes = match (self, kind) {
            (Channel::WhatsApp, "image") => 5,
            (Channel::WhatsApp, "video" | "audio") => 16,
            (Channel::WhatsApp, _) => 100,
            (Channel::Messenger | Channel::Instagram, "image") => 8,
            (Channel::Messenger | Channel::Instagram, _) => 25,
            (Channel::Telegram, "image") => 10,
            (Channel::Telegram, _) => 50,
            (Channel::Line, "image") => 10,
            (Channel::Line, "video") => 200,
            (Channel::Sms, _) => 5,
            (Channel::WebWidget, _) => 40,
            (Channel::Line | Channel::Email | Channel::Api, _) => return None,
        };
        Some(MB.saturating_mul(megabytes))
    }
}
