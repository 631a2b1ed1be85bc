//! The messages a caller can send, their rules and the limits of channels.

pub mod attachments;
pub mod content;
pub mod definition;
pub mod file;
pub mod file_name;
pub mod limits;
pub mod media_type;
pub mod template;
pub mod text;
