//! A file of a message.

/// The most files one message takes (upstream).
pub const MAX_ATTACHMENTS: usize = 15;

/// One file to send; its bytes stay in JavaScript and are never copied into wasm memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentFile {
    /// Position in the list of binaries that goes along with the message.
    pub index: u32,
    /// Bytes; at least 1.
    pub size: u64,
    /// The file name that arrives, which the customer sees.
    pub name: String,
    /// The media type of the part. Upstream derives `file_type` from it, not from the name.
    pub media_type: String,
}
