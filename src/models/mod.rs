//! The requests a caller writes and the answers LiveDesk gives.

pub mod attachments;
pub mod content;
pub mod file_name;
pub mod lost_files;
pub mod message;
pub mod prepare;
pub mod request;
pub mod retry_message;
pub mod template;
pub mod template_parts;
pub mod template_values;
pub mod text;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
