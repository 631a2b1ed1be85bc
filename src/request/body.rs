//! What a request brings along.

use crate::message::file::AttachmentFile;

/// The body of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// None.
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
