//! A request that is ready to be sent.

use crate::data::text::text;
use crate::input::issue::Issue;
use crate::message::attachments::AttachmentFile;

/// Ends the message about an unknown field: how to send one that LiveDesk documents later.
pub const EXTRA_HINT: &str = " (requestOptions.extra sends other fields)";

/// The four calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Files.
    Attachments,
    /// A WhatsApp template.
    Template,
    /// A failed message again.
    Retry,
}

impl Kind {
    /// The kind of a name.
    pub fn parse(name: &str) -> Option<Kind> {
        match name {
            "text" => Some(Kind::Text),
            "attachments" => Some(Kind::Attachments),
            "template" => Some(Kind::Template),
            "retry" => Some(Kind::Retry),
            _ => None,
        }
    }
}

/// One call, checked and written down; every attempt sends the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The conversation's number in its account.
    pub conversation_id: i64,
    /// The message, for a retry.
    pub message_id: Option<i64>,
    /// What to send.
    pub body: Body,
    /// Likely trouble with it.
    pub warnings: Vec<Issue>,
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// None (retry).
    Empty,
    /// JSON text.
    Json(String),
    /// `multipart/form-data`.
    Form(Form),
}

/// Fields and files of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Text fields, in order.
    pub fields: Vec<(String, String)>,
    /// The files, each as one part [`FILE_FIELD`].
    pub files: Vec<AttachmentFile>,
}

/// The field of a file's part; `attachments` without brackets is answered 422 (upstream).
pub const FILE_FIELD: &str = "attachments[]";

impl Request {
    /// The path below the base URL.
    pub fn path(&self) -> String {
        let messages = text!("/api/v2/accounts/conversations/", self.conversation_id, "/messages");
        match self.message_id {
            Some(message_id) => text!(messages, "/", message_id, "/retry"),
            None => messages,
        }
    }

    /// The files, if it is to bring some.
    pub fn files(&self) -> &[AttachmentFile] {
        match &self.body {
            Body::Form(form) => &form.files,
            Body::Empty | Body::Json(_) => &[],
        }
    }

    /// The bytes of the files, which extend the timeouts.
    pub fn file_bytes(&self) -> u64 {
        self.files().iter().fold(0, |sum, file| sum.saturating_add(file.size))
    }
}
