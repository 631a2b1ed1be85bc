//! Client for LiveDesk's Send Message API: text, attachments, WhatsApp templates, retries.
//!
//! Everything but `boundary` is pure Rust: the request and response models, their validation, the
//! retry policy and what is known of failures. It compiles and is tested natively. `boundary` exists
//! only in the wasm build; it alone knows JavaScript, and holds no rule of its own.
//!
//! A call is prepared by a model (`models`), sent attempt by attempt by the boundary as
//! [`retry::decide`] says, and ends as the server's message or a [`report::Report`], which always
//! answers one question: did my message go out?

pub mod attempt;
#[cfg(target_arch = "wasm32")]
pub mod boundary;
pub mod channel;
pub mod credentials;
pub mod error_body;
pub mod failure;
pub mod fields;

pub mod http_date;
pub mod id;
pub mod issue;
pub mod json;
pub mod media_type;
pub mod models;
pub mod nearest;
pub mod network;
pub mod number;
pub mod outcome;
mod record_invalid;
pub mod record_invalid_marks;
pub mod refusal;
pub mod report;
pub mod retry;
pub mod retry_after;
pub mod settings;
pub mod text;
pub mod timeouts;
pub mod value;
pub mod warning;
