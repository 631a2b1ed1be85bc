//! What came back: the message, or why there is none and whether one was stored.

pub mod error_body;
pub mod expected;
pub mod facts;
pub mod http_date;
pub mod judge;
pub mod lost_files;
pub mod message;
pub mod network;
mod record_invalid;
pub mod record_invalid_marks;
pub mod refusal;
pub mod retry_after;
