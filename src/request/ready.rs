//! A request that is ready to be sent.

use crate::input::issue::Issue;
use crate::input::warning::Warning;
use crate::message::file::AttachmentFile;
use crate::request::body::Body;
use crate::request::operation::Operation;

/// One call, checked and written down; every attempt sends the same.
#[derive(Debug, Clone)]
pub struct Request {
    /// What it asks for.
    pub operation: &'static Operation,
    /// The path below the base URL.
    pub path: String,
    /// The conversation's number in its account.
    pub conversation_id: i64,
    /// The message it is about, where that is there already.
    pub message_id: Option<i64>,
    /// What to send.
    pub body: Body,
    /// What is worth telling of the operation itself.
    pub warning: Option<&'static Warning>,
    /// Likely trouble with what the caller wrote.
    pub doubts: Vec<Issue>,
}

impl Request {
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
